import type { Person, Tenant } from "@/lib/generated/prisma/client.ts";
import type { World } from "@/lib/world.ts";
import type { Member } from "../access.ts";
import { mineOf } from "../mine/mine-of.ts";
import { childOf } from "../rules/child-of.ts";
import { whoDecided } from "../who-decided.ts";
import { mayAsk } from "./ask-to-erase.ts";
import { type DataKind, type DataPart, dataKinds, dataParts } from "./parts.ts";

/** All that we keep of somebody. Times are ISO. */
export interface KeptData {
  readonly personId: string;
  readonly given: string;
  /** The whole Matrix id. */
  readonly id: string;
  readonly parts: Readonly<Record<DataKind, DataPart>>;
  /** Whether they may ask to be erased themselves: a child is too young, or they run the home. */
  readonly mayErase: "yes" | "no" | "runs";
  /** Since when it is to be erased, who asked for that, and whether it was the reader, who alone may take it back. */
  readonly erase: { readonly at: string; readonly by: string; readonly yours: boolean } | null;
}

/** Of a child, for its parents. */
export async function describeDataOf(
  world: Pick<World, "db" | "clock">,
  who: Member,
  personId: string,
): Promise<KeptData> {
  const { home, child } = await childOf(world, who, personId);
  return dataOf(world, home, child, who.userId);
}

/** Of whoever opened their own page. */
export async function describeOwnData(world: World, secret: string | undefined): Promise<KeptData> {
  const { home, person } = await mineOf(world, secret);
  return dataOf(world, home, person, person.id);
}

async function dataOf(
  world: Pick<World, "db" | "clock">,
  home: Tenant,
  person: Person,
  reader: string,
): Promise<KeptData> {
  const { db } = world;
  const { id: personId, given, part, eraseAskedAt, eraseAskedBy } = person;
  const parts = await Promise.all(dataKinds.map(async (kind) => [kind, await dataParts[kind](db, person)] as const));
  // Whoever asked for themselves has no account of ours to be named by.
  const own = eraseAskedBy === personId;
  const by = eraseAskedBy && !own ? (await whoDecided(db, home.id, [eraseAskedBy]))(eraseAskedBy) : given;
  return {
    ...{ personId, given, id: `@${part}:${home.name}` },
    parts: Object.fromEntries(parts) as unknown as Record<DataKind, DataPart>,
    mayErase: person.runsHome ? "runs" : (await mayAsk(world, home, person)) ? "yes" : "no",
    erase: eraseAskedAt ? { at: eraseAskedAt.toISOString(), by, yours: eraseAskedBy === reader } : null,
  };
}

/** The copy, as a file that people and programs can read. */
export const copyOf = ({ id, given, parts }: KeptData, now: Date): string =>
  `${JSON.stringify(
    {
      about: `What Nameplate keeps of ${given}, ${id}. What was written in chats is not ours to read: it is in their app.`,
      at: now,
      ...parts,
    },
    null,
    2,
  )}\n`;
