import { passkey } from "@better-auth/passkey";
import { betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError } from "better-auth/api";
import { magicLink, twoFactor } from "better-auth/plugins";
import { type Clock, secondsAfter } from "@/lib/clock.ts";
import type { Db } from "@/lib/db.ts";
import { hashSecret, type Ids } from "@/lib/ids.ts";
import type { Log } from "@/lib/log.ts";
import { beginSession } from "./begin-session.ts";
import { factorOf } from "./factor.ts";

export interface AuthTools {
  readonly db: Db;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly secret: string;
  /** Where people reach the web. Its host is what passkeys are bound to. */
  readonly webUrl: string;
  /** Sends the link now: it rests nowhere, so there is no row to send it from later. */
  deliver(email: string, link: string): Promise<void>;
}

export type Auth = ReturnType<typeof openAuth>;

/** A sign-in link works for ten minutes, as its mail says. */
export const linkSeconds = 600;
/** People sign in afresh every thirty days; a session is never made longer. */
export const sessionSeconds = 30 * 86_400;
/** A passkey or an app is added by who signed in within the last day. */
export const freshSeconds = 86_400;

/** better-auth as we use it: links by mail, passkeys, authenticator apps; no passwords, no other providers. */
export function openAuth(tools: AuthTools) {
  const { db, log, secret, webUrl } = tools;
  const { origin, hostname, protocol } = new URL(webUrl);
  const https = protocol === "https:";
  return betterAuth({
    appName: "Nameplate",
    baseURL: webUrl,
    secret,
    database: prismaAdapter(db, { provider: "postgresql", transaction: true }),
    trustedOrigins: [origin],
    // Should anybody ever mount the handler: the one GET that would use a link up stays shut.
    disabledPaths: ["/magic-link/verify"],
    telemetry: { enabled: false },
    logger: {
      log: (level, message, ...rest) =>
        log[level === "error" ? "warn" : "debug"]({ detail: rest.map(String) }, message),
    },
    session: {
      expiresIn: sessionSeconds,
      disableSessionRefresh: true,
      freshAge: freshSeconds,
      additionalFields: { factor: { type: "string", required: true, input: false, defaultValue: "link" } },
    },
    advanced: {
      // With this prefix a browser takes the cookie from this very host, over https, for every path, or not at all.
      cookiePrefix: https ? "__Host-nameplate" : "nameplate",
      useSecureCookies: false,
      defaultCookieAttributes: { secure: https, httpOnly: true, sameSite: "lax", path: "/" },
      ipAddress: { disableIpTracking: true },
    },
    databaseHooks: {
      session: {
        create: {
          // What was shown is known by the way they came in; a session of our own making says it itself.
          before: async (session, context) => ({
            data: {
              ...session,
              factor: factorOf(context?.path, session),
              // By our clock, as whatever asks later how long ago it was, and ends it.
              createdAt: tools.clock.now(),
              expiresAt: secondsAfter(tools.clock.now(), sessionSeconds),
            },
          }),
        },
      },
      verification: {
        create: {
          before: async (row) => ({ data: { ...row, expiresAt: byOurClock(tools.clock, row) } }),
        },
      },
    },
    plugins: [
      magicLink({
        expiresIn: linkSeconds,
        storeToken: "hashed",
        generateToken: () => tools.ids.secret(),
        sendMagicLink: ({ email, token }) => keepAndSend(tools, email, token),
      }),
      passkey({
        rpID: hostname,
        rpName: "Nameplate",
        origin,
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        registration: {
          afterVerification: ({ verification }) => mustBeVerified(verification.registrationInfo?.userVerified),
        },
        authentication: {
          afterVerification: ({ verification }) => mustBeVerified(verification.authenticationInfo.userVerified),
        },
      }),
      twoFactor({ allowPasswordless: true, issuer: "Nameplate staff" }),
      beginSession(),
    ],
  });
}

/** The library asks for a finger, a face or a code, and does not look whether it was shown. */
async function mustBeVerified(verified: boolean | undefined): Promise<void> {
  if (!verified) throw new APIError("UNAUTHORIZED", { message: "The passkey did not verify its user" });
}

/** The library counts from the machine's clock; what has run out is forgotten by ours. */
const byOurClock = (clock: Clock, { createdAt, expiresAt }: { createdAt: Date; expiresAt: Date }): Date =>
  new Date(clock.now().getTime() + expiresAt.getTime() - createdAt.getTime());

/** Our row says later whether a link was used or has run out; the library's says only that it does not work. */
async function keepAndSend({ db, clock, ids, webUrl, deliver }: AuthTools, email: string, token: string) {
  const now = clock.now();
  await db.link.create({
    data: {
      id: ids.id("lnk"),
      purpose: "sign-in",
      subject: email,
      tokenHash: hashSecret(token),
      createdAt: now,
      expiresAt: secondsAfter(now, linkSeconds),
    },
  });
  await deliver(email, `${webUrl}/sign-in/link/${token}`);
}
