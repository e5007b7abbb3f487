/** How many calls may be made to one vendor, shared by all our processes (lib/queue/vendor-budget.ts counts them). */
export interface Budget {
  /** Takes one call. Returns 0, or for how many seconds there is none left. May wait a moment itself. */
  take(): Promise<number>;
  /** The vendor asked us to slow down: nobody calls it for so long, or for as long as is usual with it. */
  pause(seconds: number | undefined): Promise<void>;
}

/**
 * The same transport within a budget, so that every call of an SDK counts, its own repetitions included. Over budget nothing
 * is sent: the SDK is answered as its vendor would, "too many, later", and does not try again by itself.
 */
export const withinBudget =
  (budget: Budget, transport: typeof fetch): typeof fetch =>
  async (input, init) => {
    const waitSeconds = await budget.take();
    if (waitSeconds > 0) return laterAnswer(waitSeconds, JSON.stringify(overBudget), { [keptBackHeader]: "yes" });
    const answer = await transport(input, init);
    if (answer.status !== 429) return answer;
    const asked = Number.parseInt(answer.headers.get("retry-after") ?? "", 10);
    await budget.pause(asked >= 0 ? asked : undefined);
    return laterAnswer(asked >= 0 ? asked : undefined, await answer.text(), named(answer.headers));
  };

/** Marks an answer of our own, by which the adapters tell that nothing was sent. */
export const keptBackHeader = "x-kept-back";

const words = "as many calls are made as we allow ourselves";
/** As Cloudflare and Stripe word it: each SDK reads its own half. */
const overBudget = {
  success: false,
  errors: [{ code: 10_000, message: words }],
  messages: [],
  result: null,
  error: { type: "rate_limit_error", message: words },
};

/** Both SDKs would otherwise sit out the wait inside the call, and hold a worker's hand meanwhile. */
const notByItself = { "x-should-retry": "false", "stripe-should-retry": "false" };

/** What a vendor names its request by, for whoever asks it about one. */
function named(headers: Headers): Record<string, string> {
  const names = ["request-id", "cf-ray"].map((name) => [name, headers.get(name)] as const);
  return Object.fromEntries(names.filter((one): one is [string, string] => one[1] !== null));
}

function laterAnswer(seconds: number | undefined, body: string, more: Readonly<Record<string, string>>): Response {
  const headers = new Headers({ "content-type": "application/json", ...notByItself, ...more });
  if (seconds !== undefined) headers.set("retry-after", String(Math.ceil(seconds)));
  return new Response(body, { status: 429, headers });
}
