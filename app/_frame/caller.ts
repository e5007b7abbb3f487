import { isIP, isIPv6 } from "node:net";

/** From where a request came: the last entry is what the proxy before us saw; earlier ones anybody can write. */
export function addressOf(headers: Headers): string | undefined {
  const address = headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "";
  return isIP(address) ? address : undefined;
}

/**
 * Who calls, for counting tries only.
 * An IPv6 household has a whole network of addresses: its first 64 bits count as one caller.
 */
export function caller(headers: Headers): string {
  const address = addressOf(headers) ?? "";
  return isIPv6(address) && !address.includes(".") ? network(address) : address;
}

function network(address: string): string {
  const [front = "", back] = address.split("::");
  const groups = front.split(":").filter(Boolean);
  const behind = (back ?? "").split(":").filter(Boolean);
  const zeros = back === undefined ? 0 : 8 - groups.length - behind.length;
  return [...groups, ...Array.from({ length: zeros }, () => "0"), ...behind].slice(0, 4).join(":");
}
