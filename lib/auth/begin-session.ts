import { createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { isFactor } from "./factor.ts";

/**
 * A session for somebody whom a verb of ours has recognised: by an enrolment link, or by a code after their link.
 * Never reachable over HTTP.
 */
export const beginSession = () => ({
  id: "begin-session",
  endpoints: {
    beginSession: createAuthEndpoint.serverOnly(
      { method: "POST", body: z.object({ userId: z.string(), factor: z.string().refine(isFactor) }) },
      async (ctx) => {
        const { userId, factor } = ctx.body;
        const user = await ctx.context.internalAdapter.findUserById(userId);
        if (!user) throw new Error(`There is no user ${userId}`);
        const session = await ctx.context.internalAdapter.createSession(userId, false, { factor }, true);
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ sessionId: session.id });
      },
    ),
  },
});
