/** A deliberate bug: in each file the text `from` becomes `to`. `try` names where it should show first; then the rest follows. */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly try: { readonly block: string; readonly part: string };
}

export interface Edit {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

function m(name: string, file: string, from: string, to: string, block: string, part: string, ...more: Edit[]): Mutant {
  return { name, edits: [{ file, from, to }, ...more], try: { block, part } };
}

/** Each is a bug that somebody has made in a system like this one. */
export const mutants: readonly Mutant[] = [
  m(
    "a payment that no order knows is settled as often as somebody presses",
    "lib/staff/mark-stray-settled.ts",
    "where: { sessionId, settledAt: null }",
    "where: { sessionId }",
    "M5",
    "another calls it settled",
  ),
  m(
    "the registrar's list of names is compared with nothing",
    "lib/tenants/compare-names.ts",
    "if (await reached(tx, cursor, now)) await writeDown(tx, found, now);",
    "await reached(tx, cursor, now);",
    "M5",
    "nobody had come yet",
    {
      file: "lib/tenants/compare-names.ts",
      from: "    const found = await differences(db, listed, now);\n",
      to: "    await differences(db, listed, now);\n",
    },
  ),
  m(
    "the purchase is no act that happens once",
    "lib/provisioning/steps/domain.ts",
    "    once: true,\n    summary: `Register",
    "    summary: `Register",
    "M1",
    "registrations.create",
  ),
  m(
    "the SDK sends a purchase again by itself",
    "lib/cloudflare/client.ts",
    "maxRetries: 0,",
    "maxRetries: 2,",
    "M1",
    "registrations.create",
  ),
  m(
    "after a doubt it buys again without looking",
    "lib/provisioning/rule-on-doubt.ts",
    '    case "running":\n    case "doubt":\n      break;',
    '    case "running":\n    case "doubt":\n      return undefined;',
    "M1",
    "registrations.create",
  ),
  m(
    "what is said to be not there straight after it was done is believed",
    "lib/provisioning/rule-on-doubt.ts",
    '    case "accepted":\n',
    '    case "accepted":\n      if (clock.now() >= last.startedAt) return undefined;\n',
    "M1",
    "not listed yet",
  ),
  m(
    "a registration on its way is ordered again",
    "lib/provisioning/steps/domain.ts",
    '      case "running":\n        return waiting(',
    '      case "running":\n        if (tenant.id) return { state: "changes", changes: [{ verb: "update", summary: "Ask once more", run: () => registrar.register(tenant.name, tenant.registrant) }] };\n        return waiting(',
    "M1",
    "for two and a half minutes",
  ),
  m(
    "the call comes before its intention is written down",
    "lib/provisioning/converge.ts",
    "  const attempt = await journal.begin(step, change);\n  try {\n    await change.run();",
    "  const early = change.run();\n  early.catch(() => undefined);\n  await early.catch(() => undefined);\n  const attempt = await journal.begin(step, change);\n  try {\n    await early;",
    "M2",
    "registrar.register",
  ),
  m(
    "a worker that lost its lease goes on writing",
    "lib/provisioning/keep-finding.ts",
    'AND "fence" = ',
    'AND "fence" >= ',
    "M8",
    "worker sleeps",
  ),
  m(
    "a webhook is done before it is followed",
    "lib/orders/follow-event.ts",
    "  if (orderId) await syncOrder(tools, orderId);\n",
    "  await db.webhookEvent.update({ where: { id: eventId }, data: { doneAt: clock.now() } });\n  if (orderId) await db.order.update({ where: { id: orderId }, data: { nextSyncAt: null } });\n  if (orderId) await syncOrder(tools, orderId);\n",
    "M1",
    "checkout.sessions.retrieve",
  ),
  m(
    "an order is only synced when a webhook comes",
    "lib/orders/write-down-visit.ts",
    "nextSyncAt: secondsAfter(now, firstSyncSeconds),",
    "nextSyncAt: null,",
    "M3",
    "lost",
  ),
  m(
    "a home is only looked at when a bell rings",
    "lib/tenants/ask-for-tenant.ts",
    "      nextCheckAt: now,",
    "      nextCheckAt: null,",
    "M4",
    "",
  ),
  m(
    "an order can be paid twice",
    "lib/orders/mark-order-paid.ts",
    'if (order.state !== "draft" && order.state !== "checkout") return undefined;',
    'if (order.state === "expired") return undefined;',
    "M6",
    "tab",
  ),
  m(
    "a second payment stays with us",
    "lib/orders/sync-order.ts",
    "if (!first) await refundSecondPayment(tools, order.id, ours.id, paid);",
    "if (first) return;",
    "M6",
    "tab",
  ),
  m(
    "two families may hold one name",
    "lib/orders/mark-order-paid.ts",
    "  if (!holder) return { tenantId: await askForTenant(tx, world, order) };",
    "  if (holder) await tx.tenant.update({ where: { id: holder.id }, data: { holds: null } });\n  if (order.name) return { tenantId: await askForTenant(tx, world, order) };",
    "M6",
    "race",
  ),
  m(
    "a payment is a new home each time it is seen",
    "lib/orders/mark-order-paid.ts",
    'if (mine.state === "paid") return "done";',
    'if (mine.state === "nothing") return "done";',
    "M1",
    "checkout.sessions.retrieve",
  ),
  m(
    "a penny of what goes back stays with us",
    "lib/stripe/cashier.ts",
    "amount: minorOf(sum),",
    "amount: minorOf(sum) - 1,",
    "M1",
    "refunds.create",
  ),
  m(
    "a refund is called done without being seen",
    "lib/orders/settle-refunds.ts",
    '  if (found?.state === "done") await closeRefund(tools, refund, found.vendorId);',
    '  if (found?.state !== "failed") await closeRefund(tools, refund, found?.vendorId ?? refund.id);',
    "M8",
    "takes its time",
  ),
  m(
    "the money goes back and the subscription stays",
    "lib/orders/give-up-order.ts",
    "    subscriptionId: stripeSubscriptionId,",
    "    subscriptionId: stripeSubscriptionId && null,",
    "M1",
    "moneyBack",
  ),
  m(
    "the name does not renew by itself",
    "lib/cloudflare/registrar.ts",
    "    auto_renew: true,",
    "    auto_renew: name.length === 0,",
    "M1",
    "registrations.create",
    // The step would see it and turn it on.
    {
      file: "lib/provisioning/steps/domain.ts",
      from: "  if (!found.autoRenew) {",
      to: "  if (!found.autoRenew && !tenant.id) {",
    },
  ),
  m(
    "a line that is not ours is removed",
    "lib/provisioning/steps/records.ts",
    "const stale = actual.filter((one) => one.ours && !wanted",
    "const stale = actual.filter((one) => !wanted",
    "M1",
    "takingDown",
  ),
  m(
    "a zone is removed while its name is ours",
    "lib/provisioning/steps/zone.ts",
    "if (known.domain && known.domain.registeredUntil !== null)",
    "if (known.domain && known.domain.registeredUntil === tenant.name)",
    "M1",
    "takingDown",
  ),
  m(
    "an old name gets a new signing key",
    "lib/provisioning/steps/homeserver.ts",
    "  const handed = await host.handedKey(name);",
    '  const handed = (await host.handedKey(name)) === "" ? "" : undefined;\n  if (lives) return { state: "changes", changes: [{ verb: "create", summary: "Make a key", run: async () => void (await escrow.create(name)) }] };',
    "M5",
    "set back",
  ),
  m(
    "the page says ready before anybody looked from outside",
    "lib/orders/note-progress.ts",
    'if (!row.readyAt && settled("seen-from-outside")) {',
    'if (!row.readyAt && settled("owner")) {',
    "M1",
    "outside.look",
  ),
  m(
    "each try sends a mail of its own",
    "lib/mail/want-mail.ts",
    'data: [{ id: ids.id("mail"), ...mail,',
    'data: [{ id: ids.id("mail"), ...mail, cause: mail.cause + ids.id("try"),',
    "M1",
    "registrations.create",
  ),
  m(
    "what the vendor has and we forgot is never looked for",
    "lib/orders/find-lost-payments.ts",
    "  await tryEach(lost, (visit) => adoptVisit(tools, visit));",
    "  await tryEach(lost.slice(0, 0), (visit) => adoptVisit(tools, visit));",
    "M5",
    "set back",
  ),
  m(
    "nobody of ours is told what waits for a person",
    "workers/sweep.ts",
    '  { what: "open and close alerts", work: keepAlerts },\n',
    "",
    "M1",
    "refunds.create",
  ),
  m(
    "a key of ours is written to the log",
    "workers/reconcile-tenant.ts",
    "  const begunAt = tools.clock.now();",
    '  const begunAt = tools.clock.now();\n  tools.log.info({ key: tools.linkKey }, "Begins");',
    "M1",
    "registrations.create",
  ),
];
