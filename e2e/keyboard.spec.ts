import { anna, cards, seeHome } from "./journey/buy-home.ts";
import { expect, type Page, test } from "./support/test.ts";

const stamp = Date.now().toString(36);

/** More presses of Tab than any page of ours has places to stop at. */
const mostStops = 80;

interface Stop {
  /** What a screen reader would call it: its label, text or aria-label. */
  readonly name: string;
  readonly role: string;
  readonly visible: boolean;
  readonly ring: boolean;
}

/** Where the keyboard stands: its name, whether it can be seen, and whether it shows that the keyboard stands there. */
const here = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const at = document.activeElement;
    if (!(at instanceof HTMLElement) || at === document.body) return { name: "", role: "", visible: false, ring: true };
    const labels =
      "labels" in at ? [...((at as HTMLInputElement).labels ?? [])].map((one) => one.textContent ?? "") : [];
    const name = (labels.join(" ") || at.getAttribute("aria-label") || at.textContent || "")
      .replace(/\s+/g, " ")
      .trim();
    const role = at instanceof HTMLInputElement ? at.type : at.tagName.toLowerCase();
    // A radio or a tick is drawn by its label, an input between the parts of an address by the box around them.
    const drawn = [at, at.closest("label"), at.nextElementSibling, at.parentElement].filter(
      (one) => one instanceof HTMLElement,
    );
    const looks = () =>
      drawn.map((one) => {
        const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(one as HTMLElement);
        return outlineStyle === "none" ? boxShadow : `${outlineStyle} ${outlineWidth} ${outlineColor} ${boxShadow}`;
      });
    const stoodOn = looks().join();
    at.blur();
    const left = looks().join();
    at.focus({ preventScroll: true });
    const box = at.getBoundingClientRect();
    const inLabel = at.closest("label")?.getBoundingClientRect();
    const seen = [box, inLabel].some(
      (one) =>
        one &&
        one.width > 1 &&
        one.height > 1 &&
        one.bottom > 0 &&
        one.top < innerHeight &&
        one.right > 0 &&
        one.left < innerWidth,
    );
    return { name, role, visible: seen, ring: stoodOn !== left };
  });

/** Presses Tab until it stands on what is called so. On the way each stop must be seen, with a ring around it. */
async function tabTo(page: Page, name: string | RegExp, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
  const passed: string[] = [];
  for (let n = 0; n < mostStops; n++) {
    await page.keyboard.press(key);
    const stop = await here(page);
    if (stop.name === "") continue; // past the end, at the browser's own bar
    passed.push(stop.name);
    expect(stop, `the stop “${stop.name}” of ${page.url()}`).toMatchObject({ visible: true, ring: true });
    if (typeof name === "string" ? stop.name.includes(name) : name.test(stop.name)) return;
  }
  throw new Error(`The keyboard never came to ${name}. It stood on: ${passed.join(" | ")}`);
}

async function type(page: Page, field: string | RegExp, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(text);
}

async function press(page: Page, button: string | RegExp, key?: "Tab" | "Shift+Tab"): Promise<void> {
  await tabTo(page, button, key);
  await page.keyboard.press("Enter");
}

/** After a change of screen a reader begins at its heading. */
async function atHeading(page: Page, name: string | RegExp): Promise<void> {
  const heading = page.getByRole("heading", { level: 1, name });
  await expect(heading).toBeVisible();
  await expect(heading).toBeFocused();
}

test("the whole way from the front page to a chosen password goes by keyboard alone, the payment page included", async ({
  page,
}) => {
  const buyer = anna(`keys-${stamp}.family`);
  await page.goto("/");
  await page.keyboard.press("Tab");
  expect((await here(page)).name).toBe("Skip to the page");
  await page.keyboard.press("Enter");
  await type(page, "What should your name be?", buyer.name);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "What should your name be?" })).toBeVisible();
  await tabTo(page, buyer.name);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Space");
  await expect(page.locator(`input[type=radio][value="${buyer.name}"]`)).toBeChecked();
  await press(page, "Continue");

  await atHeading(page, "This is how you will look");
  await type(page, "What do people call you?", "Anna");
  await type(page, "Your part of the address", "anna");
  await type(page, "Type your name once more", "another.family");
  await press(page, "Continue");
  // What is wrong takes the focus, and its link leads to the field.
  await expect(page.getByRole("alert").filter({ hasText: "There is a problem" })).toBeFocused();
  await press(page, /^You typed another\.family/);
  expect((await here(page)).name).toContain("Type your name once more");
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.insertText(buyer.name);
  await page.keyboard.press("Enter");

  await atHeading(page, "Who is it for?");
  // What is chosen is billed at once, and the keyboard stays where it stood.
  await tabTo(page, /^The family/);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("complementary", { name: "Your order so far" })).toContainText("for one person");
  await expect.poll(async () => (await here(page)).name).toMatch(/^Just me/);
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("complementary", { name: "Your order so far" })).toContainText("up to 6 people");
  await press(page, "Add another person", "Shift+Tab");
  await expect.poll(async () => (await here(page)).name).toContain("Given name");
  await page.keyboard.insertText("Mia");
  await type(page, "Their part of the address", "mia");
  await tabTo(page, /Adult|Child/);
  await page.keyboard.press("ArrowDown");
  if (!(await page.getByLabel("Child, under 18").isChecked())) await page.keyboard.press("ArrowDown");
  await expect(page.getByLabel("Child, under 18")).toBeChecked();
  // The question that comes with it is the next stop.
  await tabTo(page, "Under 10");
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByLabel("10 to 12")).toBeChecked();
  await expect(page.getByRole("heading", { name: "How Mia’s account begins" })).toBeVisible();
  await press(page, "Continue");

  await atHeading(page, "Whose name goes on the deed?");
  await type(page, "Full name", "Anna Smith");
  await type(page, "E-mail", buyer.email);
  await type(page, "Phone", "+44 7700 900123");
  await tabTo(page, "Country");
  await page.keyboard.type("United Kingdom");
  await expect(page.getByLabel("Country")).toHaveValue("GB");
  await type(page, "House and street", "14 Mill Lane");
  await type(page, "Town or city", "Frome");
  await type(page, "County", "Somerset");
  await type(page, "Postcode", "BA11 1AA");
  await press(page, "Continue");

  await atHeading(page, "Check and pay");
  await tabTo(page, /^By the month/);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("complementary", { name: "Your bill" })).toContainText("Each year");
  await expect.poll(async () => (await here(page)).name).toMatch(/^By the year/);
  await tabTo(page, /^Begin now/);
  await page.keyboard.press("Space");
  await tabTo(page, /^I am the parent or guardian of Mia/);
  await page.keyboard.press("Space");
  await press(page, /^Subscribe and pay/);

  await expect(page.getByLabel("Card number")).toBeVisible();
  await type(page, "Card number", cards.success.replaceAll(" ", ""));
  await type(page, "Expiry date", "12 / 34");
  await type(page, "Security code", "123");
  await type(page, "Name on the card", "Anna Smith");
  await type(page, "Postcode", "BA11 1AA");
  await press(page, /^Subscribe and pay/);

  await seeHome(page, buyer);
  await press(page, "Choose my password");
  await atHeading(page, "Hello Anna. Your place is ready.");
  await type(page, /^Choose a password/, `by keyboard alone ${stamp}`);
  await press(page, "Save my password");
  await atHeading(page, /^Saved\./);
});

test("going back by keyboard shows what was typed, and each screen begins at its heading", async ({ page }) => {
  const buyer = anna(`back-${stamp}.family`);
  await page.goto(`/start/name?q=${buyer.name}`);
  await press(page, "Continue");
  await atHeading(page, "This is how you will look");
  await press(page, "Choose another name");
  await atHeading(page, "What should your name be?");
  await expect(page.locator(`input[type=radio][value="${buyer.name}"]`)).toBeChecked();
  await press(page, "Continue");
  await atHeading(page, "This is how you will look");
  await press(page, /^Back$/);
  await atHeading(page, "What should your name be?");
});
