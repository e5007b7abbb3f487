import { notFound } from "next/navigation";
import { cache } from "react";
import { type InviteSight, lookAtInvite } from "@/lib/households/parents/look-at-invite.ts";
import { web } from "@/lib/web.ts";

/** What the link with this secret is about, looked at once a request. Looking uses nothing up: a mail program may do so too. */
export const inviteOf = cache(
  async (token: string): Promise<InviteSight> => (await lookAtInvite(web().world, token)) ?? notFound(),
);
