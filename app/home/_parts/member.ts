import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError } from "@/lib/errors.ts";
import { type Member, partOf } from "@/lib/households/access.ts";
import { describeHome, type HomeView } from "@/lib/households/describe-home.ts";
import { type HomeLine, listHomes } from "@/lib/households/list-homes.ts";
import { web } from "@/lib/web.ts";
import { visitor } from "../../_session/visitor.ts";

/** One of several homes, and what they are to it: they run it, pay for it in another's place, or look after its children. */
export interface OfHome extends Member, Pick<HomeLine, "runs" | "pays" | "cares"> {
  readonly tenantId: string;
}

/** Whoever is signed in; anybody else is asked to. */
export async function mustBeSignedIn(): Promise<SignedIn> {
  return (await visitor()) ?? redirect("/sign-in");
}

/** The home of this name that is theirs in any way. To anybody else there is none. */
export const anyoneOf = cache(async (name: string): Promise<OfHome> => {
  const who = await mustBeSignedIn();
  const home = (await listHomes(web().world, who)).find((one) => one.name === decodeURIComponent(name));
  if (!home) notFound();
  const { tenantId, runs, pays, cares } = home;
  return { userId: who.userId, tenantId, runs, pays, cares };
});

/** The home of this name that they run or pay for. Whoever looks after its children alone is led to them. */
export async function partnerOf(name: string): Promise<OfHome> {
  const member = await anyoneOf(name);
  return member.runs || member.pays ? member : redirect(homeAt(name));
}

/** Their own home of this name. Whoever only pays for it is led to its bill. */
export async function memberOf(name: string): Promise<OfHome> {
  const member = await insiderOf(name);
  return member.runs ? member : redirect(homeAt(name));
}

/** Whoever has a page of this home: they run it, or look after its children. */
export async function insiderOf(name: string): Promise<OfHome> {
  const member = await anyoneOf(name);
  return member.runs || member.cares ? member : redirect(billOf(name));
}

/** A parent of the children of this home. */
export async function parentOf(name: string): Promise<OfHome> {
  const member = await insiderOf(name);
  return member.cares ? member : redirect(homeAt(name));
}

/** The home of this name whose bill is theirs. Whoever only runs it is led to where it says who pays. */
export async function payerOf(name: string): Promise<OfHome> {
  const member = await partnerOf(name);
  return (await partOf(web().world, member)).pays ? member : redirect(billOf(name));
}

const homeAt = (name: string): string => `/home/${encodeURIComponent(decodeURIComponent(name))}`;
const billOf = (name: string): string => `${homeAt(name)}/bill`;

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
