import { describeWithdrawal, type WithdrawalView } from "@/lib/households/describe-withdrawal.ts";
import { listHomes } from "@/lib/households/list-homes.ts";
import { normaliseName } from "@/lib/names/normalise-name.ts";
import { web } from "@/lib/web.ts";
import { visitor } from "../_session/visitor.ts";

/** The home of that name, of whoever is signed in; undefined to anybody else, whatever they typed. */
export async function ownHome(name: string) {
  const who = await visitor();
  if (!who) return undefined;
  // Whoever bought it withdraws, be it paid by somebody else by now.
  const homes = (await listHomes(web().world, who)).filter(({ runs }) => runs);
  const home = homes.find((one) => one.name === normaliseName(name)) ?? (name === "" ? homes[0] : undefined);
  return home && { userId: who.userId, tenantId: home.tenantId };
}

/** How the withdrawal of that home stands. Only its payer ever sees it. */
export async function ownWithdrawal(name: string): Promise<WithdrawalView | undefined> {
  const member = await ownHome(name);
  return member && describeWithdrawal(web().world, member);
}
