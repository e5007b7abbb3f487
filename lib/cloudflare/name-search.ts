import type { NameSearch } from "@/lib/names/ports.ts";
import { type Account, ask, looking } from "./client.ts";
import { availabilityOf } from "./registrar.ts";

/** At most this many names in one look: the vendor's limit. */
const mostNames = 20;

/** What the web may ask the registrar: looking only, with a token that can do no more. */
export function cloudflareNameSearch({ client, accountId }: Account): NameSearch {
  return {
    async check(names) {
      if (names.length > mostNames) throw new Error(`At most ${mostNames} names are looked up at once`);
      const answer = await ask("domain-check", () =>
        client.registrar.check({ account_id: accountId, domains: [...names] }, looking),
      );
      return answer.domains.map((found) => ({ name: found.name, ...availabilityOf(found) }));
    },
    async registrationSchema(ending) {
      const answer = await ask("extensions.get", () =>
        client.registrar.extensions.get(ending, { account_id: accountId }, looking),
      );
      return answer.registration_schema;
    },
  };
}
