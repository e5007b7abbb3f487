import { minorOf } from "@/lib/billing/money.ts";
import { agrees, type MoneyReport, reportMoney } from "@/lib/staff/report-money.ts";
import { oneOfTheStaff } from "../world/staff.ts";
import { copyStands } from "./copy-stands.ts";
import { lastBillsAgree } from "./last-bills-agree.ts";
import { payersAgree } from "./payer.ts";
import { screensAgree } from "./screens-agree.ts";
import type { MoneyStage } from "./stage.ts";
import { termsAgree } from "./terms.ts";
import { vendorAgrees } from "./vendor-agrees.ts";
import { yearsAgree } from "./years-agree.ts";

export interface Judged {
  readonly invoices: number;
  /** Differences of the report that are not zero, by currency and by customer. */
  readonly imbalances: readonly string[];
  /** Sums and rows that are not what they are elsewhere. */
  readonly mismatches: readonly string[];
}

/** Whether the copy, the report and every screen say what the payment vendor says. */
export async function judge(stage: MoneyStage): Promise<Judged> {
  const { web, world } = stage;
  const fromNothing = await copyStands(stage);
  const report = await reportMoney(web, await oneOfTheStaff(world));
  const invoices = await world.database.db.invoice.count();
  return {
    invoices,
    imbalances: imbalances(report),
    mismatches: [
      ...fromNothing,
      ...(await vendorAgrees(stage, report)),
      ...(await screensAgree(stage)),
      ...(await lastBillsAgree(stage)),
      ...(await yearsAgree(stage)),
      ...(await termsAgree(stage)),
      ...(await payersAgree(stage)),
    ],
  };
}

const imbalances = ({ currencies, wrong }: MoneyReport): string[] =>
  [
    ...currencies.map(({ currency, differences }) => ({ whose: currency, differences })),
    ...wrong.map(({ customerId, differences }) => ({ whose: customerId, differences })),
  ]
    .filter(({ differences }) => !agrees(differences))
    .map(({ whose, differences: { lines, books, account } }) => {
      const said = [lines, books, account].map(minorOf);
      return `${whose}: lines ${said[0]}, books ${said[1]}, account ${said[2]}`;
    });
