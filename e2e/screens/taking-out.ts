import { signInByMail } from "../journey/sign-in.ts";
import { buyWithBen } from "../support/other-payer.ts";
import { buyerOf } from "../support/paying.ts";
import { expect } from "../support/test.ts";
import { still, type Walk } from "./walk.ts";

export const takingOut: Walk = async function* ({ openBrowser }) {
  const buyer = buyerOf("seen-take-out");
  const page = await openBrowser(still);
  await buyWithBen(page, await openBrowser(still), buyer);
  await signInByMail(page, buyer.email);
  await page.goto(`/home/${buyer.name}`);
  await page.getByRole("button", { name: "Take out Ben" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Take Ben out of the home?" })).toBeVisible();
  yield { what: "the question before somebody who lives there is taken out", page };
  await page.getByRole("button", { name: "Take Ben out" }).click();
  await expect(page.getByRole("region", { name: "Taken out" })).toBeVisible();
  yield { what: "the family page, with somebody who was taken out", page };
  await page.getByRole("button", { name: "Bring Ben back" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Bring Ben back?" })).toBeVisible();
  yield { what: "the question before somebody is brought back", page };
};
