import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Stack } from "@/components/stack.tsx";
import { listAll } from "../../_frame/write.ts";

interface LookedAfterProps {
  readonly name: string;
  /** What the parents are called. */
  readonly parents: readonly string[];
  /** Whether the reader is one of them. */
  readonly cares: boolean;
}

/** Who decides about the children, and the way to the page about that. */
export async function LookedAfter({ name, parents, cares }: LookedAfterProps) {
  const t = await getTranslations("family.parents");
  return (
    <Stack as="section" gap={1} labelledBy="parents">
      <h2 id="parents">{t("heading")}</h2>
      <p>{t("by", { names: listAll(parents) })}</p>
      {cares ? (
        <p>
          <Link href={`/home/${name}/parents`} prefetch={false}>
            {t(parents.length > 1 ? "see" : "asks")}
          </Link>
        </p>
      ) : (
        <p>{t("others", { names: listAll(parents) })}</p>
      )}
    </Stack>
  );
}
