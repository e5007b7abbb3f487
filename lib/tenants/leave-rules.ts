import { daysAfter } from "@/lib/clock.ts";
import type { NameLeave, Tenant } from "@/lib/generated/prisma/client.ts";
import type { Leave } from "@/lib/provisioning/step.ts";

/**
 * Days for which no registrar lets a name go, by what happened to it: ICANN's Transfer Policy (I.A.3.7), and Cloudflare's own page on
 * moving away. When the reviewed policy of 2025 counts, the number is 30. Nothing here changes a registrant or moves a name in,
 * which lock it as well.
 */
export const lockDays = { registered: 60 } as const;

/**
 * Endings that leave by the new registrar's tag, which is typed at the old one; all others leave by a code, which is typed at the new
 * one. Nominet's rules for IPS tags; Cloudflare's page on .uk says the same.
 */
const byTag: readonly string[] = ["uk"];
export const leavesBy = (name: string): "code" | "tag" =>
  byTag.includes(name.slice(name.lastIndexOf(".") + 1)) ? "tag" : "code";

/** A day passes before anybody is given a code: a thief with an open browser must not be faster than the letters that tell of it. */
export const waitDays = 1;
/** Within so many days after that a person of ours has done it. ICANN allows a registrar five. */
export const doneDays = 1;
/** A code is good for so long: what the reviewed policy says (336 hours), and what we keep one for. */
export const codeDays = 14;
/** Registrars have five days to object to a transfer; ours lets it go on the fifth at the latest. */
export const transferDays = 5;
/** Ours renews a name so many days before it runs out. */
const renewDays = 30;

export const doneBy = ({ waitsUntil }: NameLeave): Date => daysAfter(waitsUntil, doneDays);
export const codeUntil = (givenAt: Date): Date => daysAfter(givenAt, codeDays);

/** Whether the family holds what it takes to move the name: from then on one that is gone has left. */
const isInTheirHands = ({ givenAt, endedHow }: NameLeave): boolean =>
  givenAt !== null && (endedHow === null || endedHow === "ran-out");

/** What the engine has to know. */
export function leaveOf({ nameLeftAt }: Pick<Tenant, "nameLeftAt">, leaves: readonly NameLeave[]): Leave | null {
  if (nameLeftAt) return { state: "left", until: nameLeftAt };
  const given = leaves.find(isInTheirHands);
  const leave = given ?? leaves.find(({ open }) => open !== null);
  if (!leave) return null;
  const last = doneDays + codeDays + transferDays + renewDays;
  return { state: given ? "given" : "asked", until: daysAfter(leave.waitsUntil, last) };
}
