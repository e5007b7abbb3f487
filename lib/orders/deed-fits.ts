import type { Order } from "@/lib/generated/prisma/client.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import { questionsOf } from "./deed/questions.ts";
import { extraInput, readDeed } from "./deed/read-deed.ts";
import { endingOf, readDraft } from "./draft.ts";
import { registrationSchema } from "./fill-deed.ts";

/** Whether the deed as it was filled in answers everything that this name's registry asks. */
export async function deedFits(names: NameSearch, order: Order, name: string): Promise<boolean> {
  const { deed } = readDraft(order);
  if (!deed) return false;
  if (deed.ending === endingOf(name)) return true;
  const schema = await registrationSchema(names, endingOf(name));
  if (schema === undefined) return false;
  const { ending: _ending, extra, ...contact } = deed;
  const answers = Object.entries(extra).map(([property, answer]) => [extraInput(property), answer] as const);
  return readDeed({ ...contact, ...Object.fromEntries(answers) }, { name, schema, questions: questionsOf(schema) }).ok;
}
