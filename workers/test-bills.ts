import { afterAll } from "vitest";
import { dbWorld } from "@/lib/testing/db-world.ts";
import { movableClock, startStripe } from "@/sandbox/stripe/test-kit.ts";
import { billWorker } from "./test-worker.ts";

/** What a file of tests about bills begins with: a database, a payment vendor and a worker on one clock, which end with the file. */
export async function billTests() {
  const clock = movableClock();
  const world = { ...dbWorld(), clock };
  const stripe = await startStripe({}, clock);
  afterAll(async () => {
    await stripe.close();
    await world.db.$disconnect();
  });
  return { clock, world, db: world.db, stripe, worker: billWorker(world, stripe) };
}
