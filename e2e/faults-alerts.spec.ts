import { seeHome } from "./journey/buy-home.ts";
import { moneyOf, monthMinor } from "./support/facts.ts";
import { buyerOf, pay, toPayment } from "./support/paying.ts";
import { mayHandlePrograms, whileHeld } from "./support/processes.ts";
import { forgetFaults, planFault, setName } from "./support/sandbox.ts";
import { joinStaff } from "./support/staff.ts";
import { expect, type Page, test } from "./support/test.ts";

test.skip(!mayHandlePrograms, "adds somebody to the staff of a copy that scripts/test started");
test.afterEach(forgetFaults);

/** Alerts open in the moment in which a worker sees them, and at the latest in its slow rounds, half a minute apart. */
const slowly = { timeout: 45_000 };
const alertsOn = (desk: Page) => desk.getByRole("region", { name: "Open alerts", exact: true });

test("a blocked family is an open alert above everything the staff see, leads to its step, and is over by itself", async ({
  page,
  openBrowser,
}) => {
  const buyer = buyerOf("alerted");
  await toPayment(page, buyer);
  await planFault("cloudflare", { call: "registrations.create", kind: "refuse", words: "The account has no funds." });
  await pay(page, buyer);
  await expect(page.getByText("A person here finds out why, and puts it right.")).toBeVisible();

  const desk = await openBrowser();
  await joinStaff(desk, "robin@nameplate.example", "Robin");
  // The first page shows those that wait longest, which may be other families'.
  await expect(alertsOn(desk)).toBeVisible();
  await desk.goto("/admin/alerts");
  const alert = alertsOn(desk).getByRole("row").filter({ hasText: buyer.name });
  await expect(alert).toContainText("domain, refused");
  await expect(alert).toContainText("The account has no funds.");
  await expect(desk.getByRole("link", { name: /^Alerts \(\d+\)$/ })).toBeVisible();
  await alert.getByRole("link", { name: "domain, refused" }).click();
  await expect(desk.getByRole("heading", { level: 1, name: "domain" })).toBeVisible();
  // Vendor, call, answer, request; what it means; what to press; and what to name.
  const why = desk.getByRole("main");
  await expect(why).toContainText(
    /Cloudflare answered 4\d\d to registrations\.create, request .+: The account has no funds\./,
  );
  await expect(why).toContainText("When its cause is gone, press “Try again”.");
  await expect(why).toContainText(/Looked at [\d:]+\. Order NP-\d{4,}, tenant ten_\w+\./);

  await desk.getByRole("button", { name: "Try again" }).click();
  const asked = desk.getByRole("dialog", { name: `Try ${buyer.name} again?` });
  await asked.getByLabel("Why").fill("The account was topped up.");
  await asked.getByRole("button", { name: "Try again" }).click();
  await seeHome(page, buyer);
  await desk.goto("/admin/alerts");
  await expect(desk.getByRole("main")).not.toContainText(buyer.name);
  await desk.goto(`/admin?q=${buyer.name}`);
  await desk.getByRole("link", { name: buyer.name }).click();
  await expect(desk.getByText("Alert opened: domain, refused")).toBeVisible();
  await expect(desk.getByText("Alert closed: domain, refused")).toBeVisible();
});

test("money that the bank did not take back is an alert, and staff begin it anew: it goes back once", async ({
  page,
  openBrowser,
}) => {
  const lost = buyerOf("stuckmoney");
  await toPayment(page, lost);
  await planFault("stripe", { call: "refunds.create", kind: "refuse", words: "The balance is too low." });
  await whileHeld(["worker"], async () => {
    await pay(page, lost);
    await expect(page.getByRole("heading", { level: 1, name: "We are waiting for your bank" })).toBeVisible();
    await setName(lost.name, "taken");
  });
  await page.getByRole("button", { name: "Give me £6.25 back" }).click();
  await expect(page.getByText("Your bank did not take it yet")).toBeVisible();

  const desk = await openBrowser();
  await joinStaff(desk, "drew@nameplate.example", "Drew");
  await expect(async () => {
    await desk.goto("/admin/alerts");
    await expect(alertsOn(desk)).toContainText(lost.name, { timeout: 1000 });
  }).toPass(slowly);
  const alert = alertsOn(desk).getByRole("row").filter({ hasText: lost.name });
  await expect(alert).toContainText("Refund refused");
  await expect(alert).toContainText("The balance is too low.");
  await alert.getByRole("button", { name: "Begin anew" }).click();
  const asked = desk.getByRole("dialog", { name: "Begin this anew?" });
  await asked.getByRole("button", { name: "Begin anew" }).click();
  await expect(asked).toContainText("Say why, in a few words.");
  await asked.getByLabel("Why").fill("The balance was topped up.");
  await asked.getByRole("button", { name: "Begin anew" }).click();

  await expect(page.getByRole("heading", { level: 1, name: "You got your money back" })).toBeVisible();
  expect((await moneyOf(lost)).refunded).toEqual([monthMinor]);
  await expect(alertsOn(desk).getByRole("row").filter({ hasText: lost.name })).toHaveCount(0);
  await desk.goto("/admin/audit");
  const audited = desk.getByRole("row").filter({ hasText: "The balance was topped up." });
  await expect(audited).toContainText("began anew what was given up");
  await expect(audited).toContainText("It was begun anew.");
});
