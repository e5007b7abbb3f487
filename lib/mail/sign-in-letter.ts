import { createTranslator } from "use-intl/core";
import messages from "@/messages/en.mail.json" with { type: "json" };
import { letterHtml } from "./letter-html.ts";
import type { Letter } from "./transport.ts";

/** The one mail that is not written down first: its link rests nowhere, so it is made and sent in one breath. */
export function signInLetter(to: string, link: string, supportEmail: string): Letter {
  const say = createTranslator({ locale: "en-GB", messages });
  const [subject, body, foot] = [
    say("sign-in.subject"),
    say("sign-in.body", { link }),
    say("foot", { help: supportEmail }),
  ];
  const html = letterHtml({ subject, body, foot, plate: "Nameplate", button: { link, words: say("sign-in.act") } });
  return { to, subject, text: `${body}\n\n${foot}\n`, html };
}
