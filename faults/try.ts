import { registerHooks } from "node:module";
import { join } from "node:path";
const root = join(import.meta.dirname, "..");
registerHooks({ resolve: (name, context, next) => next(name.startsWith("@/") ? join(root, name.slice(2)) : name, context) });
const { Database } = await import("./world/database.ts");
const { SimWorld } = await import("./world/world.ts");
const { Buyer } = await import("./world/buyer.ts");
const { Life } = await import("./world/life.ts");
const { judge, openCourt } = await import("./judge/judge.ts");
const { evidenceOf } = await import("./world/evidence.ts");
const database = new Database(process.env["DATABASE_URL"]!);
await openCourt(database.db);
for (let i = 0; i < 5; i++) {
  const begun = performance.now();
  await database.empty();
  const world = new SimWorld(database, `seed-${i}`);
  const calls: string[] = [];
  world.fate = async (p) => void (p.moment === "before" && calls.push(p.name));
  const buyer = await Buyer.fillIn(world, "smith.family");
  await buyer.pay();
  const life = new Life(world);
  const busy = await life.untilQuiet(20).catch((e) => String(e));
  const t = await database.db.tenant.findMany({ include: { steps: true, order: true } });
  console.log(Math.round(performance.now() - begun), "ms", busy, "ticks", t.map((x) => [x.order.state, x.readyAt, x.steps.map((s) => s.step + ":" + s.state + JSON.stringify(s.reason))]).flat(2).join(" "), world.mailbox.letters.map((l) => l.subject), calls.length, world.clock.now());
  if (i === 0) console.log(calls.join(" "), world.vendors.stripeFaults.asked, world.vendors.cloudflareFaults.asked, world.said);
  const j0 = performance.now(); console.log(await judge(database.db, await evidenceOf(world, { shown: life.shown, noted: [] })), Math.round(performance.now() - j0));
  await world.close();
}
await database.close();
