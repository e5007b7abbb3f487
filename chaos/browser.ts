/** A browser without scripts: it keeps cookies, follows where it is led, fills in forms and sends them. */
import { randomInt } from "node:crypto";
import { type Form, Page } from "./page.ts";

/** What a person sees as "that did not work": no answer, an answer of 500 and more, a page without a heading. */
export class Failed extends Error {
  override readonly name = "Failed";
}

/** Nobody waits longer for a page. */
const patienceMs = 30_000;

export class Browser {
  readonly #cookies = new Map<string, string>();
  /** Where the requests seem to come from: tries are counted by it, and each customer is a household. */
  readonly #household = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;
  /** What stands in the address bar: a reload asks for this. */
  address = "";

  async open(url: string | URL): Promise<Page> {
    let at = new URL(url);
    // A browser gives up after 20 steps; none of ours needs five.
    for (let steps = 0; steps < 5; steps++) {
      this.address = at.href;
      const answer = await this.request(at);
      const next = answer.headers.get("location");
      if (next === null) return pageOf(at, answer);
      await answer.body?.cancel();
      at = new URL(next, at);
    }
    throw new Error(`Led in circles, at last to ${at}`);
  }

  /** Sends a form of this page with what a person wrote into it, and goes where the answer leads. */
  async send(page: Page, form: Form, written: Readonly<Record<string, string>> = {}): Promise<Page> {
    const at = new URL(form.action, page.url);
    const fields = [...form.fields.filter(([name]) => !(name in written)), ...Object.entries(written)];
    if (form.method === "GET") {
      at.search = new URLSearchParams(fields.map(([name, value]) => [name, value])).toString();
      return this.open(at);
    }
    const body = form.multipart ? new FormData() : new URLSearchParams();
    for (const [name, value] of fields) body.append(name, value);
    const answer = await this.request(at, { method: "POST", body, headers: { origin: page.url.origin } });
    const next = answer.headers.get("location");
    if (next === null) return pageOf(at, answer);
    await answer.body?.cancel();
    return this.open(new URL(next, at));
  }

  async request(url: URL, init: RequestInit = {}): Promise<Response> {
    const cookies = this.#cookies.get(url.origin);
    const headers = {
      "x-forwarded-for": this.#household,
      accept: "text/html,*/*",
      ...(cookies ? { cookie: cookies } : {}),
      ...(init.headers as Record<string, string>),
    };
    const what = `${init.method ?? "GET"} ${url.pathname.replaceAll(/cs_\w+/g, ":visit")}`;
    let answer: Response;
    try {
      answer = await fetch(url, { signal: AbortSignal.timeout(patienceMs), ...init, headers, redirect: "manual" });
    } catch (error) {
      throw new Failed(`${what} got no answer`, { cause: error });
    }
    if (answer.status >= 500) throw new Failed(`${what} answered ${answer.status}`);
    this.#keep(url.origin, answer);
    return answer;
  }

  #keep(origin: string, answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      const name = pair.split("=")[0] ?? "";
      const others = (this.#cookies.get(origin) ?? "").split("; ").filter((one) => one && !one.startsWith(`${name}=`));
      this.#cookies.set(origin, [...others, pair].join("; "));
    }
  }
}

async function pageOf(url: URL, answer: Response): Promise<Page> {
  let html: string;
  try {
    html = await answer.text();
  } catch (error) {
    throw new Failed(`GET ${url.pathname} broke off`, { cause: error });
  }
  const page = new Page(url, html);
  // The head of a page may be on its way before what it shows turns out not to be had.
  if (page.heading === "" || html.includes("data-dgst="))
    throw new Failed(`GET ${url.pathname} came without its content`);
  return page;
}
