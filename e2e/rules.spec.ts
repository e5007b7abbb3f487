import type { Locator } from "@playwright/test";
import { buyHome } from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { buyerOf } from "./support/paying.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(180_000);

const aunt = "@ruth:jones.family";
const next = (page: Page) => page.getByRole("button", { name: "Continue" }).click();
/** The answer beside one line of rules. */
const line = (within: Locator, called: string): Locator =>
  within.locator(".answers > div").filter({ has: within.page().getByText(called, { exact: true }) });

test("A parent allows a child of nine an aunt on another server: what changes is shown before it holds, and of two windows the older one is told", async ({
  page,
}) => {
  const buyer = buyerOf("rules");
  await buyHome(page, buyer, [{ given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" }]);
  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}`);
  const rules = page.getByRole("region", { name: "Rules for Mia" });
  await expect(line(rules, "May write to")).toContainText("Everybody at home.");
  await expect(line(rules, "Somebody else writes")).toContainText("You are asked first. Mia sees nothing");
  await expect(line(rules, "Rooms")).toContainText("Mia opens no rooms");
  await expect(line(rules, "Listed anywhere")).toContainText(`Mia has no page at ${buyer.name}/mia.`);

  await rules.getByRole("link", { name: "Change the rules for Mia" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Rules for Mia" })).toBeVisible();
  await expect(page.getByText("Nothing yet: the account is as it began.")).toBeVisible();
  const older = await page.context().newPage();
  await older.goto(page.url());

  // A mistake is named beside its field, and nothing that was chosen is lost.
  await page.getByLabel("Allow one more person").fill("ruth");
  await page.getByLabel("Mia may open rooms").check();
  await next(page);
  await expect(page.locator("#allow-error")).toContainText("Enter a whole address, like @ruth:jones.family");
  await expect(page.getByLabel("Allow one more person")).toHaveValue("ruth");
  await expect(page.getByLabel("Mia may open rooms")).toBeChecked();
  await page.getByLabel("Allow one more person").fill(aunt);
  await next(page);

  // Each sentence before and after; going back keeps the choice.
  await expect(page.getByRole("heading", { level: 1, name: "This changes for Mia" })).toBeVisible();
  const main = page.getByRole("main");
  await expect(line(main, "May write to")).toContainText(`These people, one by one: ${aunt}.`);
  await expect(line(main, "Rooms")).toContainText("Mia opens no rooms: others write first, and Mia answers.");
  await expect(line(main, "Rooms")).toContainText("Mia may open rooms, and so be the first to write.");
  await expect(page.getByText("Somebody else writes")).toHaveCount(0);
  await page.getByRole("button", { name: "Choose again" }).click();
  await expect(page.getByLabel("Allow one more person")).toHaveValue(aunt);
  await page.getByLabel("Mia may open rooms").uncheck();
  await next(page);
  await expect(page.getByText("Rooms", { exact: true })).toHaveCount(0);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. The home follows within seconds.")).toBeVisible();
  await expect(page.getByRole("button", { name: `Take off ${aunt}` })).toBeVisible();
  const decided = page.getByRole("region", { name: "What was decided" });
  await expect(decided.getByRole("heading", { level: 3 })).toHaveCount(1);
  await expect(decided).toContainText(`: ${buyer.given}`);
  await expect(line(decided, "May write to")).toContainText(aunt);

  // The window from before decides nothing, and shows how it is now.
  await older.getByLabel("Pause the account").check();
  await next(older);
  await expect(older.getByText("Somebody changed these rules meanwhile.")).toBeVisible();
  await expect(older.getByLabel("Pause the account")).not.toBeChecked();
  await older.getByLabel("Pause the account").check();
  await next(older);
  await expect(older.getByRole("heading", { level: 1, name: "This changes for Mia" })).toBeVisible();

  // It is on the page that saves, too: what another window decided since stands.
  await page.getByRole("button", { name: `Take off ${aunt}` }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("button", { name: `Take off ${aunt}` })).toHaveCount(0);
  await older.getByRole("button", { name: "Save" }).click();
  await expect(older.getByText("Somebody changed these rules meanwhile.")).toBeVisible();
  await older.getByLabel("Pause the account").check();
  await next(older);
  await older.getByRole("button", { name: "Save" }).click();
  await older.getByRole("link", { name: "Back to the family" }).click();
  const paused = older.getByRole("region", { name: "Rules for Mia" });
  await expect(paused.locator(".chip")).toHaveText("Paused");
  await expect(line(paused, "May write to")).not.toContainText(aunt);
  await older.close();
});

test("A parent chooses quiet hours by the clock of the home, smaller files and no further app: each mistake is named beside its field, and the family's page says what holds", async ({
  page,
}) => {
  const buyer = buyerOf("quiet");
  await buyHome(page, buyer, [{ given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" }]);
  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}`);
  await page.getByRole("link", { name: "Change the rules for Mia" }).click();
  const school = page.getByRole("group", { name: "Nights before school: Sunday to Thursday" });
  // The clock of the country on the deed is chosen already.
  await expect(page.getByLabel("By the clock of")).toHaveValue("Europe/London");

  await school.getByLabel("From").fill("20:30");
  await page.getByLabel("The largest file Mia may send").selectOption("Up to 5 megabytes each.");
  await next(page);
  await expect(page.locator("#schoolTo-error")).toContainText("Choose both times, or leave both empty.");
  await expect(school.getByLabel("From")).toHaveValue("20:30");
  await expect(page.getByLabel("The largest file Mia may send")).toHaveValue("5");
  await school.getByLabel("To").fill("07:00");
  await page.getByLabel("By the clock of").selectOption("");
  await next(page);
  await expect(page.locator("#zone-error")).toContainText("Choose the city whose time your home has");
  await page.getByLabel("By the clock of").selectOption("Paris, Europe");
  await page.getByLabel("No further app").check();
  await next(page);

  const main = page.getByRole("main");
  const nights = "From 20:30 to 07:00, beginning on Sunday, Monday, Tuesday, Wednesday and Thursday.";
  await expect(line(main, "Quiet hours")).toContainText(nights);
  await expect(line(main, "Files")).toContainText("Up to 5 megabytes each.");
  await expect(line(main, "Signing in")).toContainText("On no further app, not even with the password.");
  await expect(main).toContainText("Quiet hours go by the clock of Paris, Europe, for each child at home.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. The home follows within seconds.")).toBeVisible();
  await expect(page.getByLabel("By the clock of")).toHaveValue("Europe/Paris");
  await page.getByRole("link", { name: "Back to the family" }).click();
  const rules = page.getByRole("region", { name: "Rules for Mia" });
  await expect(line(rules, "Quiet hours")).toContainText(nights);

  // They end when both times are emptied, and another clock alone is a change as well.
  await rules.getByRole("link", { name: "Change the rules for Mia" }).click();
  await page.getByLabel("By the clock of").selectOption("London, Europe");
  await next(page);
  await expect(main).toContainText("Quiet hours go by the clock of London, Europe, for each child at home.");
  await page.getByRole("button", { name: "Choose again" }).click();
  await school.getByLabel("From").fill("");
  await school.getByLabel("To").fill("");
  await next(page);
  await expect(line(main, "Quiet hours")).toContainText("None.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. The home follows within seconds.")).toBeVisible();
});
