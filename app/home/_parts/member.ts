import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError } from "@/lib/errors.ts";
import { type Member, partOf } from "@/lib/households/access.ts";
import { describeHome, type HomeView } from "@/lib/households/describe-home.ts";
import { listHomes } from "@/lib/households/list-homes.ts";
import { web } from "@/lib/web.ts";
import { visitor } from "../../_session/visitor.ts";

/** One of several homes, and whether they run it or pay for it alone. */
export interface OfHome extends Member {
  readonly tenantId: string;
  readonly runs: boolean;
}

/** Whoever is signed in; anybody else is asked to. */
export async function mustBeSignedIn(): Promise<SignedIn> {
  return (await visitor()) ?? redirect("/sign-in");
}

/** The home of this name that they run or pay for. To anybody else there is none. */
export const partnerOf = cache(async (name: string): Promise<OfHome> => {
  const who = await mustBeSignedIn();
  const home = (await listHomes(web().world, who)).find((one) => one.name === decodeURIComponent(name));
  return home ? { userId: who.userId, tenantId: home.tenantId, runs: home.runs } : notFound();
});

/** Their own home of this name. Whoever only pays for it is led to its bill. */
export async function memberOf(name: string): Promise<OfHome> {
  const member = await partnerOf(name);
  return member.runs ? member : redirect(billOf(name));
}

/** The home of this name whose bill is theirs. Whoever only runs it is led to where it says who pays. */
export async function payerOf(name: string): Promise<OfHome> {
  const member = await partnerOf(name);
  return (await partOf(web().world, member)).pays ? member : redirect(billOf(name));
}

const billOf = (name: string): string => `/home/${encodeURIComponent(decodeURIComponent(name))}/bill`;

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
