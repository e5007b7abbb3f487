import type { World } from "./world.ts";

/** Whoever asks wants to know how it is now, not whether it will be well again. */
const patienceMs = 1000;

/** Whether this process can do its work: the database answers. Redis away costs time, not health. */
export async function isHealthy({ clock, db }: World): Promise<boolean> {
  const answers = db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
  return Promise.race([answers, clock.sleep(patienceMs).then(() => false)]);
}
