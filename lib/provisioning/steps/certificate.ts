import type { EdgeView } from "../ports.ts";
import type { Step } from "../step.ts";

/** The edge fetches a certificate when it is first asked for one; a few seconds with a public authority. */
const issuingSeconds = 2;

/** The edge shows a valid certificate for the name and for `www`. Asking for it is what makes the edge fetch one. */
export const certificate = (edge: EdgeView): Step<"certificate"> => ({
  name: "certificate",
  needs: { present: ["records", "site"], gone: ["records"] },
  async inspect(tenant, want) {
    if (want === "gone") return { state: "settled", facts: { validUntil: "" } };
    const hosts = [tenant.name, `www.${tenant.name}`];
    const shown = await Promise.all(hosts.map(async (host) => ({ host, ...(await edge.certificate(host)) })));
    const validity: string[] = [];
    for (const one of shown) {
      if (!one.ok)
        return {
          state: "waiting",
          reason: { code: "no-certificate", detail: `${one.host}: ${one.why}` },
          checkAfterSeconds: issuingSeconds,
        };
      validity.push(one.validUntil);
    }
    return { state: "settled", facts: { validUntil: validity.sort()[0] ?? "" } };
  },
});
