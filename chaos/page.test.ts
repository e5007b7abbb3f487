import { expect, test } from "vitest";
import { Page } from "./page.ts";

const page = (html: string): Page => new Page(new URL("http://localhost/start/look"), html);

test("a form has what is sent when nobody touches anything, as React writes it", () => {
  const [form] = page(`
    <form class="stack" action="" encType="multipart/form-data" method="POST" noValidate="">
      <input type="hidden" name="$ACTION_ID_0a"/><input type="hidden" name="seen" value="a&amp;b &quot;c&quot;"/>
      <input type="text" class="input" id="given" name="given" value=""/>
      <input type="radio" name="name" value="smith.family"/><input type="radio" name="name" checked="" value="jones.family"/>
      <input type="checkbox" id="consent" name="consent" value="yes"/>
      <select id="country" name="country"><option value="">Choose</option><option value="GB" selected="">Kingdom</option></select>
      <button class="button"><svg><path d="M0 0"/></svg> Continue</button>
    </form>`).forms;
  expect(form).toMatchObject({ action: "", method: "POST", multipart: true, words: "Continue" });
  expect(form?.fields).toEqual([
    ["$ACTION_ID_0a", ""],
    ["seen", 'a&b "c"'],
    ["given", ""],
    ["name", "jones.family"],
    ["country", "GB"],
  ]);
  expect(form?.inputs.get("name")).toEqual(["smith.family", "jones.family"]);
  expect(form?.inputs.get("country")).toEqual(["", "GB"]);
  expect(form?.inputs.has("seen")).toBe(false);
});

test("a form is found by what can be filled in, and by what its button says", () => {
  const both = page(
    `<form action="/start/name"><input name="q"/><button>Find my name</button></form>
     <form action="" method="POST"><button class="button--quiet">Give me £6.25&nbsp;back</button></form>`,
  );
  expect(both.formWith("q")).toMatchObject({ action: "/start/name", method: "GET", multipart: false });
  expect(both.formSaying(/^Give me .* back$/)?.method).toBe("POST");
  expect(both.formWith("name")).toBeUndefined();
});

test("the heading is read as people read it", () => {
  expect(page("<h1 class='x'>You’re <b>home</b>,\n Anna &amp; Ben.</h1>").heading).toBe("You’re home, Anna & Ben.");
});
