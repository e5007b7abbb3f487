import type { Aim, Tried } from "@/lib/households/trials/ports.ts";
import type { Ids } from "@/lib/ids.ts";
import type { AsStranger } from "./stranger.ts";
import type { Answer } from "./unix-http.ts";

type Attempting = (app: AsStranger, aim: Aim, ids: Ids) => Promise<Tried>;

/** What the rooms are called: a child who decides alone may read it. */
const called = "A trial by Nameplate";
const client = "/_matrix/client/v3";

/** Each is an ordinary request of an app. The stranger's home asks the child's, and hands its answer on. */
export const strangerAttempts = {
  direct: (app, aim) => invite(app, aim.id, { preset: "trusted_private_chat", is_direct: true }),
  group: (app, aim) => invite(app, aim.id, { preset: "private_chat" }),
  open: (app, aim) => invite(app, aim.id, { preset: "public_chat" }),
  space: (app, aim) => invite(app, aim.id, { preset: "private_chat", creation_content: { type: "m.space" } }),

  async profile(app, aim) {
    const answer = await profileOf(app, aim.id);
    return { made: isAnswer(answer), learned: answer.status === 200 };
  },

  async devices(app, aim) {
    const { status, body } = await keysOf(app, aim.id);
    const learned = [body["device_keys"], body["master_keys"]].some((keys) => isSomething(asObject(keys)[aim.id]));
    return { made: status === 200 && !isSomething(body["failures"]), learned };
  },

  async key(app, { id, device }) {
    const wanted = { one_time_keys: { [id]: { [device ?? ""]: "signed_curve25519" } } };
    const { status, body } = await app({ method: "POST", path: `${client}/keys/claim`, body: wanted });
    const learned = isSomething(asObject(body["one_time_keys"])[id]);
    return { made: status === 200 && !isSomething(body["failures"]), learned };
  },

  /** Of a kind that no app knows, and empty: whoever is handed it is shown nothing. */
  async unseen(app, aim, ids) {
    const path = `${client}/sendToDevice/family.nameplate.trial/${ids.id("txn")}`;
    const answer = await app({ method: "PUT", path, body: { messages: { [aim.id]: { "*": {} } } } });
    return { made: answer.status === 200 };
  },

  async search(app, aim) {
    const wanted = { search_term: aim.given, limit: 50 };
    const { status, body } = await app({ method: "POST", path: `${client}/user_directory/search`, body: wanted });
    const found = Array.isArray(body["results"]) ? body["results"].map((one) => asObject(one)["user_id"]) : [];
    return { made: status === 200, learned: found.includes(aim.id) };
  },

  async exists(app, aim, ids) {
    const nobody = `@nobody-${ids.id("nob").slice(4, 16)}${aim.id.slice(aim.id.indexOf(":"))}`;
    const [one, other] = [await allAnswers(app, aim.id), await allAnswers(app, nobody)];
    const made = one.made && other.made;
    return { made, learned: one.answers !== other.answers };
  },
} as const satisfies Readonly<Record<string, Attempting>>;

async function invite(app: AsStranger, id: string, room: object): Promise<Tried> {
  const answer = await inviteTo(app, id, room);
  const made = answer.body["room_id"];
  return { made: isAnswer(answer), ...(typeof made === "string" ? { room: made } : {}) };
}

const inviteTo = (app: AsStranger, id: string, room: object): Promise<Answer> =>
  app({ method: "POST", path: `${client}/createRoom`, body: { ...room, name: called, invite: [id] } });

const profileOf = (app: AsStranger, id: string): Promise<Answer> =>
  app({ method: "GET", path: `${client}/profile/${encodeURIComponent(id)}` });

const keysOf = (app: AsStranger, id: string): Promise<Answer> =>
  app({ method: "POST", path: `${client}/keys/query`, body: { device_keys: { [id]: [] }, timeout: 10_000 } });

/** Everything that a home says about somebody, with their name and what is different each time left out. */
async function allAnswers(app: AsStranger, id: string): Promise<{ readonly made: boolean; readonly answers: string }> {
  const [profile, keys, invited] = [await profileOf(app, id), await keysOf(app, id), await inviteTo(app, id, {})];
  const said = [
    [profile.status, profile.body],
    [keys.status, asObject(keys.body["device_keys"])[id] ?? {}, asObject(keys.body["master_keys"])[id] ?? {}],
    [invited.status, invited.body["errcode"] ?? null],
  ];
  const made = isAnswer(profile) && isAnswer(invited) && keys.status === 200 && !isSomething(keys.body["failures"]);
  return { made, answers: JSON.stringify(said).replaceAll(id, "") };
}

/** Yes, no, or nobody there: a failure on the way, or being told to slow down, is none of these. */
const isAnswer = ({ status }: Answer): boolean => status === 200 || status === 403 || status === 404;

const asObject = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
const isSomething = (value: unknown): boolean => Object.keys(asObject(value)).length > 0;
