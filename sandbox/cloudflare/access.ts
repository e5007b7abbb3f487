import { timingSafeEqual } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { SandboxEnv } from "@/sandbox/shared/serve.ts";
import { ApiError, type Ctx } from "./envelope.ts";

export interface Keys {
  readonly account: string;
  /** May do everything. */
  readonly token: string;
  /** May look names up, and nothing else. */
  readonly searchToken: string;
}

/** Who is asking: refuses strangers, other people's accounts, and the search token wherever it has no business. */
export const authenticate =
  (keys: Keys): MiddlewareHandler<SandboxEnv> =>
  async (c, next) => {
    const token = tokenOf(c);
    const all = same(token, keys.token);
    if (!all && !same(token, keys.searchToken))
      throw new ApiError(403, { code: 9109, message: "Invalid access token" });
    if (!all && !isLookup(c)) throw new ApiError(403, { code: 10_000, message: "Authentication error" });
    const account = /^\/client\/v4\/accounts\/([^/]+)/.exec(c.req.path)?.[1];
    if (account !== undefined && account !== keys.account)
      throw new ApiError(403, { code: 10_000, message: "Authentication error" });
    return next();
  };

function tokenOf(c: Ctx): string {
  const header = c.req.header("authorization");
  if (header === undefined) {
    throw new ApiError(400, { code: 9106, message: "Missing X-Auth-Key, X-Auth-Email or Authorization headers" });
  }
  const token = /^Bearer (\S+)$/.exec(header)?.[1];
  if (token !== undefined) return token;
  throw new ApiError(400, {
    code: 6003,
    message: "Invalid request headers",
    error_chain: [{ code: 6111, message: "Invalid format for Authorization header" }],
  });
}

const isLookup = (c: Ctx): boolean => {
  const path = c.req.path.replace(/^\/client\/v4\/accounts\/[^/]+\/registrar\//, "");
  if (c.req.method === "POST") return path === "domain-check";
  return c.req.method === "GET" && /^(domain-search|extensions(\/[^/]+)?)$/.test(path);
};

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
