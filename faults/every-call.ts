import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Passed } from "./reference.ts";

const lib = join(import.meta.dirname, "../lib");
const read = (path: string): string => readFileSync(join(lib, path), "utf8");

/** Each port with the name it has in this world. Escrow is our own database. */
const ports: readonly { readonly file: string; readonly port: string; readonly name: string }[] = [
  { file: "provisioning/ports.ts", port: "Registrar", name: "registrar" },
  { file: "provisioning/ports.ts", port: "DnsHost", name: "dns" },
  { file: "provisioning/ports.ts", port: "SiteHome", name: "siteHome" },
  { file: "provisioning/ports.ts", port: "HomeserverHost", name: "homes" },
  { file: "provisioning/ports.ts", port: "Accounts", name: "accounts" },
  { file: "provisioning/ports.ts", port: "HomeAsks", name: "asks" },
  { file: "households/trials/ports.ts", port: "Stranger", name: "stranger" },
  { file: "households/trials/ports.ts", port: "Witness", name: "witness" },
  { file: "provisioning/ports.ts", port: "EdgeView", name: "edge" },
  { file: "provisioning/ports.ts", port: "OutsideView", name: "outside" },
  { file: "billing/ports.ts", port: "CheckoutDesk", name: "desk" },
  { file: "billing/ports.ts", port: "Cashier", name: "cashier" },
  { file: "billing/ports.ts", port: "Ledger", name: "ledger" },
  { file: "names/ports.ts", port: "NameSearch", name: "names" },
];

/** `dns-records.list` and `dns.records.list`, `payment_intents` and `paymentIntents` are one call to a vendor. */
const plain = (call: string): string => call.replaceAll(/[^a-z]/gi, "").toLowerCase();
/** The registrar's stand-in names this one after the SDK, our adapter after the address. */
const alias: Readonly<Record<string, string>> = { domaincheck: "registrarcheck" };

/** Calls that exist in the code and that no journey passes: they would have no cases. */
export function unpassed(passed: readonly Passed[]): readonly string[] {
  const asked = new Set(passed.flatMap(({ stripe, cloudflare }) => [...stripe, ...cloudflare].map(plain)));
  const crossed = new Set(passed.flatMap(({ places }) => places.map(({ name }) => name)));
  const wire = ["cloudflare", "stripe"]
    .flatMap(callsOfAdapters)
    .filter((call) => !asked.has(alias[plain(call)] ?? plain(call)));
  return [...wire, ...ports.flatMap(methodsOf).filter((method) => !crossed.has(method))];
}

const callsOfAdapters = (folder: string): string[] =>
  readdirSync(join(lib, folder))
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) => [...read(`${folder}/${file}`).matchAll(/\bask(?:OrNothing)?\("([^"]+)"/g)])
    .map(([, call = ""]) => call);

function methodsOf({ file, port, name }: (typeof ports)[number]): string[] {
  const body = read(file).split(`export interface ${port} {`)[1]?.split("\n}")[0];
  if (body === undefined) throw new Error(`${file} has no port ${port}`);
  return [...body.matchAll(/^ {2}(\w+)\(/gm)].map(([, method = ""]) => `${name}.${method}`);
}
