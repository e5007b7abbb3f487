import { expect, test } from "vitest";
import { smith } from "@/lib/provisioning/testing/small-world.ts";
import { renderSite } from "./render-site.ts";

const render = renderSite({ css: "body{}", webUrl: "https://n.test", supportEmail: "help@n.test", sandbox: false });
const filesOf = (host: string) =>
  new Map(
    render(smith)
      .get(host)
      ?.map((file) => [file.path, file.content]),
  );

test("an adult has a page with one button that opens the reader's own app", () => {
  const page = filesOf("smith.family").get("anna/index.html") ?? "";
  expect(page).toContain('href="https://matrix.to/#/%40anna%3Asmith.family"');
  expect(page.match(/class="button/g)).toHaveLength(1);
});

test("whoever comes to a person's page or to the home's front page can report it at ours", () => {
  const files = filesOf("smith.family");
  expect(files.get("anna/index.html")).toContain('href="https://n.test/report?page=smith.family%2Fanna"');
  expect(files.get("index.html")).toContain('href="https://n.test/report?page=smith.family"');
});

test("a child has no page, and no page names one", () => {
  const files = filesOf("smith.family");
  expect([...files.keys()].some((path) => path.startsWith("mia"))).toBe(false);
  expect([...files.values()].join("")).not.toMatch(/mia/i);
});

test("other servers, apps and helpers find what they ask for first", () => {
  const files = filesOf("smith.family");
  expect(JSON.parse(files.get(".well-known/matrix/server") ?? "")).toEqual({ "m.server": "smith.family:443" });
  expect(JSON.parse(files.get(".well-known/matrix/client") ?? "")).toEqual({
    "m.homeserver": { base_url: "https://smith.family" },
  });
  expect(JSON.parse(files.get(".well-known/matrix/support") ?? "")).toMatchObject({
    support_page: "https://n.test/help",
  });
  expect(filesOf("www.smith.family").has(".well-known/matrix/server")).toBe(true);
});

test("a given name that looks like markup is only ever text", () => {
  const nasty = {
    ...smith,
    people: [{ id: "p", given: '<img src=x onerror="x">', part: "anna", child: false, runsHome: true, page: true }],
  };
  const page =
    render(nasty)
      .get("smith.family")
      ?.find((file) => file.path === "anna/index.html")?.content ?? "";
  expect(page).not.toContain("<img");
  expect(page).toContain("&lt;img src=x onerror=&quot;x&quot;&gt;");
});

test("in the sandbox every page says that the name is pretend", () => {
  const pages =
    renderSite({ css: "", webUrl: "https://n.test", supportEmail: "h@n.test", sandbox: true })(smith).get(
      "smith.family",
    ) ?? [];
  for (const { path, content } of pages)
    if (path.endsWith(".html")) expect(content).toContain("Money and names are pretend here");
});

test("a home that rests says so on its people's pages, and keeps what other servers ask for", () => {
  const rests = { because: "unpaid", since: new Date("2026-12-24T00:00:00Z") } as const;
  const files = new Map(
    render({ ...smith, rests })
      .get("smith.family")
      ?.map((file) => [file.path, file.content]),
  );
  const page = files.get("anna/index.html") ?? "";
  expect(page).toContain("smith.family is resting.");
  expect(page).toContain("Messages are not lost; its people have been told.");
  expect(page).not.toContain("matrix.to");
  expect(files.get(".well-known/matrix/server")).toBe(filesOf("smith.family").get(".well-known/matrix/server"));
});
