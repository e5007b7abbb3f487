import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Bullets } from "@/components/bullets.tsx";
import type { IconName } from "@/components/icon.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Stack } from "@/components/stack.tsx";
import { titled } from "../../_frame/titled.ts";
import { writeToUs } from "../../_frame/write-to-us.tsx";

export const generateMetadata = async (): Promise<Metadata> => titled((await getTranslations("children"))("heading"));

/** What holds for every child, said to them: it names nobody, so that it can be opened at any time and by anybody. */
export default async function ChildrenPage() {
  const t = await getTranslations("children");
  return (
    <Stack gap={6} className="wrap wrap--text page">
      <Stack gap={3}>
        <PageHeading>{t("heading")}</PageHeading>
        <p className="lead">{t("lead")}</p>
      </Stack>
      <Tell />
      <Part id="ask" points={["invite", "wait", "page", "after"]} />
      <Part id="block" points={["element", "fluffychat", "leave", "never"]} />
      <Part id="can" points={["who", "rules", "pause"]} />
      <Part id="cannot" points={["read", "look", "password"]} icon="lock-keyhole" />
      <Part id="rules" points={["know", "other", "older"]} />
      <p className="measure">{t.rich("write", writeToUs())}</p>
    </Stack>
  );
}

/** To their own page. */
const toMine = (chunks: ReactNode) => (
  <Link href="/mine" prefetch={false}>
    {chunks}
  </Link>
);

interface PartProps {
  readonly id: "ask" | "block" | "can" | "cannot" | "rules";
  readonly points: readonly string[];
  readonly icon?: IconName;
}

async function Part({ id, points, icon = "check" }: PartProps) {
  const t = await getTranslations(`children.${id}`);
  return (
    <Stack as="section" gap={3} labelledBy={id}>
      <h2 id={id}>{t("heading")}</h2>
      <Bullets
        points={points.map((point) => ({ icon, text: t.rich(`points.${point}` as never, { mine: toMine } as never) }))}
      />
    </Stack>
  );
}

/**
 * Numbers of those whom a child can call. 116 111 is answered in 30 countries of Europe (Child Helpline International, October
 * 2024), Childline in the United Kingdom (NSPCC) and Kids Helpline in Australia (yourtown); their list has the others.
 */
const helplines = { europe: "116111", uk: "08001111", australia: "1800551800" } as const;
const allHelplines = "https://childhelplineinternational.org/";

/** First, since whoever needs it looks for nothing else. */
async function Tell() {
  const t = await getTranslations("children.tell");
  const numbers = (["europe", "uk", "australia"] as const).map((where) => ({
    icon: "message-circle" as const,
    text: t.rich(where, { call: (chunks) => <a href={`tel:${helplines[where]}`}>{chunks}</a> }),
  }));
  const elsewhere = t.rich("elsewhere", { list: (chunks) => <a href={allHelplines}>{chunks}</a> });
  return (
    <Stack as="section" gap={3} labelledBy="tell">
      <h2 id="tell">{t("heading")}</h2>
      <p>{t("text")}</p>
      <p>{t("call")}</p>
      <Bullets points={[...numbers, { icon: "search", text: elsewhere }]} />
      <p>{t("danger")}</p>
    </Stack>
  );
}
