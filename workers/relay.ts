/** The way out: a CONNECT relay through which homeservers reach the world, and nothing of this machine or its network. */
import { log } from "@/lib/log.ts";
import { relayServer } from "./relay/server.ts";
import { readRelaySettings } from "./relay/settings.ts";

const settings = readRelaySettings(process.env);
const server = relayServer(settings, log);
// Only homes of this machine may use it.
server.listen(settings.port, "127.0.0.1", () => log.info({ port: settings.port }, "the relay is ready"));

for (const signal of ["SIGTERM", "SIGINT"] as const)
  process.once(signal, () => {
    server.close();
    // Tunnels are open-ended; a homeserver asks again.
    process.exit(0);
  });
