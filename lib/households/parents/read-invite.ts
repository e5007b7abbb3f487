import type { Said } from "@/lib/errors.ts";
import { tidy } from "@/lib/names/typed-text.ts";
import { givenProblem } from "@/lib/orders/choose-look.ts";
import { isEmail } from "@/lib/orders/email.ts";
import type { Problem, Reading } from "@/lib/orders/problem.ts";
import { readMatrixId } from "../rules/read-matrix-id.ts";

/** As the page asks it; each as typed. */
export interface TypedInvite {
  readonly given: string;
  readonly email: string;
  /** Which adult of this home it is; empty for somebody who lives elsewhere. */
  readonly personId: string;
  /** Their Matrix id elsewhere; empty for none. */
  readonly matrixId: string;
}

export interface Invite {
  readonly given: string;
  readonly email: string;
  readonly personId: string | null;
  readonly matrixId: string | null;
}

/** Who is asked to look after the children too, or what is wrong with what was typed. */
export function readInvite(typed: TypedInvite, home: { readonly name: string }): Reading<Invite> {
  const given = tidy(typed.given);
  const email = tidy(typed.email).toLowerCase();
  const address = tidy(typed.matrixId) === "" ? undefined : readMatrixId(typed.matrixId);
  const errors = "family.parents.errors";
  const said = {
    given: givenProblem(given, `${errors}.given`, `${errors}.givenLong`),
    email: isEmail(email) ? undefined : { key: `${errors}.email` },
    matrixId: address && addressProblem(typed, address, home),
  };
  const problems = Object.entries(said).flatMap(([at, say]): Problem[] =>
    say ? [{ at, field: { key: `family.parents.${at}` }, say }] : [],
  );
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    value: { given, email, personId: typed.personId || null, matrixId: address?.value ?? null },
  };
}

function addressProblem(
  { personId }: TypedInvite,
  { value, wrong }: ReturnType<typeof readMatrixId>,
  { name }: { readonly name: string },
): Said | undefined {
  if (wrong) return wrong.key === "family.rules.errors.person" ? { key: "family.parents.errors.matrixId" } : wrong;
  // Who lives here is chosen from the list: an address may be a child's.
  if (value.endsWith(`:${name}`)) return { key: "family.parents.errors.here" };
  return personId === "" ? undefined : { key: "family.parents.errors.both" };
}
