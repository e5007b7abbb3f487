import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { titled } from "../../_frame/titled.ts";
import { staffHere } from "./staff-here.ts";

/** A staff page's title, for the staff alone: to others not even that is there. */
export async function staffTitle(title: string): Promise<Metadata> {
  await staffHere();
  return titled((await getTranslations("staff"))("titled", { title }));
}
