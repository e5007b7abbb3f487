import { buyHome } from "../journey/buy-home.ts";
import { signInByMail } from "../journey/sign-in.ts";
import { buyerOf } from "../support/paying.ts";
import { dispute } from "../support/sandbox.ts";
import { joinStaff } from "../support/staff.ts";
import { expect } from "../support/test.ts";
import { still, type Walk } from "./walk.ts";

export const disputed: Walk = async function* ({ openBrowser }) {
  const buyer = buyerOf("seen-disputed");
  const [page, desk] = [await openBrowser(still), await openBrowser(still)];
  await buyHome(page, buyer);
  await signInByMail(page, buyer.email);
  const id = await dispute(buyer.email);
  await expect(async () => {
    await page.goto(`/home/${buyer.name}/bill`);
    await expect(page.getByRole("heading", { name: "Your bank took £6.25 back" })).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  yield { what: "the bill, a payment of it disputed", page };
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
};
