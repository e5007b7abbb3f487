import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Actions, Button } from "@/components/button.tsx";
import { Affix, asTyped, Field, TextField } from "@/components/field.tsx";
import { Notice } from "@/components/notice.tsx";
import { rich } from "@/components/rich.tsx";
import { Stack } from "@/components/stack.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import type { OrderView } from "@/lib/orders/describe-order.ts";
import { freeForm } from "../../_frame/free-form.ts";
import { sayer, wrongsOf } from "../../_frame/say.ts";
import { titled } from "../../_frame/titled.ts";
import { LivePart } from "../_live/live-part.tsx";
import { LivePlate } from "../_live/live-plate.tsx";
import { Unsent } from "../_live/unsent.tsx";
import { nameOf, orderFor } from "../_wizard/current-order.ts";
import type { Query } from "../_wizard/note.tsx";
import { OrderSide } from "../_wizard/order-side.tsx";
import { WizardScreen } from "../_wizard/wizard-screen.tsx";
import { chooseLookAction } from "./actions.ts";
import { Preview } from "./preview.tsx";
import { Spelling } from "./spelling.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const [t, order] = [await getTranslations("look"), await orderFor("look")];
  return titled(t("heading"), { step: 2, wrong: order.look.problems.length > 0 });
}

export default async function LookPage({ searchParams }: { searchParams: Query }) {
  const [t, order] = [await getTranslations("look"), await orderFor("look")];
  const wrongs = wrongsOf(order.look.problems, await sayer());
  return (
    <WizardScreen
      step={2}
      back="/start/name"
      heading={t("heading")}
      wrongs={wrongs}
      attempt={order.look.seen}
      query={searchParams}
      aside={
        <OrderSide order={order}>
          <LivePlate key={order.look.seen} input="part" part={order.look.values.part} name={nameOf(order)} />
        </OrderSide>
      }
    >
      <form key={order.look.seen} className="stack stack--6" action={chooseLookAction} noValidate>
        <Unsent screen="look" seen={order.look.seen} />
        <WhoFields order={order} wrongs={wrongs} />
        <FriendsSee order={order} />
        <Forever order={order} wrongs={wrongs} />
      </form>
    </WizardScreen>
  );
}

interface PartProps {
  readonly order: OrderView;
  readonly wrongs: readonly Wrong[];
}

async function WhoFields({ order, wrongs }: PartProps) {
  const t = await getTranslations("look");
  const { given, part } = order.look.values;
  const partWrong = wrongAt(wrongs, "part");
  return (
    <>
      <TextField
        id="given"
        label={t("given")}
        width="mid"
        defaultValue={given}
        autoComplete="given-name"
        wrong={wrongAt(wrongs, "given")}
      />
      <Field
        id="part"
        label={t("part")}
        hint={t("partHint")}
        wrong={partWrong}
        after={<LivePart given="given" part="part" whose="you" said={partWrong !== undefined} />}
      >
        <Affix
          id="part"
          before="@"
          after={`:${nameOf(order)}`}
          className="max-w-96"
          defaultValue={part}
          autoComplete="off"
          data-part
          hint
          wrong={partWrong}
        />
      </Field>
    </>
  );
}

async function FriendsSee({ order }: { order: OrderView }) {
  const t = await getTranslations("look");
  const { given, part } = order.look.values;
  return (
    <Stack as="section" gap={3} labelledBy="preview">
      <h2 id="preview">{t("preview")}</h2>
      <Preview
        name={nameOf(order)}
        given={given}
        part={part}
        write={t("write", { given: "%" })}
        someone={t("someone")}
        examplePart={t("partExample")}
        oneButton={t("oneButton")}
      />
    </Stack>
  );
}

async function Forever({ order, wrongs }: PartProps) {
  const t = await getTranslations("look");
  const name = nameOf(order);
  return (
    <>
      <Stack as="section" gap={4} labelledBy="forever">
        <Notice tone="wait" icon="lock-keyhole" heading={t("forever")} id="forever">
          <p>{t.rich(freeForm(t, "foreverText"), { ...rich, name })}</p>
        </Notice>
        <TextField
          id="confirm"
          label={t("spelling")}
          engraved
          width="mid"
          defaultValue={order.look.values.confirm}
          autoComplete="off"
          wrong={wrongAt(wrongs, "confirm")}
          {...asTyped}
        />
        <Spelling name={name} typed={order.look.values.confirm} right={t("right")} />
      </Stack>
      <Actions>
        <Button>{(await getTranslations("frame"))("next")}</Button>
        <Link href="/start/name" prefetch={false}>
          {t("another")}
        </Link>
      </Actions>
    </>
  );
}
