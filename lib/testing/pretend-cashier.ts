import { addAll, type Money } from "@/lib/billing/money.ts";
import type {
  BillPreview,
  Cashier,
  CheckoutDesk,
  CheckoutOrder,
  LineTerms,
  Payment,
  Visit,
} from "@/lib/billing/ports.ts";
import { secondsAfter } from "@/lib/clock.ts";

/** The payment vendor's side of one test, in memory: visits a buyer can pay, and the refunds that were asked for. */
export class PretendCashier implements Cashier, CheckoutDesk {
  readonly visits = new Map<string, Visit>();
  readonly refunds = new Map<string, { paymentIntentId: string; sum: Money }>();
  readonly ended: string[] = [];
  refundState: "pending" | "done" | "failed" = "done";

  async open(order: CheckoutOrder): Promise<{ sessionId: string; url: string }> {
    const sessionId = `cs_${order.checkoutId}`;
    const sums = order.lines.map(({ sum }) => sum);
    const total = addAll(sums, sums[0]?.currency ?? "");
    if (!this.visits.has(sessionId)) {
      this.visits.set(sessionId, {
        sessionId,
        state: "open",
        checkoutId: order.checkoutId,
        orderId: order.orderId,
        purpose: order.returning ? "return" : "first",
        total,
        full: total,
        customerId: null,
        subscriptionId: null,
        email: order.email,
        begunAt: secondsAfter(order.expiresAt, -3600),
      });
    }
    return { sessionId, url: `https://pay.test/${sessionId}` };
  }
  /** The buyer pays. */
  pay(sessionId: string): void {
    this.#change(sessionId, { state: "paid", customerId: "cus_1", subscriptionId: `sub_${sessionId}` });
  }
  async close(sessionId: string): Promise<void> {
    if (this.visits.get(sessionId)?.state === "open") this.#change(sessionId, { state: "expired" });
  }
  #change(sessionId: string, differs: Partial<Visit>): void {
    const visit = this.visits.get(sessionId);
    if (!visit) throw new Error(`No visit ${sessionId}`);
    this.visits.set(sessionId, { ...visit, ...differs });
  }
  async look(sessionId: string): Promise<Visit | undefined> {
    return this.visits.get(sessionId);
  }
  async payment(subscriptionId: string): Promise<Payment | undefined> {
    const visit = [...this.visits.values()].find((one) => one.subscriptionId === subscriptionId);
    return (
      visit && {
        paymentIntentId: `pi_${visit.sessionId}`,
        paid: visit.total,
        receiptNumber: "2026-0001",
        cardLabel: "Visa ending 4242",
        cardFingerprint: null,
        cardRisk: "normal",
      }
    );
  }
  async paidVisits(_since: Date): Promise<readonly Visit[]> {
    return [...this.visits.values()].filter(({ state }) => state === "paid");
  }
  async findRefund(
    _paymentIntentId: string,
    refundId: string,
  ): Promise<{ vendorId: string; state: "pending" | "done" | "failed" } | undefined> {
    return this.refunds.has(refundId) ? { vendorId: `re_${refundId}`, state: this.refundState } : undefined;
  }
  async refund(paymentIntentId: string, sum: Money, refundId: string): Promise<void> {
    if (this.refunds.has(refundId)) throw new Error(`Asked twice for ${refundId}`);
    this.refunds.set(refundId, { paymentIntentId, sum });
  }
  async creditRefund(): Promise<void> {}
  async creditNextBill(): Promise<void> {}
  async cardPage(customerId: string): Promise<string> {
    return `https://pay.test/card/${customerId}`;
  }
  async openCard(): Promise<never> {
    throw new Error("Nobody gives a card here");
  }
  async givenCard(): Promise<undefined> {
    return undefined;
  }
  async letPay(): Promise<"over"> {
    return "over";
  }
  async letGo(): Promise<"gone"> {
    return "gone";
  }
  async endLater(): Promise<undefined> {
    return undefined;
  }
  async giveCoupon(): Promise<void> {}
  async sendEvidence(): Promise<"sent"> {
    return "sent";
  }
  async priceName(): Promise<undefined> {
    return undefined;
  }
  async previewTerms({ line }: LineTerms): Promise<BillPreview> {
    if (!line) throw new Error("Nobody takes anything off a bill here");
    const { sum } = line;
    return { lines: [], total: sum, due: sum };
  }
  async changeTerms(): Promise<"done"> {
    return "done";
  }
  async previewPeriod({ lines }: { readonly lines: readonly { readonly sum: Money }[] }): Promise<BillPreview> {
    const total = addAll(
      lines.map(({ sum }) => sum),
      lines[0]?.sum.currency ?? "",
    );
    return { lines: [], total, due: total };
  }
  async changePeriod(): Promise<"done"> {
    return "done";
  }
  async drawBill({ billId }: { readonly billId: string }): Promise<string> {
    return `in_${billId}`;
  }
  async endSubscription(subscriptionId: string): Promise<void> {
    this.ended.push(subscriptionId);
  }
}
