import { NameplateError, Refused, Unreachable } from "@/lib/errors.ts";
import type { NameSearch } from "@/lib/names/ports.ts";
import type { World } from "@/lib/world.ts";
import { questionsOf } from "./deed/questions.ts";
import { type DeedValues, readDeed } from "./deed/read-deed.ts";
import { endingOf } from "./draft.ts";
import { keepAllTyped } from "./keep-typed.ts";
import { ownDraft } from "./open-order.ts";
import type { OrderKey } from "./own-order.ts";
import { otherWindow, saveDraft, seenOf, typedWith } from "./save-draft.ts";

/** Screen 4: the owner on record. What is typed is kept before anyone is asked, so that a silent registry loses nothing. */
export async function fillDeed(
  tools: World & { readonly names: NameSearch },
  key: OrderKey | undefined,
  typed: DeedValues,
  seen: string,
): Promise<{ readonly ok: boolean }> {
  const draft = await ownDraft(tools, key);
  const name = draft.name ?? "";
  const values = keepAllTyped(typed);
  const schema = await registrationSchema(tools.names, endingOf(name));
  const reading = schema === undefined ? undefined : readDeed(values, { name, schema, questions: questionsOf(schema) });
  if (seen !== seenOf(draft, "deed")) {
    // The same form sent twice is no other window.
    if (reading?.ok && JSON.stringify(reading.value) === JSON.stringify(draft.deed)) return { ok: true };
    throw otherWindow(`Order ${draft.id}: an older form of screen 4`);
  }
  if (!reading?.ok) {
    await saveDraft(tools, draft, { typed: typedWith(draft, "deed", { values, asked: reading !== undefined }) });
    if (reading === undefined)
      throw new NameplateError("unreachable", "The registrar does not answer", { key: "again.vendorAway" });
    return { ok: false };
  }
  const { value: deed } = reading;
  await saveDraft(tools, draft, { deed: { ...deed }, email: deed.email, typed: typedWith(draft, "deed", undefined) });
  return { ok: true };
}

/** The ending's own schema; undefined while the registrar does not answer. */
export async function registrationSchema(names: NameSearch, ending: string): Promise<unknown> {
  try {
    return await names.registrationSchema(ending);
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Refused) return undefined;
    throw error;
  }
}
