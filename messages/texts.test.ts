import { globSync, readFileSync } from "node:fs";
import { parse as parseMessage } from "@formatjs/icu-messageformat-parser";
import { type ESTree, parseSync, Visitor } from "vite";
import { describe, expect, it } from "vitest";
import { isReasonCode, reasonCodes } from "@/lib/provisioning/reasons.ts";
import broken from "./en.broken.json" with { type: "json" };
import catalogue from "./en.json" with { type: "json" };
import mails from "./en.mail.json" with { type: "json" };
import pages from "./en.pages.json" with { type: "json" };

type Tree = { readonly [key: string]: string | Tree };

/** Every message with its whole key, such as `name.errors.space`. */
const flat = (tree: Tree, before = ""): [key: string, message: string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${before}${key}`, value] as [string, string]] : flat(value, `${before}${key}.`),
  );
const messages = new Map(flat(catalogue as Tree));
const others = new Map([...flat(mails as Tree), ...flat(pages as Tree), ...flat(broken)]);
const sources = (pattern: string) => globSync(pattern).filter((file) => !/\.test\.tsx?$|lib\/generated/.test(file));
const read = (file: string) => readFileSync(file, "utf8");

/** Names of tags and of values in a parsed message. The numbers are the parser's: 8 is a tag, 1 to 6 are values of a kind. */
function namesIn(part: unknown, tags: Set<string>, values: Set<string>): void {
  if (Array.isArray(part)) for (const one of part) namesIn(one, tags, values);
  else if (typeof part === "object" && part !== null) {
    const { type = 0, value, children, options } = part as MessagePart;
    if (type === 8) tags.add(String(value));
    else if (type >= 1 && type <= 6) values.add(String(value));
    namesIn(children, tags, values);
    for (const option of Object.values(options ?? {})) namesIn(option.value, tags, values);
  }
}

interface MessagePart {
  readonly type?: number;
  readonly value?: unknown;
  readonly children?: unknown;
  readonly options?: Readonly<Record<string, { readonly value: unknown }>>;
}

describe("the catalogue", () => {
  it.each([...messages])("%s is a message, and no tag in it is called as a value is", (_key, message) => {
    const [tags, values] = [new Set<string>(), new Set<string>()];
    namesIn(parseMessage(message), tags, values);
    expect([...tags].filter((tag) => values.has(tag))).toEqual([]);
  });

  it.each([...others])("%s is a message", (_key, message) => {
    expect(() => parseMessage(message)).not.toThrow();
  });

  it("has every key that a verb names", () => {
    const named = sources("{lib,app}/**/*.{ts,tsx}").flatMap((file) =>
      [...read(file).matchAll(/\bkey: "([a-z]\w*(?:\.[\w-]+)+)"/gi)].map((found) => found[1] ?? ""),
    );
    expect(named.length).toBeGreaterThan(30);
    expect([...new Set(named)].filter((key) => !messages.has(key))).toEqual([]);
  });

  // These put a prefix before the word they are called with.
  it.each([
    ["lib/names/parse-name.ts", "problem", "name.errors."],
    ["lib/names/parse-part.ts", "wrong", "part.errors."],
    ["lib/orders/deed/read-deed.ts", "error", "deed.errors."],
    ["lib/orders/deed/phone-problem.ts", "error", "deed.errors."],
  ])("has every word that %s says", (file, call, prefix) => {
    const words = [...read(file).matchAll(new RegExp(`\\b${call}\\(\\s*"(\\w+)"`, "g"))].map(
      (found) => `${prefix}${found[1]}`,
    );
    expect(words.length).toBeGreaterThan(3);
    expect(words.filter((key) => !messages.has(key))).toEqual([]);
  });

  it.each(reasonCodes)("says what %s is to the customer, and what it means to the staff", (code) => {
    expect(
      [`reasons.of.${code}.what`, `reasons.of.${code}.doing`, `staff.meaning.${code}`].filter(
        (key) => !messages.has(key),
      ),
    ).toEqual([]);
  });

  it("has no sentence for a reason that no step gives", () => {
    const told = [...Object.keys(catalogue.reasons.of), ...Object.keys(catalogue.staff.meaning)];
    expect(told.filter((code) => !isReasonCode(code))).toEqual([]);
  });

  it("has an answer for each field of the deed that is empty", () => {
    const fields = Object.keys(catalogue.deed.fields).filter((field) => !field.endsWith("Hint"));
    expect(fields.filter((field) => !messages.has(`deed.errors.${field}Empty`))).toEqual([]);
  });
});

/** A message with each of its choices made for these values, and whatever else is filled in left out. */
function chosen(parts: readonly MessagePart[], values: Readonly<Record<string, string>>): string {
  return parts
    .map(({ type, value, children, options }) => {
      if (type === 0) return String(value);
      if (type === 8) return chosen(children as readonly MessagePart[], values);
      const option = options?.[values[String(value)] ?? "other"] ?? options?.["other"];
      return option ? chosen(option.value as readonly MessagePart[], values) : "…";
    })
    .join("");
}
const spoken = (message: string, values: Readonly<Record<string, string>>) =>
  chosen(parseMessage(message) as readonly MessagePart[], values);
const withChoice = (of: string) =>
  [...messages, ...others].filter(([, message]) => message.includes(`{${of}, select,`));

describe("a text that has a form for", () => {
  it.each(withChoice("period"))("the year and one for the month: %s speaks in each of one alone", (_key, message) => {
    const [month, year] = [spoken(message, { period: "month" }), spoken(message, { period: "year" })];
    expect(year).not.toBe(month);
    expect(year).not.toMatch(/\bmonth|twelve parts/i);
  });

  it.each(withChoice("tax"))("where there is no tax: %s says nothing of it there", (_key, message) => {
    expect(spoken(message, { tax: "inclusive" })).toMatch(/\btax/i);
    expect(spoken(message, { tax: "none" })).not.toMatch(/\btax/i);
  });

  // One is of a home that costs nothing where others cost something.
  it.each([...messages, ...others].filter(([key]) => /(Free|-free(\.\w+)?)$/.test(key) && key !== "pay.consentFree"))(
    "where nothing costs anything: %s speaks of no payment",
    (_key, message) => {
      expect(message).not.toMatch(/\b(pay|paid|price|bill|charge|cost|money|refund|tax|buy|bought|sell)/i);
    },
  );

  it("knows both", () => {
    expect(withChoice("period").length).toBeGreaterThan(15);
    expect(withChoice("tax").length).toBeGreaterThan(5);
  });
});

/** Attributes that people read or hear. */
const readAloud = new Set([
  "aria-label",
  "aria-description",
  "title",
  "alt",
  "placeholder",
  "label",
  "heading",
  "hint",
  "legend",
  "summary",
  "words",
  "text",
]);
const letters = /\p{L}/u;

/** The words of a literal, as far as a program can see them. */
function wordsOf(node: ESTree.Node | null | undefined): string[] {
  if (node?.type === "JSXExpressionContainer") return wordsOf(node.expression);
  if (node?.type === "Literal") return typeof node.value === "string" ? [node.value] : [];
  return node?.type === "TemplateLiteral" ? node.quasis.map((part) => part.value.raw) : [];
}

/** Texts that stand in the markup itself. */
function textsIn(file: string): string[] {
  const { program, errors } = parseSync(file, read(file), { lang: "tsx" });
  expect(errors).toEqual([]);
  const found: string[] = [];
  const visitor = Object.fromEntries([
    ["JSXText", (node: ESTree.JSXText) => found.push(node.value)],
    ["JSXElement", (node: ESTree.JSXElement) => found.push(...node.children.flatMap(wordsOf))],
    [
      "JSXAttribute",
      ({ name, value }: ESTree.JSXAttribute) =>
        name.type === "JSXIdentifier" && readAloud.has(name.name) && found.push(...wordsOf(value)),
    ],
  ]);
  new Visitor(visitor).visit(program);
  return found.filter((text) => letters.test(text)).map((text) => text.trim());
}

describe("the markup", () => {
  it.each(sources("{app,components}/**/*.tsx"))("%s holds no text of its own", (file) => {
    expect(textsIn(file)).toEqual([]);
  });
});
