/** How long workouts are kept: chosen, shown what it would delete, then saved. */
import { useState } from "react";
import type { RetentionAnswer, RetentionChoice } from "#protocol/api/retention.ts";
import { messageOf } from "../../api/client.ts";
import { useChooseRetention, useRetention, useRetentionPreview } from "../../api/retention.ts";
import { Button, Field } from "../../ui/controls.tsx";
import { count, dayAndTime } from "../../ui/format.ts";
import { Section } from "../../ui/page.tsx";
import { Loaded, Note } from "../../ui/states.tsx";

const choices: readonly number[] = [1, 3, 6, 12, 24, 60];

const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "long", year: "numeric" });

interface MonthsFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly value: number | null;
  readonly onChange: (months: number | null) => void;
}

function MonthsField({ label, hint, value, onChange }: MonthsFieldProps) {
  const offered = value === null || choices.includes(value) ? choices : [...choices, value];
  return (
    <Field label={label} hint={hint}>
      {(id, hintId) => (
        <select
          id={id}
          aria-describedby={hintId}
          className="select"
          value={value ?? ""}
          onChange={({ target }) => onChange(target.value === "" ? null : Number(target.value))}
        >
          <option value="">For ever</option>
          {offered.map((months) => (
            <option key={months} value={months}>
              {count(months, "month")}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function WhatGoes({ choice }: { choice: RetentionChoice }) {
  const preview = useRetentionPreview(choice, true);
  if (preview.error !== null) return <>{messageOf(preview.error)}</>;
  if (preview.data === undefined) return <>Counting what would go.</>;
  const { workouts, series, oldestMs } = preview.data;
  if (oldestMs === null) return <>Nothing you have now is old enough to go.</>;
  return (
    <>
      This deletes {count(workouts, "workout")} whole and the series of {count(series, "more", "more")}, the
      oldest from {day.format(oldestMs)}. Nothing goes in the first 24 hours after you choose less time.
    </>
  );
}

function Waiting({ kept }: { kept: RetentionAnswer }) {
  const choose = useChooseRetention();
  const [openedAtMs] = useState(() => Date.now());
  const isForever = kept.seriesMonths === null && kept.workoutsMonths === null;
  if (isForever || kept.appliesFromMs <= openedAtMs) return null;
  return (
    <Note>
      <p>Nothing is deleted before {dayAndTime(kept.appliesFromMs)}. Until then you can take it back.</p>
      <Button
        busy={choose.isPending}
        onPress={() => choose.mutate({ seriesMonths: null, workoutsMonths: null })}
      >
        Keep everything
      </Button>
    </Note>
  );
}

function RetentionForm({ kept }: { kept: RetentionAnswer }) {
  const [changed, setChanged] = useState<RetentionChoice | null>(null);
  const choose = useChooseRetention();
  const { seriesMonths, workoutsMonths } = changed ?? kept;
  const choice = { seriesMonths, workoutsMonths };
  const isChanged = seriesMonths !== kept.seriesMonths || workoutsMonths !== kept.workoutsMonths;
  return (
    <>
      <div className="athlete">
        <MonthsField
          label="Second by second"
          hint="Heart rate, power and cadence over time. Summaries stay."
          value={seriesMonths}
          onChange={(months) => setChanged({ ...choice, seriesMonths: months })}
        />
        <MonthsField
          label="Whole workouts"
          hint="With their summaries."
          value={workoutsMonths}
          onChange={(months) => setChanged({ ...choice, workoutsMonths: months })}
        />
      </div>
      <p role="status" className="about">
        {isChanged && <WhatGoes choice={choice} />}
      </p>
      {isChanged ? (
        <div className="you-actions">
          <Button
            busy={choose.isPending}
            onPress={() => choose.mutate(choice, { onSuccess: () => setChanged(null) })}
          >
            Save
          </Button>
          <Button weight="quiet" onPress={() => setChanged(null)}>
            Leave as it is
          </Button>
        </div>
      ) : (
        <Waiting kept={kept} />
      )}
      {choose.error !== null && <p role="alert">{messageOf(choose.error)}</p>}
    </>
  );
}

export function RetentionSection() {
  return (
    <Section title="How long workouts are kept">
      <Loaded query={useRetention()} what="how long workouts are kept">
        {(kept) => <RetentionForm kept={kept} />}
      </Loaded>
    </Section>
  );
}
