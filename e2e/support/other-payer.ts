import { type Buyer, buyHome, choosePassword } from "../journey/buy-home.ts";
import { mailsTo } from "./sandbox.ts";
import { expect, type Page } from "./test.ts";

export const bensPassword = "window seven saddle river";

/** A home in which another adult has moved in: Ben, who could pay for it. Says where his letters go. */
export async function buyWithBen(hers: Page, his: Page, buyer: Buyer): Promise<string> {
  const email = `ben@${buyer.name.replaceAll(".", "-")}.post.example`;
  await buyHome(hers, buyer, [
    { given: "Ben", part: "ben", kind: "Adult", email },
    { given: "Mia", part: "mia", kind: "Child, under 18", age: "Under 10" },
  ]);
  await expect.poll(async () => (await mailsTo(email)).length).toBe(1);
  await his.goto((await mailsTo(email))[0]?.links.find((link) => link.includes("/card/")) ?? "no link in the letter");
  await choosePassword(his, bensPassword);
  return email;
}

/** The link in the letter that came last, of so many that asked. */
export async function linkToBill(email: string, letters: number): Promise<string> {
  const asking = async () => (await mailsTo(email)).filter(({ subject }) => subject.includes("asks you to pay"));
  await expect.poll(async () => (await asking()).length).toBe(letters);
  return (await asking())[0]?.links.find((link) => link.includes("/bill/")) ?? "no link in the letter";
}
