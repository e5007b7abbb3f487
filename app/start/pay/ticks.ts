import { z } from "zod";
import { carriedAll, carryAll } from "../../_frame/flash.ts";

const ticks = z.object({ begin: z.boolean(), child: z.boolean() });
/** The boxes of the last step, as they were sent. */
export type Ticks = z.output<typeof ticks>;

/** Where one of them is missing, the other is not lost. */
export const carryTicks = (ticked: Ticks): Promise<void> => carryAll(ticked, "/start");
export const carriedTicks = async (): Promise<Ticks> => (await carriedAll(ticks)) ?? { begin: false, child: false };
