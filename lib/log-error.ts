/** What of an error is written into a log. */

/** Our own errors' and the system's; whatever else a library hangs onto an error may be a password or a person's letter. */
const kept = ["code", "errno", "syscall", "kind", "vendor", "status"] as const;
/** Mail servers say whom they refuse, in the sentence itself. A path of a package with a scope is not meant. */
const address = /[\w.%+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}/gi;
/** Causes of causes; more would only repeat each other. */
const deepest = 4;

export function logError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? withoutAddresses(error) : typeof error;
  const more = error as Error & Record<(typeof kept)[number], unknown>;
  return {
    type: error.name,
    message: withoutAddresses(error.message),
    ...Object.fromEntries(kept.flatMap((key) => (more[key] === undefined ? [] : [[key, more[key]]]))),
    stack: withoutAddresses(error.stack ?? ""),
    ...(error.cause === undefined || depth === deepest ? {} : { cause: logError(error.cause, depth + 1) }),
    ...(error instanceof AggregateError && depth < deepest
      ? { errors: error.errors.map((one) => logError(one, depth + 1)) }
      : {}),
  };
}

const withoutAddresses = (text: string): string => text.replace(address, "[an address]");
