import type { SiteFile, SiteHome } from "../ports.ts";
import type { Change, Step, Tenant } from "../step.ts";

/** Makes every file served under a name, by host: the name itself and `www`. */
export type RenderSite = (tenant: Tenant) => ReadonlyMap<string, readonly SiteFile[]>;

/** The `.well-known` documents and the contact pages are published for the name. */
export const site = (home: SiteHome, render: RenderSite): Step<"site"> => ({
  name: "site",
  needs: { present: ["domain"], gone: [] },
  async inspect(tenant, want) {
    const wanted = render(tenant);
    const changes: Change[] = [];
    for (const [host, files] of wanted) {
      const actual = await home.read(host);
      if (want === "gone") {
        if (actual)
          changes.push({
            verb: "delete",
            summary: `Withdraw what is published for ${host}`,
            run: () => home.withdraw(host),
          });
      } else if (!actual || !sameFiles(actual, files)) {
        changes.push({
          verb: actual ? "update" : "create",
          summary: `Publish ${files.length} files for ${host}`,
          run: () => home.publish(host, files),
        });
      }
    }
    if (changes.length > 0) return { state: "changes", changes };
    const pages = want === "gone" ? [] : tenant.people.filter((person) => person.page).map((person) => person.part);
    return { state: "settled", facts: { pages } };
  },
});

function sameFiles(actual: readonly SiteFile[], wanted: readonly SiteFile[]): boolean {
  const contents = new Map(actual.map((file) => [file.path, file.content]));
  return actual.length === wanted.length && wanted.every((file) => contents.get(file.path) === file.content);
}
