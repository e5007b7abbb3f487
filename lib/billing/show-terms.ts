import { Refused, wordsOfError } from "@/lib/errors.ts";
import type { BillChange } from "@/lib/generated/prisma/client.ts";
import { afterFailure } from "@/lib/queue/after-failure.ts";
import { settleEach } from "@/lib/queue/settle-each.ts";
import type { World } from "@/lib/world.ts";
import { keyOfLine } from "./ledger.ts";
import { lineTermsOf } from "./line-terms.ts";
import { minorOf } from "./money.ts";
import { periodTermsOf } from "./period-change.ts";
import type { BillPreview, Cashier } from "./ports.ts";
import { readBill } from "./read-bill.ts";
import { type ShownBill, termsChange, termsKinds } from "./terms-change.ts";

/** So many in a round; the next takes the rest. */
const atOnce = 100;

/**
 * Asks the payment vendor what each change that a family thinks of would come to, and keeps the answer in its row, where their
 * page finds it. Only reads there. A worker does it, for the key it needs may write invoices.
 */
export async function showTerms(
  tools: World & { readonly cashier: Cashier },
  which: { readonly orderId?: string } = {},
): Promise<void> {
  const { db, clock } = tools;
  const asked = await db.billChange.findMany({
    where: {
      ...{ ...which, kind: { in: termsKinds }, state: "asked", deadAt: null },
      OR: [{ nextTryAt: null }, { nextTryAt: { lte: clock.now() } }],
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: atOnce,
  });
  await settleEach(
    asked,
    (change) => show(tools, change).catch((error: unknown) => giveUp(tools, change, error)),
    async (change, error) => {
      const { deadAt, ...after } = afterFailure({ tries: change.tries, firstAt: change.createdAt }, error, clock.now());
      // Nobody waits for so long, and nothing is lost: they ask anew.
      const over = deadAt ? { state: "given-up", doneAt: clock.now() } : {};
      await update(tools, change, { ...after, ...over, detail: wordsOfError(error) });
    },
  );
}

/** A refusal is an answer: such a change cannot be made, and they choose again. */
async function giveUp(tools: World, change: BillChange, error: unknown): Promise<void> {
  if (!(error instanceof Refused)) throw error;
  const over = { state: "given-up", doneAt: tools.clock.now(), tries: 0, nextTryAt: null };
  await update(tools, change, { ...over, detail: wordsOfError(error) });
}

async function show(tools: World & { readonly cashier: Cashier }, change: BillChange): Promise<void> {
  const { subscription } = await readBill(tools.db, change.orderId);
  if (!subscription) throw new Error(`Order ${change.orderId} has no bill to change`);
  const preview =
    change.kind === "period"
      ? await tools.cashier.previewPeriod(periodTermsOf(change, subscription))
      : await tools.cashier.previewTerms(lineTermsOf(change, subscription));
  const shown = keptPreview(preview);
  const terms = { ...termsChange.parse(change.terms), shown };
  await update(tools, change, { state: "shown", terms, tries: 0, nextTryAt: null });
}

const update = (
  { db }: World,
  { id }: BillChange,
  data: Parameters<World["db"]["billChange"]["updateMany"]>[0]["data"],
) => db.billChange.updateMany({ where: { id, state: "asked" }, data });

const keptPreview = ({ lines, total, due }: BillPreview): ShownBill => ({
  lines: lines.map(({ what, label, sum, proration, from, until }) => ({
    ...{ what: keyOfLine(what), label, minor: minorOf(sum), proration },
    ...{ from: from.toISOString(), until: until.toISOString() },
  })),
  totalMinor: minorOf(total),
  dueMinor: minorOf(due),
});
