/** What customers write into the forms: each their own name, all of them the same address. */
import { randomInt } from "node:crypto";

/** Names that are not mistaken for each other: 20 letters without look-alikes, eight of them. */
export function newName(): string {
  const letters = "abcdefghjkmopqrstuxz";
  return `${Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join("")}.family`;
}

export const deedOf = (name: string): Record<string, string> => ({
  fullName: "Anna Smith",
  email: `anna@${name.replace(".", "-")}.post.example`,
  phone: "+44 7700 900123",
  country: "GB",
  street: "14 Mill Lane",
  city: "Frome",
  state: "Somerset",
  postalCode: "BA11 1AA",
});
