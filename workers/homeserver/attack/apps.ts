/**
 * Apps that encrypt, as many as the attackers ask for: matrix-js-sdk, as it is in people's hands. A program of its own, since it needs
 * the way out that homes take (HTTPS_PROXY, NODE_USE_ENV_PROXY, NODE_EXTRA_CA_CERTS). Reads one order a line, `{ do, app, ... }`, and
 * answers it with one line, `{"answer": ...}` or `{"answer": null, "error": "..."}`, before it reads the next. Used by apps.py.
 */
import { createInterface } from "node:readline";
import { ClientEvent, createClient, Direction, type IRoomEvent, type MatrixClient } from "matrix-js-sdk";

interface Heard {
  readonly sender: string;
  readonly type: string;
  /** What a test put in, to know its own again. */
  readonly words: unknown;
}
interface App {
  readonly client: MatrixClient;
  /** Every message between devices that the home handed to this app, before the app looked at it. */
  readonly heard: Heard[];
  /** What it wrote of late by itself, by room: how many messages the home took, and whether it goes on. */
  readonly writing: Map<string, { taken: number; goesOn: boolean; ended: Promise<void> }>;
}
interface ToDevice {
  readonly sender: string;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
}
type Order = Readonly<Record<string, string>>;

const apps = new Map<string, App>();
/**
 * Against a home that takes everything for ever: some seconds' worth. A sync may bring as many, so that no app misses who came while
 * they were written.
 */
const mostMessages = 100;
/** As many events as most rooms of an attack have. */
const onePage = 200;

const part = (order: Order, name: string): string => {
  const value = order[name];
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
};
const appOf = (order: Order): App => {
  const app = apps.get(part(order, "app"));
  if (!app) throw new Error(`${order["app"]} was not opened`);
  return app;
};
const cryptoOf = ({ client }: App) => {
  const crypto = client.getCrypto();
  if (!crypto) throw new Error("an app without encryption");
  return crypto;
};

/** Asks as ever, and looks at two answers: that keys were taken, and what a sync brought for the device. */
function listening(ask: typeof fetch, heard: Heard[], keysAreUp: () => void): typeof fetch {
  return async (url, wish) => {
    const answer = await ask(url, wish);
    const { pathname } = new URL(url instanceof Request ? url.url : url);
    if (answer.ok && pathname.endsWith("/keys/upload")) keysAreUp();
    if (answer.ok && pathname.endsWith("/sync")) {
      const sync = (await answer.clone().json()) as { to_device?: { events?: readonly ToDevice[] } };
      for (const { sender, type, content } of sync.to_device?.events ?? [])
        heard.push({ sender, type, words: content["words"] });
    }
    return answer;
  };
}

/** Answers when the app has had its first sync and its home has its keys. */
async function open(order: Order): Promise<null> {
  const heard: Heard[] = [];
  const keys = Promise.withResolvers<void>();
  const client = createClient({
    baseUrl: `https://${part(order, "home")}`,
    userId: part(order, "user"),
    deviceId: part(order, "device"),
    accessToken: part(order, "token"),
    fetchFn: listening(globalThis.fetch, heard, keys.resolve),
  });
  await client.initRustCrypto({ useIndexedDB: false });
  const ready = new Promise<void>((done) => client.on(ClientEvent.Sync, (state) => state === "PREPARED" && done()));
  await client.startClient({ initialSyncLimit: mostMessages });
  await Promise.all([ready, keys.promise]);
  apps.set(part(order, "app"), { client, heard, writing: new Map() });
  return null;
}

/** Whether the home took it. An app that does not know that the room is sealed writes nothing. */
async function say(order: Order): Promise<boolean> {
  const app = appOf(order);
  const room = part(order, "room");
  if (!(await cryptoOf(app).isEncryptionEnabledInRoom(room))) throw new Error("the app knows of no sealed room");
  return app.client.sendTextMessage(room, part(order, "words")).then(
    () => true,
    () => false,
  );
}

/** Begins to write message after message, until the home refuses one. */
function writeOn(order: Order): null {
  const { writing } = appOf(order);
  const state = { taken: 0, goesOn: true, ended: Promise.resolve() };
  const write = async (): Promise<void> => {
    while (state.goesOn && state.taken < mostMessages) {
      if (await say({ ...order, words: `message ${state.taken}` })) state.taken += 1;
      else state.goesOn = false;
    }
  };
  state.ended = write();
  writing.set(part(order, "room"), state);
  return null;
}

const written = (order: Order): { taken: number; goesOn: boolean } => {
  const { taken = 0, goesOn = false } = appOf(order).writing.get(part(order, "room")) ?? {};
  return { taken, goesOn };
};

/** Ends it, and answers when the last message has been dealt with. */
async function writeNoMore(order: Order): Promise<null> {
  const state = appOf(order).writing.get(part(order, "room"));
  if (!state) throw new Error("it does not write");
  state.goesOn = false;
  await state.ended;
  return null;
}

/** Every encrypted event of the room that the home gives this person: by whom, and what the app made of it. */
async function read(order: Order): Promise<readonly { readonly sender?: string; readonly text: string | null }[]> {
  const { client } = appOf(order);
  const found: IRoomEvent[] = [];
  let from: string | undefined;
  do {
    const page = await client.createMessagesRequest(part(order, "room"), from ?? null, onePage, Direction.Backward);
    found.push(...page.chunk.filter(({ type }) => type === "m.room.encrypted"));
    from = page.end;
  } while (from !== undefined);
  const events = found.map(client.getEventMapper({ decrypt: false, preventReEmit: true }));
  for (const event of events) await client.decryptEventIfNeeded(event);
  return events.map((event) => ({
    sender: event.getSender(),
    text: event.isDecryptionFailure() ? null : String(event.getContent()["body"]),
  }));
}

/** How somebody stands to a room as far as this app knows. */
const member = (order: Order): string | null =>
  appOf(order).client.getRoom(part(order, "room"))?.getMember(part(order, "user"))?.membership ?? null;

/** The devices that a message to somebody would be sealed for. */
async function devices(order: Order): Promise<readonly string[]> {
  const found = await cryptoOf(appOf(order)).getUserDeviceInfo([part(order, "user")], true);
  return [...(found.get(part(order, "user"))?.keys() ?? [])];
}

/** Whether the app knew the device and could ask to compare emoji with it. */
const verify = (order: Order): Promise<boolean> =>
  cryptoOf(appOf(order))
    .requestDeviceVerification(part(order, "user"), part(order, "device"))
    .then(
      () => true,
      () => false,
    );

const orders: Readonly<Record<string, (order: Order) => unknown>> = {
  open,
  say,
  writeOn,
  written,
  writeNoMore,
  read,
  member,
  devices,
  verify,
  heard: (order) => appOf(order).heard.filter(({ sender }) => sender === part(order, "user")),
};

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line) as Order;
  try {
    const answer = (await orders[part(order, "do")]?.(order)) ?? null;
    console.log(JSON.stringify({ answer }));
  } catch (error) {
    console.log(JSON.stringify({ answer: null, error: String(error) }));
  }
}
process.exit(0);
