import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { NameplateError } from "@/lib/errors.ts";
import { type Staff, staffOf } from "@/lib/staff/staff-of.ts";
import { web } from "@/lib/web.ts";
import { visitor } from "../../_session/visitor.ts";

export interface StaffHere {
  readonly who: SignedIn;
  readonly staff: Staff;
}

/** The pages' own question; every verb asks again. Nobody signed in is asked to; who is not on the staff finds nothing. */
export const staffHere = cache(async (): Promise<StaffHere> => {
  const who = (await visitor()) ?? redirect("/sign-in?to=admin");
  try {
    return { who, staff: await staffOf(web().world, who) };
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-signed-in") redirect("/admin/prove");
    if (error instanceof NameplateError && error.kind === "not-found") notFound();
    throw error;
  }
});

/** What a verb found, or the page of what is not there. */
export async function found<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NameplateError && error.kind === "not-found") notFound();
    throw error;
  }
}
