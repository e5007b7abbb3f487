/** Messages to families that sleep, over real federation: relay, edge, certificates, wake. */
import { databaseName } from "@/lib/synapse/home-folder.ts";
import { quantile, sleep } from "./figures.ts";
import type { World } from "./world.ts";

const receivers = 20;
const rounds = 10;
/** What has not come by then is lost. */
const patienceSeconds = 30;

export interface Federated {
  readonly sent: number;
  readonly lost: number;
  readonly medianSeconds: number;
  readonly p99Seconds: number;
}

/** One room of the sender with each receiver, both inside. */
async function rooms(world: World, sender: string, others: readonly string[], tokens: ReadonlyMap<string, string>) {
  const { ask } = world.families;
  const found = new Map<string, string>();
  for (const other of others) {
    const invite = [`@anna:${other}`];
    const made = await ask(
      sender,
      "POST",
      "/_matrix/client/v3/createRoom",
      { preset: "private_chat", invite },
      tokens.get(sender),
    );
    const room = String(made["room_id"]);
    const joined = await ask(
      other,
      "POST",
      `/_matrix/client/v3/join/${encodeURIComponent(room)}`,
      {},
      tokens.get(other),
    );
    if (joined["room_id"] !== room) throw new Error(`${other} cannot join: ${JSON.stringify(joined)}`);
    found.set(other, room);
  }
  return found;
}

export async function measureFederation(world: World, tokens: ReadonlyMap<string, string>): Promise<Federated> {
  const [sender = "", ...others] = [...tokens.keys()].slice(0, receivers + 1);
  await world.keep(sender, { sleep: false });
  const found = await rooms(world, sender, others, tokens);
  const seconds: number[] = [];
  let sent = 0;
  for (let round = 0; round < rounds; round++) {
    await world.allAsleep(others);
    for (const [other, room] of found) {
      const begun = performance.now();
      const path = `/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/r${round}`;
      const body = { msgtype: "m.text", body: "Tea at four?" };
      const answer = await world.families.ask(sender, "PUT", path, body, tokens.get(sender));
      sent += 1;
      if (await arrives(world, other, String(answer["event_id"]))) seconds.push((performance.now() - begun) / 1000);
    }
  }
  await world.keep(sender, { sleep: true });
  return {
    sent,
    lost: sent - seconds.length,
    medianSeconds: quantile(seconds, 0.5),
    p99Seconds: quantile(seconds, 0.99),
  };
}

/** Looked for in the receiver's database: a request to the home would itself wake it. */
async function arrives(world: World, name: string, eventId: string): Promise<boolean> {
  const database = await world.connect(databaseName(name));
  try {
    const end = performance.now() + patienceSeconds * 1000;
    while (performance.now() < end) {
      const { rowCount } = await database.query("SELECT 1 FROM events WHERE event_id = $1", [eventId]);
      if (rowCount) return true;
      await sleep(0.02);
    }
    return false;
  } finally {
    await database.end();
  }
}
