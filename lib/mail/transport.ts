import { createTransport } from "nodemailer";
import { Refused, Unreachable } from "@/lib/errors.ts";
import { wrapped } from "./wrapped.ts";

export interface Letter {
  /** One letter however often it is sent: a mailbox knows it again by its Message-ID. */
  readonly id?: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same words as a page (letter-html.ts). */
  readonly html?: string;
}

export interface Post {
  /** Hands one letter to the mail server; throws `Refused` for an address it will never take, `Unreachable` for later. */
  send(letter: Letter): Promise<void>;
}

/** Ten seconds for the mail server to answer; a letter waits in our table meanwhile, nobody waits for it. */
const timeoutMs = 10_000;

export function smtpPost(url: string, from: string): Post {
  const transport = createTransport(url, { from });
  const domain = from.replace(/^.*@|>.*$/g, "");
  Object.assign(transport.options, { connectionTimeout: timeoutMs, socketTimeout: timeoutMs });
  return {
    async send({ id, to, subject, text, html }) {
      try {
        // Links must arrive whole: no line is wrapped or encoded in the middle of an address.
        const named = id === undefined ? {} : { messageId: `<${id}@${domain}>` };
        const page = html === undefined ? {} : { html };
        const plain = { text: wrapped(text), textEncoding: "base64" } as const;
        await transport.sendMail({ to, subject, from, ...plain, ...page, ...named });
      } catch (error) {
        const code = (error as { responseCode?: number }).responseCode;
        const answer = { vendor: "mail", call: "send", ...(code ? { status: code } : {}) };
        if (code && code >= 500) throw new Refused(String(error), answer, { cause: error });
        throw new Unreachable(String(error), answer, "unknown", { cause: error });
      }
    },
  };
}
