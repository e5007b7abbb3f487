import { isIPv6 } from "node:net";
import type { DnsHost, WantedRecord, ZoneRecord } from "../ports.ts";
import type { Change, Finding, Step } from "../step.ts";

/** Only this authority may make certificates for the name (the edge uses it). */
const authority = '0 issue "letsencrypt.org"';

/** The address lines of a home: apex and `www` at the edge, and who may certify them. Each carries our marker. */
export const records = (dns: DnsHost, edgeAddresses: readonly string[]): Step<"records"> => ({
  name: "records",
  needs: { present: ["zone"], gone: ["site"] },
  async inspect(tenant, want, known) {
    // Taking down, the zone goes after its lines: what was known of it may be over.
    const before = want === "gone" ? undefined : known.zone?.zoneId;
    const zoneId = before ?? (await dns.findZone(tenant.name))?.id;
    if (!zoneId) {
      if (want === "gone") return { state: "settled", facts: { count: 0 } };
      return { state: "waiting", reason: { code: "no-zone", detail: "The zone is not there" }, checkAfterSeconds: 2 };
    }
    const actual = await dns.records(zoneId);
    const wanted = want === "gone" ? [] : wantedRecords(tenant.name, edgeAddresses);
    const theirs = actual.find((one) => !one.ours && wanted.some((line) => inTheWay(one, line)));
    if (theirs)
      return {
        state: "blocked",
        reason: { code: "theirs", detail: `${theirs.type} ${theirs.name} ${theirs.content} is not ours` },
      };
    return compare(dns, zoneId, wanted, actual);
  },
});

export function wantedRecords(name: string, edgeAddresses: readonly string[]): WantedRecord[] {
  const addresses = [name, `www.${name}`].flatMap((host) =>
    edgeAddresses.map((content) => ({ type: isIPv6(content) ? "AAAA" : "A", name: host, content })),
  );
  return [...addresses, { type: "CAA", name, content: authority }];
}

/** A customer's own address line or alias at a place we need. Other lines (mail, proofs) stand beside ours. */
function inTheWay(one: ZoneRecord, line: WantedRecord): boolean {
  if (one.name !== line.name || same(one, line)) return false;
  const address = ["A", "AAAA", "CNAME"];
  return address.includes(line.type) && address.includes(one.type);
}

const same = (one: ZoneRecord, line: WantedRecord): boolean =>
  one.type === line.type && one.name === line.name && one.content === line.content;

function compare(
  dns: DnsHost,
  zoneId: string,
  wanted: readonly WantedRecord[],
  actual: readonly ZoneRecord[],
): Finding<"records"> {
  const missing = wanted.filter((line) => !actual.some((one) => same(one, line)));
  const stale = actual.filter((one) => one.ours && !wanted.some((line) => same(one, line)));
  const changes: Change[] = [
    ...missing.map(
      (line): Change => ({
        verb: "create",
        summary: `Write ${line.type} ${line.name} ${line.content}`,
        run: () => dns.createRecord(zoneId, line),
      }),
    ),
    ...stale.map(
      (one): Change => ({
        verb: "delete",
        summary: `Remove ${one.type} ${one.name} ${one.content}`,
        run: () => dns.deleteRecord(zoneId, one.id),
      }),
    ),
  ];
  return changes.length > 0 ? { state: "changes", changes } : { state: "settled", facts: { count: wanted.length } };
}
