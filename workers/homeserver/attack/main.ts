/** Starts what three homes and a forged one need to speak to each other, and hands over to the attackers (Python). */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { startTestDns } from "@/lib/caddy/test-dns.ts";
import { startTestEdge } from "@/lib/caddy/test-edge.ts";
import { log } from "@/lib/log.ts";
import { freeBase } from "../../../scripts/service/copy.ts";
import { layoutOf, made, settings } from "../../../scripts/service/layout.ts";
import { Running } from "../../../scripts/service/process.ts";
import { prepareRoles } from "../../../scripts/service/roles.ts";
import { postgres } from "../../../scripts/service/stores.ts";
import { relayServer } from "../../relay/server.ts";

/** The family, an aunt's, a stranger's, and two that only pretend to be servers. As in world.py. */
const names = ["smith.family", "aunt.family", "stranger.family", "forged.family", "nobodys.family"];
const edgeAddress = "127.0.0.1";

mkdirSync(made, { recursive: true });
const folder = mkdtempSync(join(made, "attack-"));
chmodSync(folder, 0o711);
const layout = layoutOf(folder, join(folder, "k"), await freeBase(), {});
const running = new Running(join(folder, "log"), (name, tail) => console.error(`${name} ended:\n${tail}`));
let status = 1;
try {
  await running.start(postgres(layout, "for a test"));
  await prepareRoles(layout);
  status = await attack(settings(layout)["TENANT_DATABASE_URL"] ?? "");
} finally {
  await running.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);

async function attack(database: string): Promise<number> {
  const edge = await startTestEdge();
  const dns = await startTestDns();
  for (const name of names) dns.names.set(name, [edgeAddress]);
  const loopback = { host: "127.0.0.1", port: edge.httpsPort };
  const way = { port: 0, dnsServer: dns.address, edgeAddresses: [edgeAddress], edgeLoopback: loopback };
  const relay = relayServer(way, log);
  relay.listen(0, "127.0.0.1");
  await once(relay, "listening");
  try {
    const attackers = spawn(join(made, "python/bin/python"), ["-m", "attack", ...process.argv.slice(2)], {
      cwd: join(import.meta.dirname, ".."),
      stdio: "inherit",
      env: {
        ...process.env,
        PYTHONDONTWRITEBYTECODE: "1",
        TENANT_DATABASE_URL: database,
        NODE: process.execPath,
        RELAY_URL: `http://127.0.0.1:${(relay.address() as AddressInfo).port}`,
        EDGE_CA_FILE: edge.caFile,
        EDGE_PORT: String(edge.httpsPort),
        EDGE_SOCKETS: edge.socketFolder,
        WWW_FOLDER: edge.wwwFolder,
      },
    });
    const [code] = (await once(attackers, "exit")) as [number | null];
    return code ?? 1;
  } finally {
    await edge.clean();
    relay.close();
    dns.close();
  }
}
