import type { Recorder } from "@/sandbox/shared/record.ts";

/** What became of one delivery. `status` is null when there was no answer. */
export interface Posted {
  readonly status: number | null;
  readonly why: string | null;
  readonly delivered: boolean;
}

/** How long the endpoint may take to answer. */
const patience = 10_000;

/** Sends one signed event and records the exchange. Any 2xx is an acknowledgement; a redirect is none. */
export async function postEvent(
  url: string,
  body: string,
  signature: string,
  recorder: Recorder,
  stop: AbortSignal,
): Promise<Posted> {
  const headers = {
    Accept: "*/*",
    "Content-Type": "application/json; charset=utf-8",
    "Stripe-Signature": signature,
    "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
  };
  const { pathname, search } = new URL(url);
  const asked = { method: "POST", url: pathname + search, requestHeaders: headers, requestBody: body };
  const signal = AbortSignal.any([stop, AbortSignal.timeout(patience)]);
  try {
    const answer = await fetch(url, { method: "POST", headers, body, redirect: "manual", signal });
    const text = await answer.text();
    recorder.write({
      ...asked,
      status: answer.status,
      responseHeaders: Object.fromEntries(answer.headers),
      responseBody: text,
    });
    return { status: answer.status, why: answer.ok ? null : text.slice(0, 200), delivered: answer.ok };
  } catch (error) {
    recorder.write(asked);
    return { status: null, why: reasonOf(error), delivered: false };
  }
}

/** `fetch failed` alone says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
