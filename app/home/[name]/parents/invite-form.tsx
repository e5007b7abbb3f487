import { getTranslations } from "next-intl/server";
import { Actions, Button, ButtonLink } from "@/components/button.tsx";
import { asTyped, TextField } from "@/components/field.tsx";
import { Stack } from "@/components/stack.tsx";
import { Ticks } from "@/components/tick.tsx";
import { type Wrong, wrongAt } from "@/components/wrong.ts";
import type { ParentsView } from "@/lib/households/parents/describe-parents.ts";
import type { TypedInvite } from "@/lib/households/parents/read-invite.ts";
import { inviteParentAction } from "./actions.ts";
import { elsewhere } from "./typed.ts";
import { WhatAParentCan } from "./what-a-parent-can.tsx";

interface InviteFormProps {
  readonly view: ParentsView;
  readonly typed: TypedInvite | undefined;
  readonly wrongs: readonly Wrong[];
}

/** Asks for whom a letter is to go, under what they are given with it. */
export async function InviteForm({ view: { home, adults }, typed, wrongs }: InviteFormProps) {
  const [t, frame] = [await getTranslations("family.parents"), await getTranslations("frame")];
  const options = [
    ...adults.map(({ personId, given }) => ({ value: personId, label: t("lives", { given }) })),
    { value: elsewhere, label: t("elsewhere") },
  ];
  const field = (id: "given" | "email" | "matrixId") => ({
    ...{ id, label: t(id), hint: t(`${id}Hint`), defaultValue: typed?.[id], autoComplete: "off" },
    ...{ wrong: wrongAt(wrongs, id) },
  });
  return (
    <Stack as="section" gap={4} labelledBy="ask">
      <h2 id="ask">{t("ask")}</h2>
      <WhatAParentCan />
      <form className="stack stack--4" action={inviteParentAction} noValidate>
        <input type="hidden" name="home" value={home} />
        <TextField {...field("given")} />
        <TextField {...field("email")} type="email" {...asTyped} />
        {adults.length > 0 ? (
          <Ticks
            {...{ id: "personId", name: "personId", legend: t("personId"), options, lines: true }}
            {...{ value: typed?.personId || elsewhere, wrong: wrongAt(wrongs, "personId") }}
          />
        ) : null}
        <TextField {...field("matrixId")} {...asTyped} optional={frame("optional")} />
        <Actions>
          <Button>{t("askButton")}</Button>
          <ButtonLink href={`/home/${home}`} kind="quiet">
            {t("leave.no")}
          </ButtonLink>
        </Actions>
      </form>
    </Stack>
  );
}
