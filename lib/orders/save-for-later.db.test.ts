import { afterAll, describe, expect, test } from "vitest";
import { hashSecret } from "@/lib/ids.ts";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { makeOrder } from "@/lib/testing/make-order.ts";
import { orderKey } from "./open-order.ts";
import { lookAtSavedLink, resumeOrder } from "./resume-order.ts";
import { savedToken, saveForLater, sendLinkAgain } from "./save-for-later.ts";

const world = dbWorld();
afterAll(() => world.db.$disconnect());

const mailbox = () => `anna.${world.ids.id("m").slice(-10)}@post.example`;

/** An order whose cookie is made as the wizard makes it. */
async function begun(differs: Parameters<typeof makeOrder>[1] = {}) {
  const { order } = await makeOrder(world, differs);
  const key = orderKey(world.linkKey, order.id);
  await world.db.order.update({ where: { id: order.id }, data: { keyHash: hashSecret(key) } });
  return { id: order.id, key };
}
const linksOf = (orderId: string) =>
  world.db.link.findMany({ where: { subject: orderId }, orderBy: { createdAt: "desc" } });

async function savedLink() {
  const { id, key } = await begun();
  await saveForLater(world, key, mailbox());
  const [link] = await linksOf(id);
  if (!link) throw new Error("No link");
  return { id, key, token: savedToken(world.linkKey, link.id) };
}

describe("Save and finish later", () => {
  test("wants one mail, and neither mail nor link holds the secret", async () => {
    const { id, key } = await begun();
    const to = mailbox();
    expect(await saveForLater(world, key, ` ${to} `)).toEqual({ email: to });
    const [link] = await linksOf(id);
    const mail = await world.db.mail.findFirstOrThrow({ where: { to } });
    expect(mail).toMatchObject({ kind: "saved", values: { linkId: link?.id, step: "5" } });
    expect(JSON.stringify({ link, mail })).not.toContain(savedToken(world.linkKey, link?.id ?? ""));
  });

  test("is not done for somebody else's order, nor without an address", async () => {
    await expect(saveForLater(world, "not a key", mailbox())).rejects.toMatchObject({ kind: "not-found" });
    const { key } = await begun();
    await expect(saveForLater(world, key, "")).rejects.toMatchObject({ say: { key: "save.errors.emailEmpty" } });
    await expect(saveForLater(world, key, "anna@")).rejects.toMatchObject({ say: { key: "save.errors.email" } });
  });

  test("sends no more than five links an hour for an order", async () => {
    const { key } = await begun();
    for (let n = 0; n < 5; n++) await saveForLater(world, key, mailbox());
    await expect(saveForLater(world, key, mailbox())).rejects.toMatchObject({ kind: "too-often" });
    await world.clock.sleep(3_601_000);
    await saveForLater(world, key, mailbox());
  });

  test("sends no more than ten links an hour to a mailbox, whoever asks", async () => {
    const to = mailbox();
    for (let n = 0; n < 10; n++) await saveForLater(world, (await begun()).key, to);
    await expect(saveForLater(world, (await begun()).key, to)).rejects.toMatchObject({ kind: "too-often" });
  });
});

describe("A mailed link", () => {
  test("is not used up by opening it, and opens its order once", async () => {
    const { key, token } = await savedLink();
    for (let n = 0; n < 3; n++) expect(await lookAtSavedLink(world, token)).toMatchObject({ state: "good" });
    expect(await resumeOrder(world, token)).toBe(key);
    expect(await resumeOrder(world, token)).toBeUndefined();
    expect(await lookAtSavedLink(world, token)).toEqual({ state: "used" });
  });

  test("gives one of two who press at the same moment the order", async () => {
    const { token } = await savedLink();
    const both = await Promise.all([resumeOrder(world, token), resumeOrder(world, token)]);
    expect(both.filter((key) => key !== undefined)).toHaveLength(1);
  });

  test("runs out after thirty days, and a made-up one is unknown", async () => {
    const { token } = await savedLink();
    await world.clock.sleep(31 * 86_400_000);
    expect(await lookAtSavedLink(world, token)).toEqual({ state: "ran-out" });
    expect(await resumeOrder(world, token)).toBeUndefined();
    expect(await lookAtSavedLink(world, "made-up")).toEqual({ state: "unknown" });
  });
});

describe("Asking for a new link", () => {
  test("sends it to the address we know, and is silent about one we do not", async () => {
    const { id, key } = await begun();
    const to = mailbox();
    await saveForLater(world, key, to);
    await sendLinkAgain(world, to.toUpperCase());
    expect(await linksOf(id)).toHaveLength(2);
    expect(await world.db.mail.count({ where: { to } })).toBe(2);
    await expect(sendLinkAgain(world, mailbox())).resolves.toBeUndefined();
  });
});
