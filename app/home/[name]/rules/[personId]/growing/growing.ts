import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { describeGrowing, type GrowingView } from "@/lib/households/growing/describe-growing.ts";
import { web } from "@/lib/web.ts";
import { carriedAll, carryAll } from "../../../../../_frame/flash.ts";
import { mostTyped } from "../../../../../_frame/most-typed.ts";
import { type OfHome, parentOf } from "../../../../_parts/member.ts";

const typedDay = z.object({ bornOn: z.string().max(mostTyped) });

/** A day that was none, as it was typed. */
export const carryBirthday = (bornOn: string): Promise<void> => carryAll({ bornOn }, "/home");
export const carriedBirthday = async (): Promise<string> => (await carriedAll(typedDay))?.bornOn ?? "";

/** The child of this home that an address or a form names; nobody else's is found. */
export const growingIn = cache(
  async (name: string, personId: string): Promise<{ readonly member: OfHome; readonly child: GrowingView }> => {
    const member = await parentOf(name);
    const child = (await describeGrowing(web().world, member)).find((one) => one.personId === personId);
    return child ? { member, child } : notFound();
  },
);
