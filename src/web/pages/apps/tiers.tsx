/** Fair use: the tiers that the owner defines, in calls an hour by what is read. */
import { useState } from "react";
import type { AppTiers } from "#protocol/api/usage.ts";
import { useSetTiers } from "../../api/apps.ts";
import { messageOf } from "../../api/client.ts";
import { Button, Field } from "../../ui/controls.tsx";
import { Section } from "../../ui/page.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { categoryNames } from "./app-words.ts";
import {
  anotherTier,
  draftOf,
  settingsOf,
  troubleWith,
  type Category,
  type TierDraft,
} from "./tier-drafts.ts";

const categories: readonly Category[] = ["catalogue", "music", "body", "joined", "account"];
const labels: Readonly<Record<Category, string>> = { ...categoryNames, body: "Bodies" };
/** As the server has it. */
const mostTiers = 20;

interface TierFormProps {
  readonly draft: TierDraft;
  readonly isFirst: boolean;
  readonly trouble: string | null;
  readonly onChange: (draft: TierDraft) => void;
  readonly onRemove: () => void;
}

function TierForm({ draft, isFirst, trouble, onChange, onRemove }: TierFormProps) {
  const { name, callsPerHour } = draft;
  return (
    <fieldset className="tier">
      <legend className="visually-hidden">{name}</legend>
      <TextField
        label="Name"
        {...(isFirst && { hint: "Apps have this tier unless you choose another above." })}
        autoComplete="off"
        value={name}
        onChange={(next) => onChange({ ...draft, name: next })}
      />
      <div className="tier-limits">
        {categories.map((category) => (
          <Field key={category} label={labels[category]} unit="calls an hour">
            {(id) => (
              <input
                id={id}
                className="input short"
                inputMode="numeric"
                value={callsPerHour[category]}
                onChange={({ target }) =>
                  onChange({ ...draft, callsPerHour: { ...callsPerHour, [category]: target.value } })
                }
              />
            )}
          </Field>
        ))}
      </div>
      {trouble !== null && <p role="alert">{trouble}</p>}
      {!isFirst && (
        <div>
          <Button weight="quiet" onPress={onRemove}>
            Remove<span className="visually-hidden"> the tier {name}</span>
          </Button>
        </div>
      )}
    </fieldset>
  );
}

export function Tiers({ settings }: { settings: AppTiers }) {
  const [changed, setChanged] = useState<readonly TierDraft[] | null>(null);
  const save = useSetTiers();
  const drafts = changed ?? settings.tiers.map(draftOf);
  const wanted = settingsOf(drafts, settings.tierOf);
  const replace = (index: number, next: readonly TierDraft[]) =>
    setChanged(drafts.toSpliced(index, 1, ...next));
  return (
    <Section title="Tiers">
      <p className="about">
        Calls that join music and body have a measure of their own: together they say more than either alone.
        Nought closes a kind of call altogether. An app is told how much it has left, and when to come again.
      </p>
      {drafts.map((draft, index) => (
        <TierForm
          key={draft.was ?? `new ${index}`}
          draft={draft}
          isFirst={index === 0}
          trouble={troubleWith(draft, drafts)}
          onChange={(next) => replace(index, [next])}
          onRemove={() => replace(index, [])}
        />
      ))}
      <div className="you-actions">
        {drafts.length < mostTiers && (
          <Button onPress={() => setChanged([...drafts, anotherTier(drafts)])}>Add a tier</Button>
        )}
        {changed !== null && (
          <>
            <Button
              weight="primary"
              busy={save.isPending}
              disabledReason={wanted === null ? "Something above is not right yet." : null}
              onPress={() => wanted !== null && save.mutate(wanted, { onSuccess: () => setChanged(null) })}
            >
              Save tiers
            </Button>
            <Button weight="quiet" onPress={() => setChanged(null)}>
              Leave as they are
            </Button>
          </>
        )}
      </div>
      <p role="status" className="small">
        {save.error !== null && messageOf(save.error)}
        {save.isSuccess && changed === null && (
          <span className="muted">Saved. It holds from the next call on.</span>
        )}
      </p>
    </Section>
  );
}
