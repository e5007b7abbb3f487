import { httpStatus } from "@/lib/errors.ts";
import { copyOf, describeDataOf } from "@/lib/households/data/describe-data.ts";
import { web } from "@/lib/web.ts";
import { dataFile } from "../../../../../../_frame/data-file.ts";
import { parentOf } from "../../../../../_parts/member.ts";

interface Asked {
  readonly params: Promise<{ readonly name: string; readonly personId: string }>;
}

/** What we keep of a child as a file, for its parents. */
export async function GET(_request: Request, { params }: Asked): Promise<Response> {
  const { name, personId } = await params;
  const member = await parentOf(name);
  try {
    const { world } = web();
    const data = await describeDataOf(world, member, personId);
    return dataFile(data.id, copyOf(data, world.clock.now()));
  } catch (error) {
    return new Response(null, { status: httpStatus(error) });
  }
}
