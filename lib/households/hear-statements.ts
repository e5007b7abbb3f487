import { daysAfter } from "@/lib/clock.ts";
import type { Tx } from "@/lib/db.ts";
import type { Statement } from "@/lib/generated/prisma/client.ts";
import { wantMail } from "@/lib/mail/want-mail.ts";
import { tryEach } from "@/lib/try-each.ts";
import type { World } from "@/lib/world.ts";
import { wantWithdrawal } from "./want-withdrawal.ts";

/** So many in a round; the next takes the rest. */
const atOnce = 100;
/** Whoever mistyped may still write to us and say when it was; then it is nobody's any more. */
const keptDays = 90;

/** Finds out whose withdrawals were said on our page without signing in, and answers them by mail, to the order's own address alone. */
export async function hearStatements(world: World): Promise<void> {
  const { db, clock, ring } = world;
  const said = await db.statement.findMany({
    where: { heardAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: atOnce,
  });
  await tryEach(said, (one) => hear(world, one));
  await db.statement.deleteMany({ where: { outcome: "unknown", heardAt: { lte: daysAfter(clock.now(), -keptDays) } } });
  if (said.length > 0) await ring({ kind: "mail" });
}

const hear = (world: World, one: Statement): Promise<void> =>
  world.db.$transaction(async (tx) => {
    // The first of two workers: the other finds it heard.
    const heard = await tx.statement.updateMany({
      where: { id: one.id, heardAt: null },
      data: { heardAt: world.clock.now() },
    });
    if (heard.count === 0) return;
    await tx.statement.update({ where: { id: one.id }, data: { outcome: await answer(tx, world, one) } });
  });

async function answer(tx: Tx, world: World, { id, email, name, restLabel, createdAt: at }: Statement): Promise<string> {
  const order = await tx.order.findFirst({
    where: { email: { equals: email, mode: "insensitive" }, name, state: "paid", paidMinor: { gt: 0 } },
    orderBy: [{ paidAt: "desc" }, { id: "desc" }],
  });
  if (!order) return "unknown";
  if (await wantWithdrawal(tx, world, order.id, { at, askedBy: "statement", restLabel })) return "withdrawn";
  await wantMail(tx, world, {
    cause: `withdraw-over:${id}`,
    kind: "withdraw-over",
    to: order.email ?? "",
    values: { orderId: order.id },
  });
  return "over";
}
