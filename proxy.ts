import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { settings } from "@/app/_frame/settings.ts";

const development = process.env.NODE_ENV === "development";

/** Forms of ours lead to ourselves, and one of them to the payment page. Everything else is refused. */
function contentPolicy(nonce: string, vendorOrigins: string): string {
  // The development server evaluates scripts and writes styles into the page by itself.
  const [evaluate, style] = development ? [" 'unsafe-eval'", "'unsafe-inline'"] : ["", `'nonce-${nonce}'`];
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${evaluate}`,
    `style-src 'self' ${style}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    `form-action 'self' ${vendorOrigins}`,
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Signed by its sender, who is no browser and has no origin. */
const fromServers = new Set(["/api/stripe"]);

/** A form of ours comes from a page of ours. Next would answer a foreign one with a 500, and let one without an origin pass. */
function isForeign(request: NextRequest, webUrl: string): boolean {
  if (request.method === "GET" || request.method === "HEAD" || fromServers.has(request.nextUrl.pathname)) return false;
  return request.headers.get("origin") !== new URL(webUrl).origin;
}

/** Headers of every page and answer. It allows nobody anything: that stands in each action and route. */
export function proxy(request: NextRequest): NextResponse {
  const { CHECKOUT_ORIGIN, PORTAL_ORIGIN, WEB_URL } = settings();
  if (isForeign(request, WEB_URL)) return new NextResponse(null, { status: 403 });
  // 128 bits, fresh for each answer; Next reads it from the request's header and puts it on its own tags.
  const vendors = new Set([CHECKOUT_ORIGIN, PORTAL_ORIGIN].map((url) => new URL(url).origin));
  const policy = contentPolicy(randomBytes(16).toString("base64"), [...vendors].join(" "));
  const headers = new Headers(request.headers);
  headers.set("Content-Security-Policy", policy);
  // No page has NUL in its address, and no database looks for one: it would be a failure where nothing is broken.
  const nowhere = /%00/.test(request.nextUrl.pathname);
  const response = nowhere
    ? NextResponse.rewrite(new URL("/_not-found", request.url), { request: { headers } })
    : NextResponse.next({ request: { headers } });
  response.headers.set("Content-Security-Policy", policy);
  // A page carries a nonce and often somebody's order: it is kept by nobody.
  response.headers.set("Cache-Control", "private, no-store");
  // A year: the least that browsers' own lists accept.
  if (WEB_URL.startsWith("https:")) {
    response.headers.set("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
  }
  return response;
}

export const config = { matcher: ["/((?!_next/static|fonts/).*)"] };
