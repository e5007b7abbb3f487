import { z } from "zod";
import { type Ctx, readBody, succeed } from "../envelope.ts";
import type { World } from "../world.ts";
import { change } from "./draft.ts";
import { invalid } from "./errors.ts";
import { recordBody } from "./normalise.ts";
import { presentRecord } from "./present.ts";
import type { DnsRecord } from "./record.ts";
import { zoneOf } from "./zone-of.ts";

const withId = z.object({ id: z.string() });
const batchBody = z.object({
  deletes: z.array(withId).optional(),
  patches: z.array(recordBody.partial().extend(withId.shape)).optional(),
  puts: z.array(recordBody.extend(withId.shape)).optional(),
  posts: z.array(recordBody).optional(),
});

/** Changes in one batch on a free plan. */
const batchLimit = 200;

/** Deletes, then patches, then puts, then posts, whatever their order in the request: all of them or none. */
export async function batch(world: World, c: Ctx): Promise<Response> {
  const zone = zoneOf(world, c);
  const { deletes, patches, puts, posts } = await readBody(c, batchBody);
  const count = [deletes, patches, puts, posts].reduce((sum, list) => sum + (list?.length ?? 0), 0);
  if (count > batchLimit) throw invalid(`A batch may hold ${batchLimit} changes.`);
  const done = change(world, zone, (draft) => ({
    deletes: deletes?.map(({ id }) => draft.remove(id)),
    patches: patches?.map(({ id, ...body }) => draft.patch(id, body)),
    puts: puts?.map(({ id, ...body }) => draft.replace(id, body)),
    posts: posts?.map((body) => draft.create(body)),
  }));
  const present = (list: DnsRecord[] | undefined) => list?.map(presentRecord);
  const { deletes: gone, patches: patched, puts: put, posts: made } = done;
  return succeed(c, { deletes: present(gone), patches: present(patched), puts: present(put), posts: present(made) });
}
