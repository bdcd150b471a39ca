/** What to do now, and why: one suggestion first, then mixes by mood, more classes, and how the week stands. */
import { useState } from "react";
import { Link, useLocation, useSearch } from "wouter";
import type { Hardness } from "#domain/recommendation/readiness.ts";
import type { Recommendations } from "#protocol/api/recommendations.ts";
import type { ClassSummary } from "#protocol/api/schemas.ts";
import type { Workout } from "#protocol/api/workouts.ts";
import {
  itemsOf,
  useLibrary,
  useProgrammes,
  useRecommendations,
  useSoundtrack,
  useWorkouts,
} from "../../api/queries.ts";
import { ClassCard, classMeta } from "../../ui/class-card.tsx";
import { ProfileExplorer } from "../../ui/class-profile/explore.tsx";
import { Choice, LinkButton } from "../../ui/controls.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { plannedTracks } from "../../ui/planned-tracks.ts";
import { routes } from "../../ui/routes.ts";
import { Loaded, Note } from "../../ui/states.tsx";
import { LibraryLine } from "../music/progress.tsx";
import { Mixes } from "./mixes.tsx";
import { NextSessions } from "./next-sessions.tsx";
import { LastWorkout, Week } from "./week.tsx";
import "./today.css";

/** As many reasons as are read at a glance. */
const shownReasons = 3;

/** The day's own sentence stands above them all already. */
function withoutDay(summary: ClassSummary, dayText: string): ClassSummary {
  return { ...summary, why: summary.why.filter((reason) => reason !== dayText) };
}

function Suggested({ summary }: { summary: ClassSummary }) {
  const tracks = useLibrary().data?.tracks ?? 0;
  const soundtrack = useSoundtrack(summary.id, tracks);
  return (
    <section className="suggested" aria-label="Suggested class">
      <div className="suggested-words">
        <h2>
          <Link href={routes.class(summary.id)}>{summary.title}</Link>
        </h2>
        <p className="muted">{classMeta(summary)}</p>
        <ul className="reasons" aria-label="Why">
          {(summary.why.length > 0 ? summary.why : [summary.description])
            .slice(0, shownReasons)
            .map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
        </ul>
      </div>
      <div className="suggested-start">
        <LinkButton to={routes.workout(summary.id)} weight="primary" icon="play">
          Start
        </LinkButton>
      </div>
      <ProfileExplorer
        size="class"
        sport={summary.sport}
        durationS={summary.durationS}
        blocks={summary.blocks}
        tracks={plannedTracks(soundtrack.data)}
      />
    </section>
  );
}

const hardnessLabels: Readonly<Record<Hardness, string>> = {
  easy: "Easy",
  moderate: "Moderate",
  hard: "Hard",
};
const hardnesses = ["easy", "moderate", "hard"] as const;

function chosenIn(search: string): Hardness | null {
  const chosen = new URLSearchParams(search).get("hard");
  return hardnesses.find((known) => known === chosen) ?? null;
}

interface HowHardProps {
  readonly day: Recommendations["day"];
  readonly chosen: Hardness | null;
}

/** The day's own verdict is chosen until the person says otherwise, and its reason stays in sight. */
function HowHard({ day, chosen }: HowHardProps) {
  const [, navigate] = useLocation();
  return (
    <Choice<Hardness>
      label="How hard today"
      value={chosen ?? day.hardness}
      onChange={(next) =>
        navigate(next === day.hardness ? routes.today : routes.todayAs(next), { replace: true })
      }
      options={hardnesses.map((value) => ({ value, label: hardnessLabels[value], hint: day.text }))}
    />
  );
}

/** What a first visit needs to know, and who has not said yes can be told what a yes would change. */
function About({ usesWorkouts, isNew }: { usesWorkouts: boolean; isNew: boolean }) {
  if (isNew) {
    return (
      <Note>
        <ol className="first-steps">
          <li>Press Start. Your cadence comes from a sensor, from tapping, or from nothing at all.</li>
          <li>The music moves with you: its beats land on your strokes.</li>
          <li>Afterwards you read what you did, and say whether Upbeat may keep it and learn from it.</li>
        </ol>
      </Note>
    );
  }
  if (usesWorkouts) return null;
  return (
    <Note>
      These suggestions know nothing of your workouts. <Link href={routes.consent}>Let them look</Link>, and
      they go by what you did lately, how hard it was and what you usually do at this time.
    </Note>
  );
}

interface DayProps {
  readonly suggestions: Recommendations;
  readonly chosen: Hardness | null;
  readonly workouts: readonly Workout[];
}

function Day({ suggestions, chosen, workouts }: DayProps) {
  const [nowMs] = useState(() => Date.now());
  const { items, mixes, day, usesWorkouts } = suggestions;
  const [first, ...more] = items.map((summary) => withoutDay(summary, day.text));
  return (
    <>
      <About usesWorkouts={usesWorkouts} isNew={workouts.length === 0} />
      <HowHard day={day} chosen={chosen} />
      {first !== undefined && <Suggested summary={first} />}
      <NextSessions programmes={useProgrammes().data?.items ?? []} shownId={first?.id} />
      <Mixes mixes={mixes} />
      <Section title="Or one of these">
        <ul className="class-cards" aria-label="More classes for today">
          {more.map((summary) => (
            <ClassCard key={summary.id} summary={summary} />
          ))}
        </ul>
      </Section>
      <div className="today-below">
        <Week workouts={workouts} nowMs={nowMs} />
        <LastWorkout workout={workouts.find(({ finished }) => finished)} />
      </div>
    </>
  );
}

export function TodayPage() {
  const chosen = chosenIn(useSearch());
  const workouts = useWorkouts();
  const suggestions = useRecommendations(chosen);
  return (
    <Page title="Today" lead={<LibraryLine />}>
      <Loaded query={workouts} what="your day">
        {(data) => (
          <Loaded query={suggestions} what="what suits today">
            {(found) => <Day suggestions={found} chosen={chosen} workouts={itemsOf(data)} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
