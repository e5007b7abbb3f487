import { buyHome } from "../journey/buy-home.ts";
import { signInByMail } from "../journey/sign-in.ts";
import { invite, inviteLink, signInForInvite } from "../support/other-parent.ts";
import { buyerOf } from "../support/paying.ts";
import { expect } from "../support/test.ts";
import { still, type Walk } from "./walk.ts";

export const twoParents: Walk = async function* ({ openBrowser }) {
  const buyer = buyerOf("seen-parents");
  const ben = `ben@${buyer.name.replaceAll(".", "-")}.post.example`;
  const [page, his] = [await openBrowser(still), await openBrowser(still)];
  await buyHome(page, buyer, [
    { given: "Carl", part: "carl", kind: "Adult" },
    { given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" },
  ]);
  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}/parents`);
  yield { what: "who looks after the children, one parent", page };
  await page.getByLabel("Their e-mail").fill("ben");
  await page.getByLabel("Their address in another home").fill("ben");
  await page.getByRole("button", { name: "Send the letter" }).click();
  await expect(page.locator("#given-error")).toBeVisible();
  yield { what: "who looks after the children, with problems", page };
  await page.goto(`/home/${buyer.name}/parents/leave`);
  yield { what: "leaving the children, as the last parent", page };
  await invite(page, { name: buyer.name, given: "Ben", email: ben });
  yield { what: "who looks after the children, while somebody is asked", page };
  const link = await inviteLink(ben, 1);
  await his.goto(link);
  yield { what: "what somebody reads who is asked to look after children", page: his };
  await page.goto(link);
  yield { what: "what somebody reads who was not asked", page };
  await his.goto(link);
  await signInForInvite(his, ben);
  yield { what: "whoever was asked, signed in", page: his };
  await his.getByRole("link", { name: "See what that means" }).click();
  await expect(his.getByRole("button", { name: "Yes, I look after them too" })).toBeVisible();
  yield { what: "the question whether they look after the children", page: his };
  await his.getByRole("button", { name: "Yes, I look after them too" }).click();
  await expect(his.getByRole("heading", { level: 1, name: buyer.name, exact: true })).toBeVisible();
  yield { what: "a second parent's page", page: his };
  await his.goto(link);
  yield { what: "a link to look after children, used", page: his };
  await page.goto(`/home/${buyer.name}`);
  yield { what: "the family page of two parents", page };
  await page.goto(`/home/${buyer.name}/parents`);
  yield { what: "who looks after the children, two parents", page };
  await page.goto(`/home/${buyer.name}/parents/leave`);
  yield { what: "leaving the children, whoever runs the home", page };
  await his.goto(`/home/${buyer.name}/parents/leave`);
  yield { what: "leaving the children", page: his };
  await page.getByRole("button", { name: "I no longer decide for them" }).click();
  await expect(page.getByText("Looked after by Ben.")).toBeVisible();
  yield { what: "the family page of whoever runs a home and looks after no child", page };
  await his.goto("/parent/nobody-knows-this-link");
  yield { what: "a link to look after children, unknown", page: his };
};
