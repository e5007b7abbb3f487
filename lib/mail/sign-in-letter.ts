import { createTranslator } from "use-intl/core";
import messages from "@/messages/en.mail.json" with { type: "json" };
import type { Letter } from "./transport.ts";

/** The one mail that is not written down first: its link rests nowhere, so it is made and sent in one breath. */
export function signInLetter(to: string, link: string, supportEmail: string): Letter {
  const say = createTranslator({ locale: "en-GB", messages });
  const text = `${say("sign-in.body", { link })}\n\n${say("foot", { help: supportEmail })}\n`;
  return { to, subject: say("sign-in.subject"), text };
}
