import type { StoredQuote } from "@/lib/billing/quote.ts";
import { daysAfter } from "@/lib/clock.ts";
import type { Order } from "@/lib/generated/prisma/client.ts";
import { hashSecret } from "@/lib/ids.ts";
import type { World } from "@/lib/world.ts";
import { freshName } from "./db-world.ts";

/** As it rests with the order. */
export const smithQuote: StoredQuote = {
  currency: "GBP",
  plan: "family",
  period: "month",
  tax: "inclusive",
  addOns: [],
  homeMinor: 450,
  nameMonthMinor: 175,
  nameYearMinor: 2100,
  renewalYearMinor: 2100,
  totalMinor: 625,
  laterTotalMinor: 625,
  wholesale: { currency: "USD", registration: "17.80", renewal: "17.80" },
};

export const smithDeed = {
  ending: "family",
  fullName: "Anna Smith",
  email: "anna@post.example",
  phone: "+447700900123",
  street: "14 Mill Lane",
  city: "Frome",
  state: "Somerset",
  postalCode: "BA11 1AA",
  country: "GB",
  extra: {},
};

/** An order with every screen filled in, ready to be paid. Returns its cookie's key with it. */
export async function makeOrder(
  { db, clock, ids }: World,
  differs: Partial<Order> = {},
): Promise<{ order: Order; key: string }> {
  const key = ids.secret();
  const now = clock.now();
  const order = await db.order.create({
    data: {
      id: ids.id("ord"),
      state: "draft",
      keyHash: hashSecret(key),
      createdAt: now,
      updatedAt: now,
      expiresAt: daysAfter(now, 30),
      email: "anna@post.example",
      name: freshName(),
      nameChecked: true,
      given: "Anna",
      part: "anna",
      people: [
        { key: "k1", given: "Ben", part: "ben", kind: "adult", email: "ben@post.example" },
        { key: "k2", given: "Mia", part: "mia", kind: "child", ageBand: "under-10" },
      ],
      ...({ deed: smithDeed, quote: smithQuote, ...differs } as object),
    },
  });
  return { order, key };
}
