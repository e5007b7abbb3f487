import { getTranslations } from "next-intl/server";
import type { ButtonKind } from "@/components/button.tsx";
import type { IconName } from "@/components/icon.tsx";
import { AskWhy } from "./ask-why.tsx";

export type StaffAct =
  | "look"
  | "try-again"
  | "allow-purchase"
  | "sync-payments"
  | "copy-bill"
  | "try-dead-again"
  | "give-back-payment"
  | "settle-payment"
  | "settle-name"
  | "send-evidence"
  | "refund-warned"
  | "give-coupon"
  | "ask-to-pay"
  | "take-parent-out"
  | "give-leave"
  | "stop-leave"
  | "lock-name"
  | "say-name-left"
  | "report-page-off"
  | "report-passed-on"
  | "report-nothing"
  | "report-let-on";

const icons: Record<StaffAct, IconName> = {
  look: "eye",
  "try-again": "rotate-cw",
  "allow-purchase": "check",
  "sync-payments": "undo-2",
  "copy-bill": "rotate-cw",
  "try-dead-again": "rotate-cw",
  "give-back-payment": "undo-2",
  "settle-payment": "check",
  "settle-name": "check",
  "send-evidence": "mail",
  "refund-warned": "undo-2",
  "give-coupon": "plus",
  "ask-to-pay": "mail",
  "take-parent-out": "undo-2",
  "give-leave": "check",
  "stop-leave": "undo-2",
  "lock-name": "check",
  "say-name-left": "check",
  "report-page-off": "hand",
  "report-passed-on": "mail",
  "report-nothing": "check",
  "report-let-on": "undo-2",
};

interface ActProps {
  readonly act: StaffAct;
  /** The tenant's id; of payments and coupons the order's, or of one that no order knows its visit's; of a bill the customer's; of a name itself; of evidence the dispute's; of a warning itself; of a leave and of a report its own; of a parent their own, or the tenant's for whoever runs the home; of what was given up the alert's, or the code of all of a kind. */
  readonly subject: string;
  readonly name: string;
  readonly kind?: ButtonKind;
  /** In place of the act's own words, where it is done to many. */
  readonly many?: { readonly label: string; readonly question: string; readonly text: string };
  /** Only this step. */
  readonly step?: string;
  /** How many attempts are put aside by trying again. */
  readonly aside?: number;
  /** It asks for a code as well, by this label or by the usual one. */
  readonly asksCode?: true | string;
  /** What holds a purchase back. */
  readonly held?: string;
}

/** A button that says first what it will do, and asks why. */
export async function Act({ act, subject, name, kind, many, step, aside, asksCode, held }: ActProps) {
  const [t, why] = [await getTranslations("staff.do"), await getTranslations("staff.why")];
  const frame = await getTranslations("frame");
  const text = act === "allow-purchase" ? [held ?? "", t("allow-purchaseHint")] : [many?.text ?? t(`${act}Text`)];
  return (
    <AskWhy
      act={act}
      subject={subject}
      step={step}
      open={{ label: many?.label ?? t(act), icon: icons[act], kind }}
      words={{
        question: many?.question ?? t(`${act}Question`, { name }),
        text: [...text, ...(aside === undefined ? [] : [t("try-againAside", { n: aside })])],
        label: why("label"),
        hint: why("hint"),
        ...(asksCode ? { code: asksCode === true ? why("code") : asksCode } : {}),
        yes: t(`${act}Yes`),
        no: t("no"),
        error: frame("errorBefore"),
      }}
    />
  );
}
