import { z } from "zod";
import type { Tx } from "@/lib/db.ts";
import type { Order, Person } from "@/lib/generated/prisma/client.ts";
import { orderConsent, writeFirst } from "@/lib/households/consent/agreed.ts";
import type { World } from "@/lib/world.ts";
import { ageBands } from "./age-band.ts";

const people = z.array(
  z.object({
    given: z.string(),
    part: z.string(),
    kind: z.enum(["adult", "child"]),
    email: z.string().optional(),
    ageBand: z.enum(ageBands).optional(),
  }),
);

/** Writes the tenant that a paid order wants, with its people; the workers make reality match. Returns its id. */
export async function askForTenant(
  tx: Tx,
  { clock, ids }: Pick<World, "clock" | "ids">,
  order: Order,
): Promise<string> {
  const { name, given, part } = order;
  if (!name || !given || !part) throw new Error(`Order ${order.id} is paid but not complete`);
  const now = clock.now();
  const id = ids.id("ten");
  await tx.tenant.create({
    data: {
      id,
      name,
      holds: name,
      orderId: order.id,
      want: "present",
      signIn: "password",
      createdAt: now,
      nextCheckAt: now,
    },
  });
  const owner = { given, part, kind: "adult" as const, email: order.email, ageBand: undefined };
  const rows = [owner, ...people.parse(order.people)].map((person, place) => ({
    id: ids.id("per"),
    tenantId: id,
    place,
    given: person.given,
    part: person.part,
    kind: person.kind,
    email: person.email || null,
    ageBand: person.ageBand ?? null,
    runsHome: place === 0,
    // Every adult has a contact page; a child has none unless a parent makes one.
    page: person.kind === "adult",
    createdAt: now,
  }));
  await tx.person.createMany({ data: rows });
  await writeConsents(tx, order, rows);
  return id;
}

/** What was agreed to with the order, for each child it was for. An order of before that was asked has none. */
async function writeConsents(tx: Tx, order: Order, rows: readonly Pick<Person, "id" | "part">[]): Promise<void> {
  const { consentAt: at, consentFrom, paidMinor } = order;
  const read = orderConsent.safeParse(order.childConsent);
  if (!read.success || !at) return;
  const { text, country, parts } = read.data;
  const children = rows.filter(({ part }) => parts.includes(part)).map(({ id }) => id);
  const method = (paidMinor ?? 0) > 0 ? "card-payment" : "form";
  await writeFirst(tx, children, { at, by: null, text, method, country, from: consentFrom ?? undefined });
}
