import { seeHome } from "./journey/buy-home.ts";
import { expectBoughtOnce } from "./support/facts.ts";
import { buyerOf, pay, toPayment } from "./support/paying.ts";
import { mayHandlePrograms } from "./support/processes.ts";
import { forgetFaults, planFault, purchases } from "./support/sandbox.ts";
import { joinStaff } from "./support/staff.ts";
import { expect, test } from "./support/test.ts";

test.skip(!mayHandlePrograms, "adds somebody to the staff of a copy that scripts/test started");
test.afterEach(forgetFaults);

const words = "The payment method of this account was declined.";

test("staff find a family whose name the registrar refused to sell us, read why, press try again, and the family has its home", async ({
  page,
  openBrowser,
}) => {
  const buyer = buyerOf("blocked");
  await toPayment(page, buyer);
  await planFault("cloudflare", { call: "registrations.create", kind: "refuse", words });
  await pay(page, buyer);
  // The buyer is told that somebody is at it, and nothing is asked of them.
  await expect(page.getByRole("heading", { level: 1, name: "Your home is being made" })).toBeVisible();
  await expect(page.getByText("A person here is looking.").first()).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText("declined");

  const desk = await openBrowser();
  await joinStaff(desk, "casey@nameplate.example", "Casey");
  await desk.getByRole("searchbox").fill(buyer.email);
  await desk.keyboard.press("Enter");
  const line = desk.getByRole("row").filter({ hasText: buyer.name });
  await expect(line).toContainText("Blocked");
  await line.getByRole("link", { name: buyer.name }).click();
  const steps = desk.getByRole("region", { name: `Steps of ${buyer.name}` });
  const domain = steps.getByRole("row", { name: /^domain / });
  await expect(domain).toContainText("Blocked");
  await expect(domain).toContainText(words);
  await domain.getByRole("link", { name: "domain" }).click();

  await expect(desk.getByRole("heading", { level: 1, name: "domain" })).toBeVisible();
  await expect(desk.getByText("The vendor said no. Nothing was done and nothing is repeated by itself.")).toBeVisible();
  const attempts = desk.getByRole("region", { name: "Attempts of domain" });
  await expect(attempts).toContainText(`Register ${buyer.name} for 1 year`);
  await expect(attempts).toContainText("Refused");
  expect(await purchases(buyer.name)).toEqual({ posts: 1, registered: 0 });

  await desk.getByRole("button", { name: "Try again" }).click();
  const asked = desk.getByRole("dialog", { name: `Try ${buyer.name} again?` });
  await asked.getByRole("button", { name: "Try again" }).click();
  await expect(asked).toContainText("Say why, in a few words.");
  await asked.getByLabel("Why").fill("Our own card was renewed at the registrar.");
  await asked.getByRole("button", { name: "Try again" }).click();
  await expect(desk.getByText("1 attempt was put aside, and a worker asked to do what is missing.")).toBeVisible();

  await seeHome(page, buyer);
  await expectBoughtOnce(buyer, 2);
  await desk.reload();
  await expect(desk.getByRole("main")).toContainText("Settled");
  await desk.getByRole("link", { name: "Audit" }).click();
  const audited = desk.getByRole("row").filter({ hasText: "Our own card was renewed at the registrar." });
  await expect(audited).toContainText("Casey");
  await expect(audited).toContainText("tried again");
  await expect(audited.getByRole("link", { name: buyer.name })).toBeVisible();
});
