import type { SignedIn } from "@/lib/auth/signed-in.ts";
import type { Clock } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import type { Parent } from "@/lib/generated/prisma/client.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";
import { whoDecided } from "../who-decided.ts";
import { inviteToken } from "./invite-secret.ts";
import { mostParents, parentsOf } from "./parents-of.ts";

/** What somebody reads who was asked to look after the children of a home. Times are ISO. */
export interface InviteSight {
  /** `full`: two do already. */
  readonly state: "works" | "done" | "left" | "taken-back" | "ran-out" | "full";
  readonly name: string;
  readonly given: string;
  /** The only mailbox that can take it. */
  readonly email: string;
  /** Who asks. */
  readonly by: string;
  readonly until: string;
  /** Whether a message from them reaches the children: we know their Matrix id. */
  readonly writes: boolean;
}

/** Looks at a link and changes nothing, however often it is opened. Undefined for one that nobody was sent. */
export async function lookAtInvite(
  world: { readonly db: Tx; readonly clock: Clock },
  token: string,
): Promise<InviteSight | undefined> {
  const { db, clock } = world;
  const asked = await inviteOf(db, token);
  const home = asked && (await db.tenant.findFirst({ where: { id: asked.tenantId, want: "present" } }));
  if (!asked || !home) return undefined;
  const { given, email, until, askedBy, personId, matrixId } = asked;
  const state = stateOf(asked, clock.now());
  const full = state === "works" && (await parentsOf(db, home)).length >= mostParents;
  return {
    ...{ state: full ? "full" : state, name: home.name, given, email, until: until.toISOString() },
    by: (await whoDecided(db, home.id, [askedBy]))(askedBy),
    writes: personId !== null || matrixId !== null,
  };
}

/** The row that a link is about. */
export async function inviteOf(db: Pick<Tx, "link" | "parent">, token: string): Promise<Parent | null> {
  const link = await db.link.findUnique({ where: { tokenHash: hashSecret(token) } });
  return link?.purpose === "parent" ? db.parent.findUnique({ where: { id: link.subject } }) : null;
}

function stateOf({ joinedAt, leftAt, takenBackAt, until }: Parent, now: Date): InviteSight["state"] {
  if (leftAt) return "left";
  if (joinedAt) return "done";
  if (takenBackAt) return "taken-back";
  return now >= until ? "ran-out" : "works";
}

export interface OpenInvite {
  readonly token: string;
  readonly name: string;
  readonly by: string;
}

/** What the mailbox that they opened a link in was asked and has not answered: whoever signs in finds it without the letter. */
export async function invitesOf(
  { db, clock, linkKey }: Pick<World, "db" | "clock" | "linkKey">,
  { email, emailVerified }: Pick<SignedIn, "email" | "emailVerified">,
): Promise<readonly OpenInvite[]> {
  if (!emailVerified) return [];
  const rows = await db.parent.findMany({
    where: { ...{ email, joinedAt: null, takenBackAt: null }, until: { gt: clock.now() }, tenant: { want: "present" } },
    include: { tenant: true },
    orderBy: { askedAt: "asc" },
  });
  return Promise.all(
    rows.map(async ({ id, askedBy, tenant }) => ({
      token: inviteToken(linkKey, id),
      name: tenant.name,
      by: (await whoDecided(db, tenant.id, [askedBy]))(askedBy),
    })),
  );
}
