import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";

/** What a family agreed about its home, in its own words, with its own paragraphs. */
export async function HouseText({ name, text }: { name: string; text: string }) {
  const t = await getTranslations("family.house");
  return (
    <Stack as="section" gap={3} labelledBy="house-text">
      <h2 id="house-text">{t("textHeading", { name })}</h2>
      <HouseParagraphs text={text} />
    </Stack>
  );
}

export const HouseParagraphs = ({ text }: { text: string }) => (
  <div className="card stack stack--3">
    {text.split("\n\n").map((paragraph, n) => (
      <p key={n} className="as-typed">
        {paragraph}
      </p>
    ))}
  </div>
);
