/** A page as a browser without scripts has it: what stands in it, and the forms that can be filled in and sent. */

export interface Form {
  readonly action: string;
  readonly method: "GET" | "POST";
  readonly multipart: boolean;
  /** What is sent when nobody touches anything, in the order of the page. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Every name that can be filled in, with the values to choose from where it has such. */
  readonly inputs: ReadonlyMap<string, readonly string[]>;
  readonly words: string;
}

export class Page {
  readonly url: URL;
  readonly html: string;
  constructor(url: URL, html: string) {
    this.url = url;
    this.html = html;
  }

  get heading(): string {
    return wordsOf(/<h1[^>]*>(.*?)<\/h1>/s.exec(this.html)?.[1] ?? "");
  }

  get forms(): readonly Form[] {
    return [...this.html.matchAll(/<form\b([^>]*)>(.*?)<\/form>/gs)].map(([, head = "", body = ""]) =>
      readForm(attributesOf(head), body),
    );
  }

  /** The form with this input. */
  formWith(input: string): Form | undefined {
    return this.forms.find((form) => form.inputs.has(input));
  }

  /** The form whose button says so. */
  formSaying(words: RegExp): Form | undefined {
    return this.forms.find((form) => words.test(form.words));
  }
}

function readForm(head: Attributes, body: string): Form {
  const fields: [string, string][] = [];
  const inputs = new Map<string, string[]>();
  const offer = (name: string, value: string): void => void inputs.set(name, [...(inputs.get(name) ?? []), value]);
  for (const [, tag = "", rest = "", inner = ""] of body.matchAll(
    /<(input|select|textarea)\b([^>]*)>(?:(?<=<select\b[^>]*>)(.*?)<\/select>)?/gs,
  )) {
    const is = attributesOf(rest);
    const name = is.get("name");
    if (name === undefined) continue;
    if (tag === "select") {
      const options = [...inner.matchAll(/<option\b([^>]*)>/g)].map(([, option = ""]) => attributesOf(option));
      for (const option of options) offer(name, option.get("value") ?? "");
      fields.push([name, (options.find((option) => option.has("selected")) ?? options[0])?.get("value") ?? ""]);
      continue;
    }
    const choice = is.get("type") === "radio" || is.get("type") === "checkbox";
    const value = is.get("value") ?? (choice ? "on" : "");
    if (is.get("type") !== "hidden") offer(name, value);
    if (!choice || is.has("checked")) fields.push([name, value]);
  }
  return {
    action: head.get("action") ?? "",
    method: head.get("method")?.toUpperCase() === "POST" ? "POST" : "GET",
    multipart: head.get("enctype") === "multipart/form-data",
    fields,
    inputs,
    words: wordsOf([...body.matchAll(/<button\b[^>]*>(.*?)<\/button>/gs)].map(([, words]) => words).join(" ")),
  };
}

type Attributes = ReadonlyMap<string, string>;

const attributesOf = (text: string): Attributes =>
  new Map(
    [...text.matchAll(/([^\s="'/]+)(?:="([^"]*)")?/g)].map(([, name = "", value = ""]) => [
      name.toLowerCase(),
      plain(value),
    ]),
  );

const wordsOf = (html: string): string =>
  plain(html.replaceAll(/<[^>]*>/g, ""))
    .replaceAll(/\s+/g, " ")
    .trim();

const signs: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', nbsp: " " };
const plain = (text: string): string =>
  text.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex: string, decimal: string, name: string) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : (signs[name] ?? whole);
  });
