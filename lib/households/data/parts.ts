import type { Tx } from "@/lib/db.ts";
import type { Person } from "@/lib/generated/prisma/client.ts";

/** One kind of what we keep of a person, as it is given away: times are ISO, and no secret and nobody else's data is in it. */
export type DataPart = readonly Readonly<Record<string, unknown>>[];

type Reader = (db: Tx, person: Person) => Promise<DataPart>;

const byTime = { at: "asc" } as const;

/**
 * What we keep of whoever lives in a home, by the table it rests in: the one list for the page, for the copy, and for the test that no
 * table is forgotten.
 */
export const dataParts = {
  Person: async (_, { given, part, kind, email, ageBand, bornOn, createdAt, page, takenOutAt }) => [
    {
      given,
      part,
      kind,
      email,
      ageBand,
      bornOn: bornOn?.toISOString().slice(0, 10) ?? null,
      since: createdAt,
      page,
      takenOutAt,
    },
  ],
  Card: (db, { id: personId }) =>
    db.card.findMany({
      where: { personId },
      orderBy: { createdAt: "asc" },
      select: { createdAt: true, expiresAt: true, usedAt: true, replacedAt: true },
    }),
  ChildRule: (db, { id: personId }) =>
    db.childRule.findMany({ where: { personId }, orderBy: byTime, select: { at: true, rules: true } }),
  Ask: (db, { id: personId }) =>
    db.ask.findMany({
      where: { personId },
      orderBy: { askedAt: "asc" },
      select: { kind: true, who: true, roomName: true, words: true, askedAt: true, answer: true, answeredAt: true },
    }),
  Consent: (db, { id: personId }) =>
    db.consent.findMany({
      where: { personId },
      orderBy: { givenAt: "asc" },
      // From which network address is the parent's, not the child's.
      select: { givenAt: true, method: true, country: true, text: true, withdrawnAt: true },
    }),
  HouseAcceptance: (db, { id: personId }) =>
    db.houseAcceptance.findMany({
      where: { personId },
      orderBy: byTime,
      select: { nth: true, at: true, how: true, agrees: true },
    }),
  Growth: (db, { id: personId }) =>
    db.growth.findMany({
      where: { personId },
      orderBy: { offeredAt: "asc" },
      select: { band: true, offeredAt: true, answer: true, answeredAt: true },
    }),
  Trial: (db, { id: personId }) =>
    db.trial.findMany({
      where: { personId },
      orderBy: { askedAt: "asc" },
      select: { askedAt: true, state: true, results: true, doneAt: true },
    }),
  Mail: (db, { id: personId }) =>
    db.mail.findMany({
      where: { values: { path: ["personId"], equals: personId }, to: { not: "" } },
      orderBy: { createdAt: "asc" },
      select: { kind: true, createdAt: true, sentAt: true },
    }),
} as const satisfies Readonly<Record<string, Reader>>;

export type DataKind = keyof typeof dataParts;
export const dataKinds = Object.keys(dataParts) as readonly DataKind[];

/** Tables that name a person and are not theirs to be given, and why. */
export const leftOut = {
  Parent: "of an adult who looks after children: their own mailbox, which they gave, stands on the page of parents",
  Report: "what somebody else said of them, in confidence; a person of ours answers who asks",
} as const;
