import { NameplateError } from "@/lib/errors.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { Accounts } from "@/lib/provisioning/ports.ts";
import { isWithdrawn, newestConsentFirst } from "@/lib/tenants/household-of.ts";
import type { World } from "@/lib/world.ts";
import { type CardState, cardStateOf } from "./card-state.ts";
import { checkPassword } from "./check-password.ts";

export type FirstPasswordTools = World & { readonly accounts: Pick<Accounts, "setSecret"> };

export interface FirstPassword {
  readonly token: string;
  readonly password: string;
}

const consents = { orderBy: newestConsentFirst, take: 1 } as const;

/** The homeserver hashes the password while the card's row is locked: seconds at most. */
const lockMs = 20_000;

const cardOver: Record<Exclude<CardState, "works">, string> = {
  used: "card.used",
  replaced: "card.replaced",
  "ran-out": "card.ranOut",
};

/**
 * Uses a set-up card: hands the password to the homeserver and forgets it. The card is locked meanwhile, so that two
 * people with one card cannot both use it; should we die in between, the same card works again.
 */
export async function setFirstPassword(tools: FirstPasswordTools, { token, password }: FirstPassword): Promise<void> {
  const { clock } = tools;
  await tools.db.$transaction(
    async (tx) => {
      const rows = await tx.$queryRaw<
        { id: string }[]
      >`SELECT "id" FROM "Card" WHERE "tokenHash" = ${hashSecret(token)} FOR UPDATE`;
      const id = rows[0]?.id;
      const card = id
        ? await tx.card.findUnique({ where: { id }, include: { person: { include: { tenant: true, consents } } } })
        : null;
      // Whoever was taken out has no card any more.
      if (!card || card.person.takenOutAt)
        throw new NameplateError("not-found", "No card has this token", { key: "card.wrongCode" });
      const now = clock.now();
      const state = cardStateOf(card, now);
      if (state !== "works")
        throw new NameplateError("changed-meanwhile", `The card is ${state}`, { key: cardOver[state] });
      const { person } = card;
      if (isWithdrawn(person))
        throw new NameplateError("changed-meanwhile", "The consent is withdrawn", { key: "card.consentWithdrawn" });
      const problem = checkPassword(password, person.part, person.tenant.name);
      if (problem) throw new NameplateError("bad-input", `Password is ${problem.key}`, problem);
      if (!person.tenant.accountAt)
        throw new NameplateError("unreachable", "The home is not ready", { key: "card.homeNotReady" });
      await tools.accounts.setSecret(person.tenant.name, person.part, password);
      await tx.card.update({ where: { id: card.id }, data: { usedAt: now } });
      if (person.runsHome)
        await tx.tenant.update({
          where: { id: person.tenantId },
          data: { handedOverAt: person.tenant.handedOverAt ?? now },
        });
    },
    { timeout: lockMs, maxWait: lockMs },
  );
}
