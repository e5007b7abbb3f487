"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { z } from "zod";
import { beginSessionFor } from "@/lib/auth/begin-session-for.ts";
import { limits } from "@/lib/auth/limits.ts";
import { NameplateError, type Said } from "@/lib/errors.ts";
import { allowPurchase } from "@/lib/staff/allow-purchase.ts";
import { answerReport } from "@/lib/staff/answer-report.ts";
import { askOwnerToPay } from "@/lib/staff/ask-owner-to-pay.ts";
import { copyBill } from "@/lib/staff/copy-bill.ts";
import { describeDispute } from "@/lib/staff/describe-dispute.ts";
import { isStepName } from "@/lib/staff/describe-step.ts";
import { dropApp } from "@/lib/staff/drop-way-in.ts";
import { enrolStaff } from "@/lib/staff/enrol-staff.ts";
import { giveBackPayment } from "@/lib/staff/give-back-payment.ts";
import { giveCoupon } from "@/lib/staff/give-coupon.ts";
import { giveLeave } from "@/lib/staff/give-leave.ts";
import { letPageOn } from "@/lib/staff/let-page-on.ts";
import { isBulkCode } from "@/lib/staff/list-alerts.ts";
import { lookNow } from "@/lib/staff/look-now.ts";
import { noteLocked } from "@/lib/staff/note-locked.ts";
import { refundWarned } from "@/lib/staff/refund-warned.ts";
import { sayNameLeft } from "@/lib/staff/say-name-left.ts";
import { sendEvidence } from "@/lib/staff/send-evidence.ts";
import { settleName } from "@/lib/staff/settle-name.ts";
import { settlePayment } from "@/lib/staff/settle-payment.ts";
import { beginStaffApp, showCode } from "@/lib/staff/staff-app.ts";
import { stopLeaveOf } from "@/lib/staff/stop-leave.ts";
import { syncPayments } from "@/lib/staff/sync-payments.ts";
import { takeParentOut } from "@/lib/staff/take-parent-out.ts";
import { tryAgain } from "@/lib/staff/try-again.ts";
import { tryDeadAgain } from "@/lib/staff/try-dead-again.ts";
import { web } from "@/lib/web.ts";
import { sayer } from "../_frame/say.ts";
import { ownOrigin, takeCallersTry } from "../_session/guard.ts";
import { keepCookies } from "../_session/keep-cookies.ts";
import { visitor } from "../_session/visitor.ts";
import { mustBeSignedIn } from "../home/_parts/member.ts";
import { textOf } from "../start/_wizard/form-values.ts";
import { evidenceWords } from "./_parts/evidence-words.ts";
import { inWords } from "./_parts/in-words.ts";

/** What an act came to, for the dialog it was asked in. */
export interface ActState {
  readonly tries: number;
  readonly done?: string;
  readonly wrong?: string;
  readonly typed?: string;
  readonly code?: string;
}

/** The staff's acts. Each verb asks who it is, wants a reason, and writes the audit row. */
export async function staffAction(before: ActState, form: FormData): Promise<ActState> {
  await ownOrigin();
  const say = await sayer();
  const reason = textOf(form, "reason");
  const tries = before.tries + 1;
  try {
    return { tries, done: inWords(say, await act(form, reason)) };
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    const key = error.kind === "not-signed-in" ? "staff.errors.signIn" : "staff.errors.gone";
    // A coupon's code is no secret; a name's is not sent back.
    const code = textOf(form, "act") === "give-leave" ? "" : textOf(form, "code");
    return { tries, typed: reason, code, wrong: say(error.say ?? { key }) };
  }
}

async function act(form: FormData, reason: string): Promise<Said> {
  const [{ world }, who] = [web(), await visitor()];
  const [subject, step] = [textOf(form, "subject"), textOf(form, "step")];
  switch (textOf(form, "act")) {
    case "look":
      return lookNow(world, who, { tenantId: subject, reason });
    case "try-again":
      return tryAgain(world, who, { tenantId: subject, reason, ...(isStepName(step) ? { step } : {}) });
    case "allow-purchase":
      return allowPurchase(world, who, { tenantId: subject, reason });
    case "sync-payments":
      return syncPayments(world, who, { orderId: subject, reason });
    case "copy-bill":
      return copyBill(world, who, { customerId: customerId(subject), reason });
    case "try-dead-again":
      return tryDeadAgain(world, who, isBulkCode(subject) ? { code: subject, reason } : { alertId: subject, reason });
    case "give-back-payment":
      return giveBackPayment(world, who, { sessionId: visitId(subject), reason });
    case "settle-payment":
      return settlePayment(world, who, { sessionId: visitId(subject), reason });
    case "send-evidence":
      return answerDispute(subject, reason);
    case "give-coupon":
      return giveCoupon(world, who, { orderId: subject, code: textOf(form, "code"), reason });
    case "ask-to-pay":
      return askOwnerToPay(world, who, { orderId: subject, reason });
    case "take-parent-out":
      return takeParentOut(world, who, { subject, reason });
    case "refund-warned":
      return refundWarned(world, who, { warningId: subject, reason });
    case "give-leave":
      return giveLeave(world, who, { leaveId: subject, code: textOf(form, "code"), reason });
    case "stop-leave":
      return stopLeaveOf(world, who, { leaveId: subject, reason });
    case "lock-name":
      return noteLocked(world, who, { leaveId: subject, reason });
    case "say-name-left":
      return sayNameLeft(world, who, { tenantId: subject, reason });
    case "report-page-off":
      return answerReport(world, who, { reportId: subject, decision: "page-off", reason });
    case "report-passed-on":
      return answerReport(world, who, { reportId: subject, decision: "passed-on", reason });
    case "report-nothing":
      return answerReport(world, who, { reportId: subject, decision: "nothing", reason });
    case "report-let-on":
      return letPageOn(world, who, { reportId: subject, reason });
    case "settle-name":
      return settleName(world, who, { name: subject, reason });
    default:
      throw new NameplateError("bad-input", "No such act");
  }
}

/** What the page showed, in the words it showed it in. */
async function answerDispute(disputeId: string, reason: string): Promise<Said> {
  const [{ world }, who] = [web(), await visitor()];
  const evidence = await evidenceWords(await describeDispute(world, who, disputeId));
  return sendEvidence(world, who, { disputeId, evidence, reason });
}

/** A visit's id, as the payment vendor writes them. */
const visitIdShape = z.string().regex(/^cs_\w{1,200}$/);
function visitId(typed: string): string {
  const read = visitIdShape.safeParse(typed);
  if (!read.success) throw new NameplateError("not-found", "Not the id of a visit");
  return read.data;
}

const customerIdShape = z.string().regex(/^cus_\w{1,200}$/);
function customerId(typed: string): string {
  const read = customerIdShape.safeParse(typed);
  if (!read.success) throw new NameplateError("not-found", "Not the id of a customer");
  return read.data;
}

/** Uses an enrolment link: the session that follows may set up a way in, and nothing else. */
export async function enrolAction(form: FormData): Promise<void> {
  await ownOrigin();
  const token = textOf(form, "token").slice(0, 200);
  const { world, auth } = web();
  try {
    await takeCallersTry(limits.links);
    await keepCookies(await beginSessionFor(auth, await enrolStaff(world, token), "enrol"));
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    redirect(`/admin/enrol/${encodeURIComponent(token)}`);
  }
  redirect("/admin/prove");
}

/** Begins an authenticator app; the page shows its square. */
export async function beginAppAction(): Promise<void> {
  await ownOrigin();
  const who = await mustBeSignedIn();
  try {
    await beginStaffApp(web(), { who, headers: await headers() });
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
  }
  redirect("/admin/prove?with=app");
}

/** A code from the app. */
export async function codeAction(form: FormData): Promise<void> {
  await ownOrigin();
  const who = await mustBeSignedIn();
  const again = textOf(form, "with") === "app" ? "with=app&" : "";
  try {
    await keepCookies(await showCode(web(), { who, headers: await headers() }, textOf(form, "code").slice(0, 20)));
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    redirect(`/admin/prove?${again}error=${error.kind === "too-often" ? "often" : "code"}`);
  }
  redirect("/admin");
}

export async function removeAppAction(): Promise<void> {
  await ownOrigin();
  try {
    await dropApp(web(), await mustBeSignedIn());
  } catch (error) {
    if (!(error instanceof NameplateError)) throw error;
    redirect("/admin/you?error=last");
  }
  redirect("/admin/you");
}
