import type { Tx } from "@/lib/db.ts";
import { normaliseName } from "@/lib/names/normalise-name.ts";
import { livesThere } from "@/lib/tenants/lives-there.ts";

export interface About {
  readonly tenantId: string | null;
  readonly personId: string | null;
}

/** The home and the person of `smith.family/anna` or `@anna:smith.family`, however it was typed, as far as there are any. */
export async function findAbout(db: Pick<Tx, "tenant" | "person">, about: string): Promise<About> {
  const { name, part } = partsOf(about);
  const home = await db.tenant.findFirst({ where: { name, want: "present" }, orderBy: { createdAt: "desc" } });
  if (!home) return { tenantId: null, personId: null };
  const person = await db.person.findFirst({ where: { tenantId: home.id, part, ...livesThere } });
  return { tenantId: home.id, personId: person?.id ?? null };
}

function partsOf(about: string): { readonly name: string; readonly part: string } {
  const id = /^@([^:\s]+):(\S+)$/.exec(about);
  if (id) return { part: (id[1] ?? "").toLowerCase(), name: normaliseName(id[2] ?? "") };
  const [host = "", part = ""] = about.replace(/^https?:\/\//i, "").split(/[/?#]/);
  return { part: part.toLowerCase(), name: normaliseName(host).replace(/^www\./, "") };
}
