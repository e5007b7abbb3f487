import { isIPv4, isIPv6 } from "node:net";

export interface Target {
  readonly host: string;
  readonly port: number;
  /** The host is an address already: nothing is looked up. */
  readonly literal: boolean;
}
export type Refusal = { readonly refused: string };

/** HTTPS, and the port of federation where no discovery says otherwise. */
const ports = new Set([443, 8448]);
/** RFC 1035: letters, digits and hyphens, labels of 63, 253 in all, at least two labels: no names of the local network. */
const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Reads what follows CONNECT, in its only two plain forms: NAME:PORT and ADDRESS:PORT (IPv6 in brackets). */
export function readTarget(text: string): Target | Refusal {
  const [, bracketed, bare, digits] = /^(?:\[([0-9a-f:.]+)\]|([^\s:/@[\]]+)):(\d{1,5})$/i.exec(text) ?? [];
  const host = bracketed ?? bare;
  if (host === undefined || digits === undefined) return { refused: "not a target" };
  const port = Number(digits);
  if (!ports.has(port)) return { refused: `port ${port}` };
  if (bracketed !== undefined) return isIPv6(host) ? { host, port, literal: true } : { refused: "not an address" };
  if (isIPv4(host)) return { host, port, literal: true };
  // 127.1, 0x7f000001 or 2130706433: some resolvers read these as addresses.
  const last = host.slice(host.lastIndexOf(".") + 1);
  if (/^(\d|0x)/i.test(last) || !hostName.test(host)) return { refused: "not a host name" };
  return { host: host.toLowerCase(), port, literal: false };
}
