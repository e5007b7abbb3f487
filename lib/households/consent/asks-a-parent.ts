import { ageBandOf } from "@/lib/tenants/age-band.ts";
import { birthdayOf, youngestOf } from "@/lib/tenants/growing-up.ts";
import { ageOfConsent } from "./ages.ts";

/** What is known of somebody's age, as it rests with the order or with the person. */
export interface Aged {
  readonly kind: string;
  readonly ageBand?: string | null | undefined;
  readonly bornOn?: Date | null;
}

/** Whether a parent has to agree to this person's account: of a child, unless it is certain that it is old enough itself. */
export function asksAParent({ kind, ageBand, bornOn }: Aged, country: string, now: Date): boolean {
  if (kind !== "child") return false;
  const { age } = ageOfConsent(country, now);
  if (bornOn) return now < birthdayOf(bornOn, age);
  const band = ageBandOf(ageBand);
  return band === undefined || youngestOf(band) < age;
}
