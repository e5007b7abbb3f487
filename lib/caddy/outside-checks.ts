import type { Got } from "./pinned-get.ts";
import { isSignedBy } from "./signed-json.ts";

export interface Expected {
  readonly name: string;
  readonly keyId: string;
  /** Now, in milliseconds, on the clock that homeservers have too. */
  readonly now: number;
}

/** One question a friend's server or app asks, and what is wrong with the answer; nothing when all is well. */
export interface Question {
  readonly what: string;
  readonly path: string;
  /** Answered by the edge from published files, whether the home is awake or not. */
  readonly published?: true;
  problem(got: Got, expected: Expected): string | undefined;
}

const forBrowsers = (got: Got): string | undefined =>
  got.header("access-control-allow-origin") === "*" ? undefined : "apps in a browser are not let in (CORS)";
const isJson = (got: Got): string | undefined =>
  got.header("content-type").startsWith("application/json") ? undefined : `content type ${got.header("content-type")}`;
const isThere = (got: Got): string | undefined => (got.status === 200 ? undefined : `status ${got.status}`);
const says = (actual: unknown, wanted: string): string | undefined =>
  actual === wanted ? undefined : `says ${JSON.stringify(actual)} where ${JSON.stringify(wanted)} is right`;
const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

/** What a federation tester asks, and what an app asks before a sign-in. */
export const questions: readonly Question[] = [
  {
    what: "server discovery",
    path: "/.well-known/matrix/server",
    published: true,
    problem: (got, { name }) => isThere(got) ?? isJson(got) ?? says(got.body["m.server"], `${name}:443`),
  },
  {
    what: "client discovery",
    path: "/.well-known/matrix/client",
    published: true,
    problem: (got, { name }) =>
      isThere(got) ??
      isJson(got) ??
      forBrowsers(got) ??
      says(record(got.body["m.homeserver"])["base_url"], `https://${name}`),
  },
  {
    what: "client versions",
    path: "/_matrix/client/versions",
    problem: (got) => {
      const versions = got.body["versions"];
      return (
        isThere(got) ?? forBrowsers(got) ?? (Array.isArray(versions) && versions.length > 0 ? undefined : "no versions")
      );
    },
  },
  {
    what: "ways to sign in",
    path: "/_matrix/client/v3/login",
    problem: (got) => {
      const flows = got.body["flows"];
      const types = Array.isArray(flows) ? flows.map((flow) => record(flow)["type"]) : [];
      return (
        isThere(got) ?? forBrowsers(got) ?? (types.includes("m.login.password") ? undefined : "no password sign-in")
      );
    },
  },
  {
    what: "signing key",
    path: "/_matrix/key/v2/server",
    problem: (got, expected) => isThere(got) ?? isJson(got) ?? keyProblem(got.body, expected),
  },
  {
    what: "federation version",
    path: "/_matrix/federation/v1/version",
    problem: (got) =>
      isThere(got) ?? (typeof record(got.body["server"])["version"] === "string" ? undefined : "no server version"),
  },
];

function keyProblem(body: Readonly<Record<string, unknown>>, { name, keyId, now }: Expected): string | undefined {
  const named = says(body["server_name"], name);
  if (named) return named;
  const until = body["valid_until_ts"];
  if (typeof until !== "number" || until <= now) return "the key's validity is over";
  const key = record(record(body["verify_keys"])[keyId])["key"];
  if (typeof key !== "string") return `the key ${keyId} is not served`;
  return isSignedBy(body, name, keyId, key) ? undefined : `not signed with ${keyId}`;
}
