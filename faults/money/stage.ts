import type { PriceBook } from "@/lib/billing/read-price-book.ts";
import type { SimWorld, Web, Worker } from "../world/world.ts";
import type { Dice } from "./dice.ts";
import type { Letterbox } from "./letterbox.ts";

/** What a life is lived on: the product between a database and the payment vendor, and what chance decides. */
export interface MoneyStage {
  readonly world: SimWorld;
  readonly web: Web;
  readonly worker: Worker;
  readonly dice: Dice;
  readonly book: PriceBook;
  readonly letterbox: Letterbox;
  /** What was done, in a word each: what a failure is told with. */
  readonly done: string[];
}

/** The payment vendor's own client, with all of its power: what a person does on the vendor's pages. */
export const vendorOf = ({ world }: MoneyStage) => world.vendors.clients.stripe;
