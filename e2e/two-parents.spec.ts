import { buyHome } from "./journey/buy-home.ts";
import { signInByMail } from "./journey/sign-in.ts";
import { inviteLink, signInForInvite } from "./support/other-parent.ts";
import { buyerOf } from "./support/paying.ts";
import { mailsTo } from "./support/sandbox.ts";
import { expect, type Page, test } from "./support/test.ts";

test.setTimeout(240_000);

const heading = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name, exact: true });
const next = (page: Page) => page.getByRole("button", { name: "Continue" }).click();
const aunt = "@ruth:jones.family";

test("Anna asks Ben, who lives elsewhere: both decide about Mia, each sees what the other did, and Ben leaves", async ({
  page,
  openBrowser,
}) => {
  const buyer = buyerOf("two-parents");
  const ben = `ben@${buyer.name.replaceAll(".", "-")}.post.example`;
  const his = await openBrowser();
  await buyHome(page, buyer, [{ given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" }]);
  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}`);
  await expect(page.getByText(`Looked after by ${buyer.given}.`)).toBeVisible();
  await page.getByRole("link", { name: "Ask another parent" }).click();
  await expect(heading(page, "Who looks after the children")).toBeVisible();

  // The last one cannot leave.
  await page.goto(`/home/${buyer.name}/parents/leave`);
  await expect(heading(page, "You are the only one who decides for the children here")).toBeVisible();
  await page.getByRole("link", { name: "Ask another parent" }).click();

  // A mistake is named beside its field, and nothing that was typed is lost.
  await page.getByLabel("Their given name").fill("Ben");
  await page.getByLabel("Their e-mail").fill("ben");
  await page.getByLabel("Their address in another home").fill(`@mia:${buyer.name}`);
  await page.getByRole("button", { name: "Send the letter" }).click();
  await expect(page.locator("#email-error")).toContainText("Write their e-mail");
  await expect(page.locator("#matrixId-error")).toContainText("Enter an address in another home");
  await expect(page.getByLabel("Their given name")).toHaveValue("Ben");
  await page.getByLabel("Their e-mail").fill(ben);
  await page.getByLabel("Their address in another home").fill("ben:Elsewhere.example");
  await page.getByRole("button", { name: "Send the letter" }).click();
  await expect(page.getByRole("heading", { name: /^Waiting for Ben since/ })).toBeVisible();

  // What was asked can be taken back, and its link says so.
  const first = await inviteLink(ben, 1);
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByLabel("Their given name")).toBeVisible();
  await his.goto(first);
  await expect(heading(his, "This was taken back")).toBeVisible();
  await page.getByLabel("Their given name").fill("Ben");
  await page.getByLabel("Their e-mail").fill(ben);
  await page.getByLabel("Their address in another home").fill("@ben:elsewhere.example");
  await page.getByRole("button", { name: "Send the letter" }).click();
  const link = await inviteLink(ben, 2);

  // Nobody says yes for him: not who has the letter, and not somebody who is signed in as another.
  await page.goto(link);
  await expect(page.getByRole("heading", { name: `You are signed in as ${buyer.email}` })).toBeVisible();
  await expect(page.getByRole("button", { name: "Yes, I look after them too" })).toHaveCount(0);
  await his.goto(link);
  await expect(heading(his, `Look after the children at ${buyer.name}?`)).toBeVisible();
  await expect(his.getByRole("main")).not.toContainText("Mia");
  await signInForInvite(his, ben);
  await his.getByRole("link", { name: "See what that means" }).click();
  const twin = await his.context().newPage();
  await twin.goto(link);
  await expect(twin.getByRole("button", { name: "Yes, I look after them too" })).toBeVisible();
  await his.getByRole("button", { name: "Yes, I look after them too" }).click();
  await expect(heading(his, buyer.name)).toBeVisible();
  await twin.getByRole("button", { name: "Yes, I look after them too" }).click();
  await expect(heading(twin, buyer.name)).toBeVisible();
  await expect(his.getByText(`Looked after by ${buyer.given} and Ben.`)).toBeVisible();

  // What is not a child's is not his.
  await expect(his.getByRole("link", { name: "Bill" })).toHaveCount(0);
  for (const path of ["bill", "bill/plan", "people/add", "leave"]) {
    await his.goto(`/home/${buyer.name}/${path}`);
    await his.waitForURL(`**/home/${buyer.name}`);
  }

  // In one moment: the later of the two sees who decided what, before deciding anything.
  const rules = (of: Page) => of.getByRole("link", { name: "Change the rules for Mia" }).click();
  await page.goto(`/home/${buyer.name}`);
  await expect(page.getByText(`Looked after by ${buyer.given} and Ben.`)).toBeVisible();
  for (const one of [page, his]) await rules(one);
  await his.getByLabel("Allow one more person").fill(aunt);
  await next(his);
  await his.getByRole("button", { name: "Save" }).click();
  await expect(his.getByText("Saved. The home follows within seconds.")).toBeVisible();
  await page.getByLabel("Pause the account").check();
  await next(page);
  const told = page.getByRole("status").filter({ hasText: "Somebody changed these rules meanwhile." });
  await expect(told).toContainText("Ben changed this:");
  await expect(told).toContainText(aunt);
  const decided = page.getByRole("region", { name: "What was decided" });
  await expect(decided.getByRole("heading", { level: 3, name: /: Ben$/ })).toBeVisible();
  await page.getByLabel("Pause the account").check();
  await next(page);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. The home follows within seconds.")).toBeVisible();
  await his.reload();
  const hisDecided = his.getByRole("region", { name: "What was decided" });
  await expect(hisDecided.getByRole("heading", { level: 3, name: new RegExp(`: ${buyer.given}$`) })).toBeVisible();

  // The child's new card says both names, and its letter goes to who made it.
  await his.goto(`/home/${buyer.name}`);
  await his.getByRole("link", { name: /card of Mia|card for Mia/ }).click();
  await his.getByRole("button", { name: "Make a new card" }).click();
  await expect(heading(his, "Mia’s card")).toBeVisible();
  const cards = async () => (await mailsTo(ben)).flatMap(({ links }) => links.filter((one) => one.includes("/card/")));
  await expect.poll(async () => (await cards()).length).toBe(1);
  await twin.goto((await cards())[0] ?? "no link in the letter");
  await expect(twin.getByRole("heading", { name: `${buyer.given} and Ben can` })).toBeVisible();
  await expect(twin.getByText(`not ${buyer.given} or Ben, not us`)).toBeVisible();

  // He leaves, and she decides alone.
  await his.goto(`/home/${buyer.name}/parents`);
  await his.getByRole("link", { name: "I no longer decide for the children here" }).click();
  await expect(his.getByText(`${buyer.given} alone decides about Mia.`)).toBeVisible();
  await his.getByRole("button", { name: "I no longer decide for them" }).click();
  await expect(his.getByText("You no longer decide for the children there")).toBeVisible();
  await his.goto(`/home/${buyer.name}`);
  await expect(his.getByRole("main")).not.toContainText("Mia");
  await page.goto(`/home/${buyer.name}`);
  await expect(page.getByText(`Looked after by ${buyer.given}.`)).toBeVisible();
  await rules(page);
  await expect(decided.getByRole("heading", { level: 3, name: /: Ben$/ })).toBeVisible();
});
