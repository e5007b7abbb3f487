import type { Tx } from "@/lib/db.ts";
import type { Tenant } from "@/lib/generated/prisma/client.ts";
import { standingParents } from "@/lib/tenants/household-of.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";
import type { World } from "@/lib/world.ts";
import { careOf, type Member } from "../access.ts";
import { whoDecided } from "../who-decided.ts";
import { mostParents, openInvite, parentsOf } from "./parents-of.ts";

/** Who looks after the children of a home, for each of them. Times are ISO. */
export interface ParentsView {
  readonly home: string;
  readonly parents: readonly { readonly given: string; readonly email: string; readonly you: boolean }[];
  /** Who is asked just now. */
  readonly waiting: {
    readonly id: string;
    readonly given: string;
    readonly email: string;
    readonly by: string;
    readonly at: string;
    readonly until: string;
  } | null;
  /** Whether somebody may be asked. */
  readonly room: boolean;
  readonly children: readonly string[];
  /** Adults who live there and do not look after the children. */
  readonly adults: readonly { readonly personId: string; readonly given: string; readonly email: string }[];
  readonly runs: boolean;
}

export async function describeParents({ db, clock }: World, who: Member): Promise<ParentsView> {
  const home = await careOf({ db }, who);
  const parents = await parentsOf(db, home);
  const yours = await yoursOf(db, home, who);
  const open = await openInvite(db, home.id, clock.now());
  const people = await db.person.findMany({
    where: { tenantId: home.id, ...livesThere },
    orderBy: { place: "asc" },
  });
  const rows = await db.parent.findMany({ where: { tenantId: home.id, ...standingParents } });
  const isOne = ({ id, runsHome }: (typeof people)[number]) =>
    (runsHome && home.ownerIsParent) || rows.some(({ personId }) => personId === id);
  const children = people.filter(({ kind }) => kind === "child").map(({ given }) => given);
  return {
    home: home.name,
    parents: parents.map(({ id, given, email }) => ({ given, email, you: id === yours })),
    waiting: open && {
      ...{ id: open.id, given: open.given, email: open.email },
      ...{ at: open.askedAt.toISOString(), until: open.until.toISOString() },
      by: (await whoDecided(db, home.id, [open.askedBy]))(open.askedBy),
    },
    room: parents.length < mostParents && !open && children.length > 0,
    children,
    adults: people
      .filter((one) => one.kind === "adult" && !isOne(one))
      .map(({ id, given, email }) => ({ personId: id, given, email: email ?? "" })),
    runs: yours === null,
  };
}

/** Which of the parents somebody is: their row, or null for whoever runs the home. */
async function yoursOf(
  db: Pick<Tx, "parent" | "membership">,
  { id: tenantId }: Tenant,
  { userId }: Member,
): Promise<string | null> {
  const member = await db.membership.findFirst({ where: { tenantId, userId } });
  if (member?.role === "owner") return null;
  return (await db.parent.findFirst({ where: { tenantId, userId, ...standingParents } }))?.id ?? "";
}

/** What those are called who look after the children: for a family's pages and its children's cards. */
export const parentNames = async (db: Pick<Tx, "tenant" | "parent">, home: Pick<Tenant, "id">) =>
  (await parentsOf(db, home)).map(({ given }) => given);
