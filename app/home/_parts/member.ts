import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError } from "@/lib/errors.ts";
import type { Member } from "@/lib/households/access.ts";
import { describeHome, type HomeView } from "@/lib/households/describe-home.ts";
import { listHomes } from "@/lib/households/list-homes.ts";
import { web } from "@/lib/web.ts";
import { visitor } from "../../_session/visitor.ts";

/** Whoever is signed in; anybody else is asked to. */
export async function mustBeSignedIn(): Promise<SignedIn> {
  return (await visitor()) ?? redirect("/sign-in");
}

/** Their own home of this name. To anybody else there is none. */
export const memberOf = cache(async (name: string): Promise<Member & { readonly tenantId: string }> => {
  const who = await mustBeSignedIn();
  const home = (await listHomes(web().world, who)).find((one) => one.name === decodeURIComponent(name));
  return home ? { userId: who.userId, tenantId: home.tenantId } : notFound();
});

export const homeOfName = cache(async (name: string): Promise<HomeView> => {
  const member = await memberOf(name);
  try {
    return await describeHome(web().world, member);
  } catch (error) {
    // It was taken down between the two questions.
    if (error instanceof NameplateError && error.kind === "not-found") notFound();
    throw error;
  }
});
