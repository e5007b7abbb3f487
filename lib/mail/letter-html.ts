/** What a letter says, to be laid out as a page. */
export interface Said {
  readonly subject: string;
  /** As in the plain letter: paragraphs apart by an empty line, and a line that begins with blanks goes on with the one before. */
  readonly body: string;
  readonly foot: string;
  /** On the plate above: the family's name, or ours. */
  readonly plate: string;
  /** The one button: it takes the place of this address. */
  readonly button: { readonly link: string; readonly words: string } | undefined;
}

/** Mail programs know few rules: tables, styles on each element, and these few for the dark. Colours are those of the pages. */
const dark =
  "@media (prefers-color-scheme:dark){.bg{background:#111614!important}.card{background:#19201d!important}.t{color:#f0ede4!important}.m{color:#b9c0b8!important}.t a,.m a{color:#e6c681!important}.b{background:#e0bb6b!important;color:#1c1506!important}}";
const serif = "Georgia,'Times New Roman',serif";
const sans = "Arial,Helvetica,sans-serif";

/** The same words as the plain letter's. Nothing is loaded, so that nobody sees when it was read. */
export const letterHtml = ({ subject, body, foot, plate, button }: Said): string =>
  `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${escaped(subject)}</title><style>${dark}</style></head>
<body class="bg" style="margin:0;padding:0;background:#f5f4ef">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="bg" style="background:#f5f4ef"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="560" cellpadding="0" cellspacing="0" class="card" style="width:100%;max-width:560px;background:#ffffff;border-radius:14px">
<tr><td align="center" style="background:#1d3a30;padding:24px;border-radius:14px 14px 0 0"><span style="display:inline-block;background:#d3ad5e;border:1px solid #ecd59d;border-bottom-color:#8a6a25;border-radius:6px;padding:10px 20px;font:normal 20px/1.2 ${serif};color:#291c06;overflow-wrap:anywhere">${escaped(plate)}</span></td></tr>
<tr><td style="padding:28px 28px 16px">
<h1 class="t" style="margin:0 0 16px;font:normal 28px/1.2 ${serif};color:#19201c;overflow-wrap:anywhere">${escaped(subject)}</h1>
${body
  .split("\n\n")
  .map((paragraph) => paragraphHtml(paragraph, button))
  .join("\n")}
<p class="m" style="margin:24px 0 16px;font:15px/1.5 ${sans};color:#474e49;overflow-wrap:anywhere">${linesOf(foot).map(linked).join("<br>")}</p>
</td></tr></table></td></tr></table></body></html>
`;

function paragraphHtml(paragraph: string, button: Said["button"]): string {
  const [before = "", after] = button ? split(paragraph, button.link) : [paragraph];
  // What the button says itself is not said before it.
  const words = (part = ""): string => {
    const own = part.trim();
    const rest = button && own.endsWith(`${button.words}:`) ? own.slice(0, -button.words.length - 1) : own;
    return rest.trim() === "" ? "" : textHtml(rest);
  };
  return `${words(before)}${button && after !== undefined ? buttonHtml(button) : ""}${words(after)}`;
}

/** Where the address stands as a word of its own, and not at the beginning of a longer one. */
function split(paragraph: string, link: string): [string, string?] {
  const at = paragraph.indexOf(link);
  const next = paragraph.charAt(at + link.length);
  return at < 0 || /[\w/]/.test(next) ? [paragraph] : [paragraph.slice(0, at), paragraph.slice(at + link.length)];
}

const textHtml = (text: string): string =>
  `<p class="t" style="margin:0 0 16px;font:17px/1.5 ${sans};color:#19201c;overflow-wrap:anywhere">${linesOf(text).map(linked).join("<br>")}</p>`;

const buttonHtml = ({ link, words }: NonNullable<Said["button"]>): string =>
  `<table role="presentation" cellpadding="0" cellspacing="0" style="margin:0 0 20px"><tr><td class="b" style="background:#1f4034;border-radius:8px"><a class="b" href="${escaped(link)}" style="display:inline-block;padding:14px 24px;font:bold 17px/1.2 ${sans};color:#fffdf5;text-decoration:none;border-radius:8px">${escaped(words)}</a></td></tr></table>`;

const linesOf = (text: string): string[] =>
  text
    .trim()
    .replaceAll(/\n[ \t]+/g, " ")
    .split("\n");

/** Addresses of pages and of mailboxes become links that say where they lead. */
const linked = (line: string): string =>
  escaped(line)
    .replaceAll(/https?:\/\/[^\s<>"']*[^\s<>"'.,;:!?)\]]/g, (to) => anchor(to, to))
    .replaceAll(/(?<![\w@:/])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, (to) => anchor(`mailto:${to}`, to));
const anchor = (to: string, words: string): string => `<a href="${to}" style="color:#1c4a3a">${words}</a>`;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
