/** For tests only: families behind the real edge, with relay, address book and tenant host, as on one machine. */
import { once } from "node:events";
import { rm, symlink } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { localSite } from "@/lib/caddy/local-site.ts";
import { startTestDns, type TestDns } from "@/lib/caddy/test-dns.ts";
import { startTestEdge, type TestEdge } from "@/lib/caddy/test-edge.ts";
import { log } from "@/lib/log.ts";
import { type SynapseAccounts, synapseAccounts } from "@/lib/synapse/accounts.ts";
import { startTestHost, type TestHost, testMasterKey } from "@/lib/synapse/test-host.ts";
import { relayServer } from "../relay/server.ts";

/** What the address book says, as in the sandbox: a loopback address, behind which the edge has a port of its own. */
export const edgeAddress = "127.0.0.1";

export const testPassword = "a long enough password";

type Body = Record<string, unknown>;

export interface TestFamilies {
  readonly edge: TestEdge;
  readonly dns: TestDns;
  readonly host: TestHost;
  readonly accounts: SynapseAccounts;
  /** Ids of the keys they were born with. */
  readonly keys: ReadonlyMap<string, string>;
  /** One request through the edge. */
  ask(name: string, method: string, path: string, body?: object, token?: string): Promise<Body>;
  /** A new family: its name in the address book, its pages at the edge, its home. */
  join(name: string): Promise<void>;
  /** Signs in through the edge with `testPassword`; returns the token. */
  logIn(name: string, part: string): Promise<string>;
  /** Makes an account and signs in through the edge; returns the token. */
  signIn(name: string, part: string): Promise<string>;
  clean(): Promise<void>;
}

export async function startTestFamilies(
  names: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<TestFamilies> {
  const edge = await startTestEdge();
  const dns = await startTestDns();
  const relay = relayServer(
    {
      port: 0,
      dnsServer: dns.address,
      edgeAddresses: [edgeAddress],
      edgeLoopback: { host: "127.0.0.1", port: edge.httpsPort },
    },
    log,
  );
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  const closeAll = async () => {
    await edge.clean();
    relay.close();
    dns.close();
  };
  const host = await startTestHost({
    RELAY_URL: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
    EDGE_CA_FILE: edge.caFile,
    ...more,
  }).catch(async (error: unknown) => {
    await closeAll();
    throw error;
  });
  // The edge and the host look into one folder of sockets, as in a real copy.
  await rm(edge.socketFolder, { recursive: true });
  await symlink(host.socketFolder, edge.socketFolder);
  const keys = new Map<string, string>();
  const accounts = synapseAccounts({ socketFolder: host.socketFolder, masterKey: testMasterKey, device: "TEST" });

  const families: TestFamilies = {
    edge,
    dns,
    host,
    accounts,
    keys,
    async ask(name, method, path, body, token) {
      const answer = await edge.https(name, path, {
        method,
        headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return JSON.parse(answer.body) as Body;
    },
    async join(name) {
      dns.names.set(name, [edgeAddress]);
      await localSite(edge.wwwFolder).publish(name, [
        { path: ".well-known/matrix/server", content: JSON.stringify({ "m.server": `${name}:443` }) },
        {
          path: ".well-known/matrix/client",
          content: JSON.stringify({ "m.homeserver": { base_url: `https://${name}` } }),
        },
      ]);
      keys.set(name, (await host.birth(name)).keyId);
    },
    async logIn(name, part) {
      const answer = await families.ask(name, "POST", "/_matrix/client/v3/login", {
        type: "m.login.password",
        identifier: { type: "m.id.user", user: part },
        password: testPassword,
      });
      return String(answer["access_token"]);
    },
    async signIn(name, part) {
      await accounts.ensureAccount(name, { id: part, given: part, part, child: false, runsHome: true, page: false });
      await accounts.setSecret(name, part, testPassword);
      return families.logIn(name, part);
    },
    async clean() {
      await host.clean();
      await closeAll();
    },
  };
  for (const name of names) await families.join(name);
  return families;
}
