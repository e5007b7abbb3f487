/**
 * One person's app, request by request: signs in with `{ name, part, password }`, does each of `calls` in turn and prints one line of
 * JSON, `{ "answers": [{ status, body }] }`. A program of its own, as encrypted-message.ts, for the way out that homes take.
 */
export interface Call {
  readonly method: "GET" | "POST" | "PUT";
  /** After `/_matrix/client/v3/`. */
  readonly path: string;
  readonly body?: object;
}
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}
export interface Errand {
  /** The home's. */
  readonly name: string;
  readonly part: string;
  readonly password: string;
  /** What the app calls its device; by itself the home does. */
  readonly device?: string;
  readonly calls: readonly Call[];
}

async function ask(name: string, { method, path, body }: Call, token = ""): Promise<Answer> {
  const answer = await fetch(`https://${name}/_matrix/client/v3/${path}`, {
    method,
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Answer["body"] };
}

async function run({ name, part, password, device, calls }: Errand): Promise<void> {
  const identifier = { type: "m.id.user", user: `@${part}:${name}` };
  const login: Call = {
    method: "POST",
    path: "login",
    body: { type: "m.login.password", identifier, password, device_id: device },
  };
  const { status, body } = await ask(name, login);
  if (status !== 200) throw new Error(`${part} was not let in: ${JSON.stringify(body)}`);
  const answers: Answer[] = [];
  for (const call of calls) answers.push(await ask(name, call, String(body["access_token"])));
  console.log(JSON.stringify({ answers }));
}

if (import.meta.main) await run(JSON.parse(process.argv[2] ?? "null") as Errand);
