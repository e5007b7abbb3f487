import type { DnsHost } from "../ports.ts";
import type { Step } from "../step.ts";

/** A new zone turns active as soon as the registry shows its name servers: seconds for a name bought here. */
const activeSeconds = 2;

/** The name has a zone at the DNS host, and the world is sent there. */
export const zone = (dns: DnsHost): Step<"zone"> => ({
  name: "zone",
  needs: { present: ["domain"], gone: ["records", "homeserver", "domain"] },
  async inspect(tenant, want, known) {
    const found = await dns.findZone(tenant.name);
    if (want === "gone") {
      if (!found) return { state: "settled", facts: { zoneId: "", nameServers: [] } };
      // The name is still registered here: what its owner wrote into the zone (mail, say) works until the name leaves.
      if (known.domain && known.domain.registeredUntil !== null)
        return { state: "settled", facts: { zoneId: found.id, nameServers: found.nameServers } };
      return {
        state: "changes",
        changes: [{ verb: "delete", summary: `Remove the zone ${tenant.name}`, run: () => dns.deleteZone(found.id) }],
      };
    }
    if (!found)
      return {
        state: "changes",
        changes: [{ verb: "create", summary: `Make the zone ${tenant.name}`, run: () => dns.createZone(tenant.name) }],
      };
    if (!found.active)
      return {
        state: "waiting",
        reason: {
          code: "zone-pending",
          detail: `The zone is not active yet; name servers ${found.nameServers.join(", ")}`,
        },
        checkAfterSeconds: activeSeconds,
      };
    return { state: "settled", facts: { zoneId: found.id, nameServers: found.nameServers } };
  },
});
