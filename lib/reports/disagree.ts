import { NameplateError } from "@/lib/errors.ts";
import type { Report } from "@/lib/generated/prisma/client.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";
import { dueAt } from "./due-at.ts";
import type { Case } from "./make-report.ts";
import { mostText } from "./read-report.ts";

/** `works`: answered, and not disagreed with yet. `said`: it was. `over`: too late, or there is nothing to disagree with. */
export interface DisagreeSight {
  readonly state: "works" | "said" | "over";
  readonly number: number;
  readonly dueAt: Date | null;
}

/** Whose letter this is; undefined for a link that is nobody's. Looking changes nothing. */
export async function lookAtDisagreeing({ db }: Pick<World, "db">, token: string): Promise<DisagreeSight | undefined> {
  const report = await db.report.findUnique({ where: { tokenHash: hashSecret(token) } });
  return report ? { state: stateOf(report), number: report.number, dueAt: report.dueAt } : undefined;
}

const stateOf = ({ appealedAt, answeredAt, forgottenAt }: Report): DisagreeSight["state"] =>
  appealedAt ? "said" : answeredAt && !forgottenAt ? "works" : "over";

/** Whoever reported disagrees with what was decided, once: the case is open again, with a new clock. */
export async function disagree(world: World, token: string, typed: string): Promise<Case> {
  const text = typed.trim().slice(0, mostText);
  if (text === "") throw new NameplateError("bad-input", "Nothing said", { key: "report.errors.why" });
  const due = dueAt(world.clock.now());
  const { count } = await world.db.report.updateMany({
    where: { tokenHash: hashSecret(token), answeredAt: { not: null }, appealedAt: null, forgottenAt: null },
    data: { appealedAt: world.clock.now(), appeal: text, dueAt: due },
  });
  const report = await world.db.report.findUnique({ where: { tokenHash: hashSecret(token) } });
  if (!report) throw new NameplateError("not-found", "No such case");
  if (count === 0) throw new NameplateError("changed-meanwhile", `Case ${report.number} is not to be disagreed with`);
  return { number: report.number, dueAt: due };
}
