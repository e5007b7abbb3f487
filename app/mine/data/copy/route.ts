import { httpStatus } from "@/lib/errors.ts";
import { copyOf, describeOwnData } from "@/lib/households/data/describe-data.ts";
import { web } from "@/lib/web.ts";
import { dataFile } from "../../../_frame/data-file.ts";
import { readMineSecret } from "../../mine-cookie.ts";

/** What we keep of whoever opened their own page, as a file. */
export async function GET(): Promise<Response> {
  try {
    const { world } = web();
    const data = await describeOwnData(world, await readMineSecret());
    return dataFile(data.id, copyOf(data, world.clock.now()));
  } catch (error) {
    return new Response(null, { status: httpStatus(error) });
  }
}
