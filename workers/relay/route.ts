import { addressesOf } from "@/lib/caddy/address-book.ts";
import { isPublicAddress } from "./public-address.ts";
import type { RelaySettings } from "./settings.ts";
import type { Refusal, Target } from "./target.ts";

export interface Endpoint {
  readonly host: string;
  readonly port: number;
}
/** Servers with many addresses: three that do not answer are enough. */
const mostAddresses = 3;

/**
 * Where a target leads, looked up once: the connection goes to these very addresses, whatever the address book says a
 * moment later. One address that is not public refuses them all, for such a name has something else in mind.
 */
export async function routeTo(target: Target, settings: RelaySettings): Promise<readonly Endpoint[] | Refusal> {
  if (target.literal)
    return isPublicAddress(target.host)
      ? [{ host: target.host, port: target.port }]
      : { refused: "not a public address" };
  const addresses = await lookUp(target.host, settings.dnsServer);
  if (addresses === undefined) return { refused: "the address book does not answer" };
  if (addresses.length === 0) return { refused: "no such host" };
  const endpoints: Endpoint[] = [];
  for (const address of addresses) {
    const atOurEdge = settings.edgeLoopback && settings.edgeAddresses.includes(address);
    if (atOurEdge && settings.edgeLoopback) endpoints.push(settings.edgeLoopback);
    else if (isPublicAddress(address)) endpoints.push({ host: address, port: target.port });
    else return { refused: "not a public address" };
  }
  return endpoints.slice(0, mostAddresses);
}

async function lookUp(host: string, dnsServer: string | undefined): Promise<readonly string[] | undefined> {
  try {
    const first = dnsServer ? await addressesOf(host, dnsServer) : [];
    return first.length > 0 ? first : await addressesOf(host, undefined);
  } catch {
    return undefined;
  }
}
