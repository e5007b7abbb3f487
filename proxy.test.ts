import { NextRequest } from "next/server";
import { beforeAll, describe, expect, it, vi } from "vitest";

const settings = {
  CHECKOUT_ORIGIN: "https://pay.example/some/path",
  PORTAL_ORIGIN: "https://bills.example",
  WEB_URL: "https://nameplate.example",
};
vi.mock("@/app/_frame/settings.ts", () => ({ settings: () => settings }));

let answer: (path?: string) => Response;
beforeAll(async () => {
  const { proxy } = await import("./proxy.ts");
  answer = (path = "/") => proxy(new NextRequest(`https://nameplate.example${path}`));
});
const policyOf = (response: Response) => response.headers.get("Content-Security-Policy") ?? "";

describe("every page's headers", () => {
  it("let scripts and styles run only with this answer's own nonce", () => {
    const policy = policyOf(answer());
    const nonce = /'nonce-([A-Za-z0-9+/=]{22,})'/.exec(policy)?.[1];
    expect(nonce).toBeDefined();
    expect(policy).toContain(`script-src 'self' 'nonce-${nonce}' 'strict-dynamic'`);
    expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(policy).not.toMatch(/unsafe|\*/);
  });

  it("never share a nonce, and are kept by nobody", () => {
    expect(policyOf(answer())).not.toBe(policyOf(answer()));
    expect(answer().headers.get("Cache-Control")).toBe("private, no-store");
  });

  it("let forms lead to us and to the payment vendor's own pages, and let nobody frame us", () => {
    const policy = policyOf(answer());
    expect(policy).toContain("form-action 'self' https://pay.example https://bills.example;");
    for (const part of ["default-src 'none'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(part);
  });

  it("hand the same policy to the page that is rendered, whatever the browser sent", () => {
    const response = answer();
    expect(response.headers.get("x-middleware-request-content-security-policy")).toBe(policyOf(response));
  });

  it("ask browsers to stay with HTTPS only where we are on it", () => {
    expect(answer().headers.get("Strict-Transport-Security")).toBe("max-age=31536000; includeSubDomains");
    settings.WEB_URL = "http://localhost:3000";
    expect(answer().headers.get("Strict-Transport-Security")).toBeNull();
  });
});

describe("a form", () => {
  const post = async (path: string, origin?: string) => {
    const { proxy } = await import("./proxy.ts");
    settings.WEB_URL = "https://nameplate.example";
    return proxy(
      new NextRequest(`https://nameplate.example${path}`, {
        method: "POST",
        ...(origin ? { headers: { origin } } : {}),
      }),
    ).status;
  };

  it("sent from a page of ours passes", async () => {
    expect(await post("/start/name", "https://nameplate.example")).toBe(200);
  });

  it.each(["https://evil.example", "null", undefined])(
    "sent from elsewhere (%s) is refused and changes nothing",
    async (origin) => {
      expect(await post("/start/name", origin)).toBe(403);
    },
  );

  it("of the payment vendor needs no origin: its signature is asked for", async () => {
    expect(await post("/api/stripe")).toBe(200);
  });
});

describe("an address that no page can have", () => {
  it("leads to the page that says so, before anything looks for it in a database that cannot hold it", () => {
    expect(answer("/admin/%00").headers.get("x-middleware-rewrite")).toBe("https://nameplate.example/_not-found");
    expect(policyOf(answer("/admin/%00"))).toContain("default-src 'none'");
    expect(answer("/start/name?q=%00").headers.get("x-middleware-rewrite")).toBeNull();
  });
});
