import { addressOf } from "@/lib/orders/draft.ts";
import { backUntil } from "@/lib/tenants/lives-there.ts";
import type { Filling } from "./compose.ts";
import type { LetterTools } from "./letter-tools.ts";

/** To whoever was taken out of a home, or brought back; undefined where it is otherwise by now. */
export async function takenOutLetter(
  { db, day }: LetterTools,
  kind: "taken-out" | "brought-back",
  personId: string,
): Promise<Filling | undefined> {
  const person = await db.person.findUnique({
    where: { id: personId },
    include: { tenant: { include: { people: { where: { runsHome: true } } } } },
  });
  if (!person || person.goneAt || (kind === "taken-out") !== (person.takenOutAt !== null)) return undefined;
  const { given, part, takenOutAt, tenant } = person;
  const until = takenOutAt ? day(backUntil(takenOutAt)) : "";
  const owner = tenant.people[0]?.given ?? "";
  const as = kind === "taken-out" && person.eraseAskedAt ? "taken-out-erased" : kind;
  return { as, name: tenant.name, given, id: addressOf(part, tenant.name), owner, until };
}
