import { buyHome } from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { askAboutNextYear } from "./support/later-year.ts";
import { buyerOf } from "./support/paying.ts";
import { expect, test } from "./support/test.ts";

test.setTimeout(180_000);

test("A family whose name costs much more next year says no, thinks better of it, and reads what its bill will be", async ({
  page,
}) => {
  const buyer = buyerOf("dearer-year");
  await buyHome(page, buyer);
  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}/bill`);
  const ahead = page.getByRole("region", { name: "What changes next year" });
  await expect(ahead).toContainText("the same as this year");
  await askAboutNextYear(buyer.email);
  await page.reload();
  await expect(ahead.getByRole("heading", { name: /^Your name costs much more from .*Yes or no\?$/ })).toBeVisible();
  for (const words of ["£34.20 a year instead of £21.00", "Your bill would be £7.35 each month", "you pay £26.16"])
    await expect(ahead).toContainText(words);
  await expect(ahead).toContainText("Your last bill is then £19.25");
  await ahead.getByRole("button", { name: "No", exact: true }).click();
  await expect(ahead.getByRole("heading", { name: "You said no to £34.20 a year" })).toBeVisible();
  await expect(ahead).toContainText("Your bill goes from £6.25 to £6.68 each month");
  await ahead.getByRole("button", { name: "Yes, pay £34.20 a year" }).click();
  await expect(ahead.getByRole("heading", { name: "You said yes to £34.20 a year" })).toBeVisible();
  await expect(ahead).toContainText("Your bill goes from £6.25 to £7.35 each month");
});
