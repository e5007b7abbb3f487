import type { SignedIn } from "@/lib/auth/signed-in.ts";
import { listHomes } from "@/lib/households/list-homes.ts";
import { invitesOf } from "@/lib/households/parents/look-at-invite.ts";
import { isOnStaff } from "@/lib/staff/staff-of.ts";
import { web } from "@/lib/web.ts";

/** Where somebody wanted to go before they were asked to sign in. Only these two: no address of the reader's making. */
export type Aim = "home" | "admin";
export const readAim = (word: string): Aim => (word === "admin" ? "admin" : "home");

/** Where somebody goes who has just signed in. */
export async function wayHome(who: SignedIn, aim: Aim): Promise<string> {
  const { world } = web();
  const staff = await isOnStaff(world, who.userId);
  if (aim === "admin" && staff) return "/admin";
  if ((await listHomes(world, who)).length + (await invitesOf(world, who)).length > 0) return "/home";
  return staff ? "/admin" : "/home";
}
