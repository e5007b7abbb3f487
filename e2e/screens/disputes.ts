import { seeHome, typeCode } from "../journey/buy-home.ts";
import { signInByMail } from "../journey/sign-in.ts";
import { buyerOf, pay, toPayment } from "../support/paying.ts";
import { codeFor, dispute } from "../support/sandbox.ts";
import { joinStaff } from "../support/staff.ts";
import { expect } from "../support/test.ts";
import { still, type Walk } from "./walk.ts";

export const disputed: Walk = async function* ({ openBrowser }) {
  const buyer = buyerOf("seen-disputed");
  const [page, desk] = [await openBrowser(still), await openBrowser(still)];
  await toPayment(page, buyer);
  await typeCode(page, await codeFor({ percent_off: "10", duration: "forever", name: "Welcome" }));
  await pay(page, buyer);
  await seeHome(page, buyer);
  await signInByMail(page, buyer.email);
  const id = await dispute(buyer.email);
  await expect(async () => {
    await page.goto(`/home/${buyer.name}/bill`);
    await expect(page.getByRole("heading", { name: "Your bank took £5.62 back" })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  yield { what: "the bill with a coupon, a payment of it disputed", page };
  await joinStaff(desk, `disputed-${Date.now()}@nameplate.example`, "Wren");
  await desk.goto(`/admin/disputes/${id}`);
  yield { what: "a dispute that waits for an answer", page: desk };
  await desk.getByRole("button", { name: "Send" }).click();
  await expect(desk.getByRole("dialog", { name: /^Send this to the bank/ })).toBeVisible();
  yield { what: "the question before evidence is sent", page: desk };
  await desk.getByLabel("Why").fill("The home was used.");
  await desk.getByRole("button", { name: "Send it" }).click();
  await expect(desk.getByRole("heading", { name: "Sent" })).toBeVisible({ timeout: 20_000 });
  yield { what: "a dispute that was answered", page: desk };
  await desk.getByRole("link", { name: buyer.name }).click();
  await desk.getByRole("button", { name: "Put a coupon on it" }).click();
  const asked = desk.getByRole("dialog", { name: /^Put a coupon on the bill/ });
  await asked.getByRole("button", { name: "Put it on" }).click();
  await expect(asked.locator("[id$=-error]")).toBeVisible();
  yield { what: "the question before a coupon is put on a bill, unanswered", page: desk };
};
