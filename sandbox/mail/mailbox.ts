import type { Ids } from "@/lib/ids.ts";
import type { Entry, Ledger } from "@/sandbox/shared/ledger.ts";
import { type Parsed, parseMessage } from "./parse-message.ts";

export interface Mail extends Parsed {
  readonly id: string;
  /** Who sent it and to whom it was handed over, in lower case: the envelope, not what the mail says. */
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly bytes: number;
}
export type Happening = { readonly kind: "mail.received"; readonly mail: Mail };

/** A mail as the JSON endpoint and the pages show it. */
export interface Shown extends Mail {
  readonly at: string;
  /** Web addresses in it, each once: those of the text first. */
  readonly links: readonly string[];
}

/** Everything that was ever delivered: a fold over the ledger. */
export class Mailbox {
  readonly #mails: Shown[] = [];
  readonly #ledger: Ledger<Happening>;
  readonly #ids: Ids;

  constructor(ledger: Ledger<Happening>, ids: Ids) {
    this.#ledger = ledger;
    this.#ids = ids;
    ledger.follow(({ mail, at }: Entry<Happening>) => this.#mails.unshift({ ...mail, at, links: linksIn(mail) }));
  }

  receive(sender: string, recipients: readonly string[], raw: Buffer): void {
    const envelope = { sender: sender.toLowerCase(), recipients: recipients.map((one) => one.toLowerCase()) };
    const mail = { id: this.#ids.id("mail"), ...envelope, bytes: raw.length, ...parseMessage(raw) };
    this.#ledger.append({ kind: "mail.received", mail });
  }

  /** Newest first; `to` is one recipient's whole address. */
  list(to?: string): readonly Shown[] {
    const wanted = to?.toLowerCase();
    return wanted === undefined
      ? [...this.#mails]
      : this.#mails.filter(({ recipients }) => recipients.includes(wanted));
  }

  find(id: string): Shown | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }
}

/** A full stop or bracket after an address belongs to the sentence around it. */
export const webAddress = /https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g;

function linksIn({ text, html }: Parsed): string[] {
  const inText = text?.match(webAddress) ?? [];
  const inHtml = [...(html ?? "").matchAll(/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(([, double, single]) =>
    plain(double ?? single ?? ""),
  );
  return [...new Set([...inText, ...inHtml.filter((link) => /^https?:/.test(link))])];
}

const plain = (attribute: string): string =>
  attribute
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
