"use client";

import { type ReactNode, useActionState, useEffect, useState } from "react";
import { Actions, Button } from "@/components/button.tsx";
import { ErrorSummary } from "@/components/error-summary.tsx";
import { TextField } from "@/components/field.tsx";
import { Notice } from "@/components/notice.tsx";
import { TickField } from "@/components/tick.tsx";
import type { Wrong } from "@/components/wrong.ts";
import { type SavedPassword, savePasswordAction } from "./actions.ts";

export interface PasswordWords {
  readonly label: string;
  readonly hint: string;
  readonly show: string;
  /** Of a child who is old enough to agree itself, to which it has not yet: the sentence, and the words of the box. */
  readonly own?: { readonly lead: string; readonly tick: string };
  /** Where the family has house terms: which version stands above, and the words of the box. */
  readonly house?: { readonly nth: number; readonly tick: string };
  readonly button: string;
  readonly saving: string;
  readonly problem: string;
  readonly errorTitle: string;
}

interface PasswordFormProps {
  readonly token: string;
  /** Lets a password manager keep both together. */
  readonly part: string;
  readonly words: PasswordWords;
  /** The heading, which the summary of what is wrong stands above. */
  readonly children: ReactNode;
}

/** The first password. It goes to the server once and comes back in no answer: after a mistake it is typed anew. */
export function PasswordForm({ token, part, words, children }: PasswordFormProps) {
  const [saved, save, saving] = useActionState<SavedPassword, FormData>(savePasswordAction, { tries: 0 });
  const [shown, setShown] = useState(false);
  const { wrong, away, tries } = saved;
  useEffect(() => {
    if (wrong) document.title = words.errorTitle;
  }, [wrong, words.errorTitle]);
  return (
    <>
      {wrong ? <ErrorSummary key={tries} heading={words.problem} wrongs={[wrong]} /> : null}
      {away ? <Notice key={tries} tone="wait" icon="clock" heading={away} status /> : null}
      {children}
      <form className="stack stack--4" action={save} noValidate>
        <input type="hidden" name="token" value={token} />
        <Username part={part} />
        <TextField
          id="password"
          label={words.label}
          hint={words.hint}
          type={shown ? "text" : "password"}
          width="mid"
          autoComplete="new-password"
          autoCapitalize="none"
          spellCheck={false}
          wrong={wrong?.at === "password" ? wrong : undefined}
        />
        <label className="tick">
          <input type="checkbox" checked={shown} onChange={(event) => setShown(event.target.checked)} />
          <span>{words.show}</span>
        </label>
        {words.own ? (
          <Own {...words.own} wrong={wrong?.at === "own" ? wrong : undefined} ticked={saved.own === true} />
        ) : null}
        {words.house ? (
          <House {...words.house} wrong={wrong?.at === "house" ? wrong : undefined} ticked={saved.house === true} />
        ) : null}
        <Actions>
          <Button disabled={saving}>{saving ? words.saving : words.button}</Button>
        </Actions>
      </form>
    </>
  );
}

type OwnProps = NonNullable<PasswordWords["own"]> & { readonly wrong: Wrong | undefined; readonly ticked: boolean };

/** The child's own word, in a box that is never ticked for anyone. */
function Own({ lead, tick, wrong, ticked }: OwnProps) {
  return (
    <>
      <p>{lead}</p>
      <TickField
        key={String(ticked)}
        id="own"
        name="own"
        value="yes"
        checked={ticked}
        small
        {...(wrong ? { wrong } : {})}
      >
        {tick}
      </TickField>
    </>
  );
}

type HouseProps = NonNullable<PasswordWords["house"]> & { readonly wrong: Wrong | undefined; readonly ticked: boolean };

/** Whoever comes to live there has read what the family agreed. Of another version since, the tick is taken back. */
function House({ nth, tick, wrong, ticked }: HouseProps) {
  return (
    <>
      <input type="hidden" name="houseNth" value={nth} />
      <TickField
        key={`${nth} ${ticked}`}
        id="house"
        name="house"
        value="yes"
        checked={ticked}
        {...(wrong ? { wrong } : {})}
      >
        {tick}
      </TickField>
    </>
  );
}

/** Nobody sees it but a password manager. */
function Username({ part }: { part: string }) {
  return (
    <input
      className="hidden"
      type="text"
      name="username"
      autoComplete="username"
      defaultValue={part}
      tabIndex={-1}
      aria-hidden="true"
    />
  );
}
