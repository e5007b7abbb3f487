import type { SetCookies } from "../cookies.ts";

/** For tests only: keeps the cookies that verbs hand over, and sends them. */
export class TestBrowser {
  readonly #jar = new Map<string, string>();
  keep(cookies: SetCookies): void {
    for (const { name, value, maxAge } of cookies) {
      if (maxAge === 0) this.#jar.delete(name);
      else this.#jar.set(name, value);
    }
  }
  get headers(): Headers {
    return new Headers({
      cookie: [...this.#jar].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("; "),
    });
  }
  /** A second browser with the same cookies: what a thief of them has. */
  copy(): TestBrowser {
    const other = new TestBrowser();
    for (const [name, value] of this.#jar) other.#jar.set(name, value);
    return other;
  }
}
