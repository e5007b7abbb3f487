import { httpStatus, NameplateError } from "@/lib/errors.ts";
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
  try {
    const { world } = web();
    const data = await describeDataOf(world, await parentOf(name), personId);
    return dataFile(data.id, copyOf(data, world.clock.now()));
  } catch (error) {
    // An address that is no text is nobody's. Whoever is not signed in is led on by what Next throws.
    if (error instanceof URIError) return new Response(null, { status: 404 });
    if (!(error instanceof NameplateError)) throw error;
    return new Response(null, { status: httpStatus(error) });
  }
}
