import type { NameSearch } from "@/lib/names/ports.ts";
import { type Questions, questionsOf } from "./deed/questions.ts";
import { readDeed } from "./deed/read-deed.ts";
import type { OrderView } from "./describe-order.ts";
import { registrationSchema } from "./fill-deed.ts";
import type { Problem } from "./problem.ts";

export interface DeedView {
  readonly questions: Questions;
  readonly problems: readonly Problem[];
  /** The registrar does not answer: the usual questions are shown, and its own are asked later. */
  readonly away: boolean;
}

/** Screen 4 as the ending's registry asks it, with what is wrong with what was typed. */
export async function describeDeed(names: NameSearch, order: OrderView): Promise<DeedView> {
  const { name, ending, deedForm } = order;
  if (name === null || ending === null) throw new Error(`Order ${order.id} has no name yet`);
  const schema = await registrationSchema(names, ending);
  const questions = questionsOf(schema ?? {});
  if (schema === undefined || !deedForm.asked) return { questions, problems: [], away: schema === undefined };
  const reading = readDeed(deedForm.values, { name, questions, schema });
  return { questions, problems: reading.ok ? [] : reading.problems, away: false };
}
