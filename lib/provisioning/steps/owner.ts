import type { Accounts, HomeserverHost } from "../ports.ts";
import type { Change, Step } from "../step.ts";

/**
 * The accounts of the family exist, the owner's first. Ordinary accounts: administration runs through a service account of
 * ours that no person holds. Each has no password until its person chooses one with a set-up card.
 */
export const owner = (accounts: Accounts, host: Pick<HomeserverHost, "state">): Step<"owner"> => ({
  name: "owner",
  needs: { present: ["homeserver"], gone: [] },
  async inspect(tenant, want, known) {
    const ownersPart = tenant.people.find((person) => person.runsHome)?.part ?? "";
    const parts = tenant.people.map((person) => person.part);
    const facts = { userId: `@${ownersPart}:${tenant.name}`, parts };
    // Taking the home down takes its accounts with it.
    if (want === "gone") return { state: "settled", facts };
    // Whoever was seen before is still there when it wakes; the others are made then.
    if (tenant.rests) return { state: "settled", facts: { ...facts, parts: known.owner?.parts ?? [] } };
    // Nobody makes or closes an account while the home sleeps, and a look would wake it.
    const seen = new Set(known.owner?.parts);
    if (parts.every((part) => seen.has(part)) && (await host.state(tenant.name))?.state === "asleep")
      return { state: "settled", facts };
    const ownerFirst = [...tenant.people].sort((a, b) => Number(b.runsHome) - Number(a.runsHome));
    const found = await Promise.all(ownerFirst.map((person) => accounts.findAccount(tenant.name, person.part)));
    const changes = ownerFirst
      .filter((_, index) => found[index] === undefined)
      .map(
        (person): Change => ({
          verb: "create",
          summary: `Make the account @${person.part}:${tenant.name}`,
          run: () => accounts.ensureAccount(tenant.name, person),
        }),
      );
    return changes.length > 0 ? { state: "changes", changes } : { state: "settled", facts };
  },
});
