import { describe, expect, test } from "vitest";
import { letterHtml } from "./letter-html.ts";
import { wrapped } from "./wrapped.ts";

const link = "https://n.test/home/smith.family/bill";
const said = (body: string) =>
  letterHtml({ subject: "A & B", body, foot: "Write to help@n.test.\nNameplate", plate: "smith.family", button });
const button = { link, words: "Your bill" };

describe("A letter as a page", () => {
  test("has a button in place of its one address, and other addresses as links that say where they lead", () => {
    const html = said(`See:\n\nYour bill: ${link}\n\nOr ${link}/stop and https://n.test/a?b=1&c=2.`);
    expect(html.match(/<a class="b" href="([^"]*)"[^>]*>([^<]*)</)?.slice(1)).toEqual([link, "Your bill"]);
    expect(html).not.toContain("Your bill:");
    expect(html).toContain(`<a href="${link}/stop" style="color:#1c4a3a">${link}/stop</a>`);
    expect(html).toContain('<a href="https://n.test/a?b=1&amp;c=2"');
    expect(html).toContain('<a href="mailto:help@n.test"');
  });

  test("shows what people typed as text", () => {
    const html = said('<img src="x"> @anna:smith.family');
    expect(html).toContain("&lt;img src=&quot;x&quot;&gt; @anna:smith.family<");
    expect(html).toContain("<title>A &amp; B</title>");
  });

  test("goes on with a line that begins with blanks", () => {
    expect(said("2. When it asks,\n   type it.\n3. Done")).toContain("2. When it asks, type it.<br>3. Done");
  });
});

describe("A plain letter's lines", () => {
  test("are broken between words at 78 columns, and an address never is", () => {
    const address = `https://n.test/${"a".repeat(90)}`;
    const text = wrapped(`${"word ".repeat(40).trim()}\n\n   ${"in ".repeat(40).trim()}\n${address}`);
    const lines = text.split("\n");
    expect(lines.filter((line) => line.length > 78)).toEqual([address]);
    expect(lines.filter((line) => line.includes("in")).every((line) => line.startsWith("   in"))).toBe(true);
    expect(text.replaceAll(/\s+/g, " ")).toBe(`${"word ".repeat(40)}${"in ".repeat(40)}${address}`);
  });
});
