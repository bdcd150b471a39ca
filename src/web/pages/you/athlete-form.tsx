/** The athlete profile: what targets, trust and summaries are computed from. Saved as it is changed. */
import { useState } from "react";
import { defaultAthlete, expectedMaxHeartRateBpm, type AthleteProfile } from "#domain/athlete.ts";
import { useSaveAthlete } from "../../api/changes.ts";
import { messageOf } from "../../api/client.ts";
import { Choice, Field } from "../../ui/controls.tsx";

const poundsPerKg = 2.204_623;

interface NumberFieldProps {
  readonly label: string;
  readonly unit?: string;
  readonly hint: string;
  readonly value: number | null;
  readonly min: number;
  readonly max: number;
  readonly onSave: (value: number | null) => void;
}

/** Keeps what is typed; hands it on once it is a number in range. */
function NumberField({ label, unit, hint, value, min, max, onSave }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (value === null ? "" : String(Math.round(value)));
  const bad = shown !== "" && !(Number(shown) >= min && Number(shown) <= max);
  const save = () => {
    if (typed === null || bad) return;
    onSave(typed === "" ? null : Number(typed));
    setTyped(null);
  };
  return (
    <Field label={label} unit={unit} hint={bad ? `Between ${Math.ceil(min)} and ${Math.floor(max)}.` : hint}>
      {(id, hintId) => (
        <input
          id={id}
          className="input short"
          inputMode="numeric"
          aria-describedby={hintId}
          aria-invalid={bad}
          value={shown}
          onChange={(event) => setTyped(event.target.value.replaceAll(/\D/g, ""))}
          onBlur={save}
          onKeyDown={(event) => event.key === "Enter" && save()}
        />
      )}
    </Field>
  );
}

/** Says that a value is the stated default, so that nobody takes it for theirs. */
function assumed(profile: AthleteProfile, field: keyof AthleteProfile, meaning: string): string {
  return profile[field] === defaultAthlete[field] ? `${meaning} Assumed until you say otherwise.` : meaning;
}

function maxHeartRateHint(profile: AthleteProfile, thisYear: number): string {
  if (profile.birthYear === null)
    return assumed(profile, "maxHeartRateBpm", "Heart-rate zones follow from it.");
  const expected = Math.round(expectedMaxHeartRateBpm(thisYear - profile.birthYear));
  return `Heart-rate zones follow from it. Expected at your age: about ${expected}.`;
}

type Spec = Omit<NumberFieldProps, "onSave"> & {
  readonly field: keyof AthleteProfile;
  readonly perUnit: number;
};

/** Every number of the profile. `perUnit` turns what is kept into what is shown. */
function fieldSpecs(profile: AthleteProfile, thisYear: number): readonly Spec[] {
  const imperial = profile.units === "imperial";
  const perKg = imperial ? poundsPerKg : 1;
  const threshold = "What you can hold for about an hour. Power targets are a share of it.";
  const plain = { perUnit: 1 };
  return [
    {
      ...plain,
      field: "ftpW",
      label: "Threshold power (FTP)",
      unit: "W",
      value: profile.ftpW,
      min: 30,
      max: 700,
      hint: assumed(profile, "ftpW", threshold),
    },
    {
      ...plain,
      field: "maxHeartRateBpm",
      label: "Highest heart rate",
      unit: "bpm",
      value: profile.maxHeartRateBpm,
      min: 100,
      max: 240,
      hint: maxHeartRateHint(profile, thisYear),
    },
    {
      ...plain,
      field: "restingHeartRateBpm",
      label: "Resting heart rate",
      unit: "bpm",
      value: profile.restingHeartRateBpm,
      min: 25,
      max: 120,
      hint: assumed(profile, "restingHeartRateBpm", "Measured lying still, in the morning."),
    },
    {
      perUnit: perKg,
      field: "weightKg",
      label: "Weight",
      unit: imperial ? "lb" : "kg",
      value: profile.weightKg * perKg,
      min: 25 * perKg,
      max: 300 * perKg,
      hint: assumed(profile, "weightKg", "Speed and what is plausible follow from it."),
    },
    {
      ...plain,
      field: "birthYear",
      label: "Birth year",
      value: profile.birthYear,
      min: 1900,
      max: thisYear,
      hint: "Only for the expected highest heart rate. May stay empty.",
    },
  ];
}

export function AthleteForm({ profile }: { profile: AthleteProfile }) {
  const save = useSaveAthlete();
  const [thisYear] = useState(() => new Date().getFullYear());
  const change = (changed: Partial<AthleteProfile>) => save.mutate({ ...profile, ...changed });
  return (
    <div className="athlete">
      {fieldSpecs(profile, thisYear).map(({ field, perUnit, ...spec }) => (
        <NumberField
          key={field}
          {...spec}
          onSave={(value) => {
            if (value !== null) change({ [field]: value / perUnit });
            else if (field === "birthYear") change({ birthYear: null });
          }}
        />
      ))}
      <Choice
        label="Units"
        value={profile.units}
        onChange={(units) => change({ units })}
        options={[
          { value: "metric", label: "Metric" },
          { value: "imperial", label: "Imperial" },
        ]}
      />
      <p role="status" className="small">
        {save.error !== null && messageOf(save.error)}
        {save.isSuccess && <span className="muted">Saved.</span>}
      </p>
    </div>
  );
}
