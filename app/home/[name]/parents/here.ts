import { notFound } from "next/navigation";
import { cache } from "react";
import { NameplateError } from "@/lib/errors.ts";
import { describeParents, type ParentsView } from "@/lib/households/parents/describe-parents.ts";
import { web } from "@/lib/web.ts";
import { parentOf } from "../../_parts/member.ts";

/** Who looks after the children of the home of this name: for each of them, and for nobody else. */
export const parentsHere = cache(async (name: string): Promise<ParentsView> => {
  const member = await parentOf(name);
  try {
    return await describeParents(web().world, member);
  } catch (error) {
    // They left in another tab between the two questions.
    if (error instanceof NameplateError && error.kind === "not-found") notFound();
    throw error;
  }
});
