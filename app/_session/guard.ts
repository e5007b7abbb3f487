import { headers } from "next/headers";
import { takeTry } from "@/lib/auth/limits.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { LimitRule } from "@/lib/queue/limit.ts";
import { web } from "@/lib/web.ts";
import { caller } from "../_frame/caller.ts";

/**
 * First in each action that a session may be used for: the request says it comes from a page of ours. Next refuses a
 * foreign origin, and lets one without any pass; here that one is refused too.
 */
export async function ownOrigin(): Promise<void> {
  const origin = (await headers()).get("origin");
  if (origin !== new URL(web().env.WEB_URL).origin)
    throw new NameplateError("bad-input", `An action from ${origin ?? "nowhere"}`, { key: "errors.badInput" });
}

/** Takes a try of this caller, or throws `too-often`. */
export async function takeCallersTry(rule: LimitRule): Promise<void> {
  await takeTry(web().limiter, rule, caller(await headers()));
}
