import { Resolver } from "node:dns/promises";

/** Two tries of two seconds: an address book answers in milliseconds, or a packet was lost. */
const patience = { timeout: 2_000, tries: 2 };

/** Every address the public address book has for a host, asked afresh. `server` is HOST:PORT, or the system's own. */
export async function addressesOf(host: string, server: string | undefined): Promise<readonly string[]> {
  const resolver = new Resolver(patience);
  if (server) resolver.setServers([server]);
  const found = await Promise.all([resolver.resolve4(host).catch(noSuch), resolver.resolve6(host).catch(noSuch)]);
  return found.flat();
}

/** The host, or this kind of address, is not there: an answer, unlike a server that does not answer. */
function noSuch(error: NodeJS.ErrnoException): string[] {
  if (error.code === "ENOTFOUND" || error.code === "ENODATA") return [];
  throw error;
}
