/** What a family does all day, in the rooms that a family has. */
import { databaseName } from "@/lib/synapse/home-folder.ts";
import type { World } from "../tenants/world.ts";

export interface Family {
  readonly name: string;
  /** As somebody of the family, by their part. */
  as(part: string, method: string, path: string, body?: object): Promise<Record<string, unknown>>;
  /** Everybody is in it. */
  readonly room: string;
}

export interface Usual {
  /** So often in a round: ticks of the kernel's clock are ten milliseconds, and a round is to have a hundred of them. */
  readonly times: number;
  act(family: Family): Promise<void>;
}

const people = ["anna", "ben", "mia", "tom"];
const encoded = encodeURIComponent;
let nth = 0;

/** A home with four people and the room of the four, encrypted as every app makes it. */
export async function moveIn(world: World, name: string): Promise<Family> {
  const { families } = world;
  await families.join(name);
  await haste(world, name);
  const tokens = new Map<string, string>();
  for (const part of people) tokens.set(part, await families.signIn(name, part));
  const as: Family["as"] = async (part, method, path, body) => {
    const answer = await families.ask(name, method, `/_matrix/client/${path}`, body, tokens.get(part));
    if ("errcode" in answer) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
    return answer;
  };
  await world.keep(name, { sleep: false });
  const [first = "", ...others] = people;
  const room = await newRoom(as, first, name, others);
  return { name, as, room };
}

/** A bench does in a minute what a family does in a day: its people are not told to wait, on either side. */
async function haste(world: World, name: string): Promise<void> {
  const database = await world.connect(databaseName(name));
  for (const part of people)
    await database.query(
      "INSERT INTO ratelimit_override (user_id, messages_per_second, burst_count) VALUES ($1, 0, 0)",
      [`@${part}:${name}`],
    );
  await database.end();
}

async function newRoom(as: Family["as"], by: string, name: string, others: readonly string[]): Promise<string> {
  const made = await as(by, "POST", "v3/createRoom", {
    preset: "private_chat",
    invite: others.map((part) => `@${part}:${name}`),
    initial_state: [
      { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } },
      { type: "m.room.name", state_key: "", content: { name: "All of us" } },
    ],
  });
  const room = String(made["room_id"]);
  for (const part of others) await as(part, "POST", `v3/join/${encoded(room)}`, {});
  return room;
}

const write = async ({ as, room }: Family, part: string): Promise<void> => {
  const path = `v3/rooms/${encoded(room)}/send/m.room.encrypted/${++nth}`;
  // As long as a sealed sentence.
  await as(part, "PUT", path, { algorithm: "m.megolm.v1.aes-sha2", ciphertext: "x".repeat(400) });
};

const look = async ({ as }: Family, part: string): Promise<void> => {
  await as(part, "GET", "v3/sync?timeout=0");
};

export const usual: Readonly<Record<string, Usual>> = {
  "a message of an adult": { times: 60, act: (family) => write(family, "anna") },
  "a message of the child": { times: 60, act: (family) => write(family, "mia") },
  "a look of an adult": { times: 400, act: (family) => look(family, "anna") },
  "a look of the child": { times: 400, act: (family) => look(family, "mia") },
  "a room made, the child invited and joined": {
    times: 8,
    async act({ as, name }) {
      await newRoom(as, "anna", name, ["mia"]);
    },
  },
};
