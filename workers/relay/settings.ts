import { isIPv4 } from "node:net";
import { z } from "zod";

const port = z.coerce.number().int().min(1).max(65_535);
const addressAndPort = z
  .string()
  .transform((text) => ({
    host: text.slice(0, text.lastIndexOf(":")),
    port: Number(text.slice(text.lastIndexOf(":") + 1)),
  }))
  .refine(({ host, port: number }) => isIPv4(host) && port.safeParse(number).success, "is IP:PORT");

const shape = z.object({
  RELAY_PORT: port,
  /** Asked before the system's address book: HOST:PORT. Only in the sandbox. */
  DNS_SERVER: z
    .string()
    .regex(/^[\d.]+:\d+$/, "is HOST:PORT")
    .optional(),
  EDGE_ADDRESSES: z.string().transform((list) => list.split(",").map((one) => one.trim())),
  /** Where the edge of this machine really listens. Only in the sandbox: opens a way to this one port of loopback. */
  EDGE_LOOPBACK: addressAndPort.optional(),
});

export interface RelaySettings {
  readonly port: number;
  readonly dnsServer: string | undefined;
  readonly edgeAddresses: readonly string[];
  readonly edgeLoopback: { readonly host: string; readonly port: number } | undefined;
}

/** The relay's settings, or an error that lists every problem at once. */
export function readRelaySettings(env: NodeJS.ProcessEnv): RelaySettings {
  const read = shape.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== "")));
  if (!read.success) {
    const problems = read.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
    throw new Error(`The relay cannot start. Settings to mend:\n${problems.join("\n")}`);
  }
  return {
    port: read.data.RELAY_PORT,
    dnsServer: read.data.DNS_SERVER,
    edgeAddresses: read.data.EDGE_ADDRESSES,
    edgeLoopback: read.data.EDGE_LOOPBACK,
  };
}
