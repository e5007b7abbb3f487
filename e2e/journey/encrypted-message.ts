/**
 * Two people of two families, found by their names alone, one sealed message between them over real federation.
 * A program of its own, since it needs the way out that homes take: run with HTTPS_PROXY, NODE_USE_ENV_PROXY and
 * NODE_EXTRA_CA_CERTS. Takes `{ from, to, text }` (each person a user id and a password) as its argument and prints one
 * line of JSON: `{ firstLogin, encryptedMessage, decrypted }`, the first two in seconds. With `{ from }` alone it only
 * signs in and says as whom: `{ firstLogin, userId }`.
 */
import {
  AutoDiscovery,
  ClientEvent,
  createClient,
  type MatrixClient,
  type MatrixEvent,
  MatrixEventEvent,
  Preset,
  RoomMemberEvent,
} from "matrix-js-sdk";

interface Person {
  readonly userId: string;
  readonly password: string;
}
interface Errand {
  readonly from: Person;
  readonly to?: Person;
  readonly text?: string;
}

const nameOf = (userId: string): string => userId.slice(userId.indexOf(":") + 1);

/** What any app does first: the name leads to the server, and nothing else is known. */
async function discover(name: string): Promise<string> {
  const found = (await AutoDiscovery.findClientConfig(name))["m.homeserver"];
  if (!found?.base_url || found.state !== AutoDiscovery.SUCCESS)
    throw new Error(`${name} was not found: ${found?.error ?? "no answer"}`);
  return found.base_url;
}

async function signIn({ userId, password }: Person): Promise<MatrixClient> {
  const baseUrl = await discover(nameOf(userId));
  const session = await createClient({ baseUrl }).loginRequest({
    type: "m.login.password",
    identifier: { type: "m.id.user", user: userId },
    password,
    initial_device_display_name: "A first device",
  });
  const client = createClient({
    baseUrl,
    userId: session.user_id,
    deviceId: session.device_id,
    accessToken: session.access_token,
  });
  await client.initRustCrypto({ useIndexedDB: false });
  return client;
}

async function start(client: MatrixClient): Promise<void> {
  const ready = new Promise<void>((resolve) =>
    client.on(ClientEvent.Sync, (state) => state === "PREPARED" && resolve()),
  );
  await client.startClient({ initialSyncLimit: 20 });
  await ready;
}

const within = <T>(seconds: number, what: string, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) =>
      setTimeout(() => reject(new Error(`${what} took longer than ${seconds} s`)), seconds * 1000).unref(),
    ),
  ]);

/** Resolves with the text as the reader's own device opened it. */
function decryptedText(reader: MatrixClient, roomId: string, text: string): Promise<string> {
  return new Promise((resolve) => {
    const look = (event: MatrixEvent): void => {
      if (event.getRoomId() === roomId && event.isEncrypted() && event.getContent()["body"] === text)
        resolve(String(event.getContent()["body"]));
    };
    reader.on(MatrixEventEvent.Decrypted, look);
  });
}

const clock = (): number => performance.now() / 1000;

async function run({ from, to, text = "" }: Errand): Promise<void> {
  const begun = clock();
  const writer = await signIn(from);
  const firstLogin = clock() - begun;
  if (to) await write({ writer, to, text, firstLogin });
  else console.log(JSON.stringify({ firstLogin, userId: (await writer.whoami()).user_id }));
  process.exit(0);
}

interface Letter {
  readonly writer: MatrixClient;
  readonly to: Person;
  readonly text: string;
  readonly firstLogin: number;
}

async function write({ writer, to, text, firstLogin }: Letter): Promise<void> {
  const reader = await signIn(to);
  await Promise.all([start(writer), start(reader)]);

  const meeting = clock();
  const { room_id } = await writer.createRoom({
    preset: Preset.TrustedPrivateChat,
    invite: [to.userId],
    is_direct: true,
  });
  const invited = new Promise<void>((resolve) =>
    reader.on(
      RoomMemberEvent.Membership,
      (_, member) =>
        member.userId === to.userId && member.membership === "invite" && member.roomId === room_id && resolve(),
    ),
  );
  if (reader.getRoom(room_id)?.getMyMembership() !== "invite") await within(30, "The invitation", invited);
  const joined = new Promise<void>((resolve) =>
    writer.on(
      RoomMemberEvent.Membership,
      (_, member) => member.userId === to.userId && member.membership === "join" && resolve(),
    ),
  );
  await reader.joinRoom(room_id);
  await within(30, "Joining", joined);
  if (!(await writer.getCrypto()?.isEncryptionEnabledInRoom(room_id))) throw new Error("The room is not sealed");
  const opened = decryptedText(reader, room_id, text);
  await writer.sendTextMessage(room_id, text);
  const decrypted = await within(30, "The sealed message", opened);
  const encryptedMessage = clock() - meeting;
  console.log(JSON.stringify({ firstLogin, encryptedMessage, decrypted }));
  writer.stopClient();
  reader.stopClient();
}

await run(JSON.parse(process.argv[2] ?? "null") as Errand);
