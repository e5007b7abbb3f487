import type { World } from "./world.ts";

/** Whether this process can do its work: the database answers. Redis away costs time, not health. */
export async function isHealthy({ db }: World): Promise<boolean> {
  return db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  );
}
