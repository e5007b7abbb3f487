import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Mount } from "@/components/mount.tsx";
import { PageHeading } from "@/components/page-heading.tsx";
import { Plate } from "@/components/plate.tsx";
import { Progress } from "@/components/progress.tsx";
import { QrCard } from "@/components/qr-card.tsx";
import { Stack } from "@/components/stack.tsx";
import type { CardsView, PersonCard } from "@/lib/households/describe-cards.ts";
import { web } from "@/lib/web.ts";
import { titled } from "../../../_frame/titled.ts";
import { moment } from "../../../_frame/write.ts";
import { BoughtPage } from "../../_parts/bought-page.tsx";
import { UnknownBrowser } from "../../_parts/unknown-browser.tsx";
import { cardsHere } from "./cards-of.ts";
import { PersonCards } from "./person-cards.tsx";
import { TellFriends } from "./tell-friends.tsx";
import { ThreeThings } from "./three-things.tsx";

export const generateMetadata = async (): Promise<Metadata> =>
  titled((await getTranslations("youreHome"))("title"), { step: 7 });

/** Screen 7: a password, an app, the cards of everyone else, and words for friends. */
export default async function HomePage() {
  const [t, home] = [await getTranslations("youreHome"), await cardsHere()];
  const owner = home?.people.find((person) => person.runsHome);
  if (home && !home.readyAt) redirect("/start/watch");
  return (
    <BoughtPage link={{ href: "/home", label: t("family") }}>
      {home && owner ? <YoureHome home={home} owner={owner} /> : <UnknownBrowser />}
    </BoughtPage>
  );
}

async function YoureHome({ home, owner }: { home: CardsView; owner: PersonCard }) {
  const [t, frame] = [await getTranslations("youreHome"), await getTranslations("frame")];
  const { name, readyAt } = home;
  const others = home.people.filter((person) => person !== owner);
  const seen = readyAt ? moment(new Date(readyAt), web().world.clock.now()) : "";
  return (
    <Stack gap={7} className="wrap page">
      <div className="beside beside--plate-first">
        <Stack>
          <Progress step={7} words={frame("step", { n: 7 })} />
          <Stack gap={3}>
            <PageHeading>{t("heading", { given: owner.given })}</PageHeading>
            <p className="lead" role="status">
              {t("status", { time: seen })}
            </p>
          </Stack>
          <ThreeThings name={name} owner={owner} />
        </Stack>
        <HomeAside name={name} part={owner.part} />
      </div>
      <hr />
      {others.length > 0 ? <PersonCards name={name} people={others} /> : null}
      {owner.page ? <TellFriends name={name} part={owner.part} withChildren={others.some((one) => one.child)} /> : null}
    </Stack>
  );
}

async function HomeAside({ name, part }: { name: string; part: string }) {
  const t = await getTranslations("youreHome");
  const link = `${web().env.WEB_URL}/apps/${name}`;
  return (
    <aside className="stack stack--4" aria-label={t("aside")}>
      <Mount>
        <Plate name={`@${part}:${name}`} fresh />
      </Mount>
      <Stack gap={3} className="card wide-only">
        <h2 className="heading-plain">{t("phone")}</h2>
        <QrCard link={link} label={t("qr")} />
        <p className="small muted">{t("phoneText")}</p>
        <p className="small">
          <a href={link}>{link.replace(/^https?:\/\//, "")}</a>
        </p>
      </Stack>
    </aside>
  );
}
