import { buyHome } from "../journey/buy-home.ts";
import { closeHome, payLastBill, seeLastBill } from "../journey/close-home.ts";
import { signInByMail } from "../journey/sign-in.ts";
import { buyerOf } from "../support/paying.ts";
import { expect } from "../support/test.ts";
import { still, type Walk } from "./walk.ts";

/** A bill that has ended, and the way back. */
export const comingBack: Walk = async function* ({ openBrowser }) {
  const buyer = buyerOf("seen-closed");
  const page = await openBrowser(still);
  await buyHome(page, buyer);
  await signInByMail(page, buyer.email);
  await closeHome(page, buyer);
  yield { what: "a bill that has ended", page };
  await seeLastBill(page);
  yield { what: "the way back, while the last bill is not paid", page };
  await payLastBill(page, buyer);
  yield { what: "what opening a home again costs", page };
  await page.getByRole("button", { name: "Subscribe and pay £4.50" }).click();
  await expect(page.getByRole("alert", { name: "There is a problem" })).toBeVisible();
  yield { what: "what opening a home again costs, without the tick", page };
  await page.goto(`/home/${buyer.name}`);
  await expect(page.getByRole("link", { name: "Open our home again" })).toBeVisible();
  yield { what: "the family page of a home that rests", page };
};
