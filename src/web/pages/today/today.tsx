import { useState } from "react";
import { Link } from "wouter";
import type { ClassSummary, Workout } from "#protocol/api/schemas.ts";
import { itemsOf, useClasses, useLibrary, useSoundtrack, useWorkouts } from "../../api/queries.ts";
import { classMeta } from "../../ui/class-card.tsx";
import { ProfileExplorer } from "../../ui/class-profile/explore.tsx";
import { LinkButton } from "../../ui/controls.tsx";
import { dayAndTime, spell } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { plannedTracks } from "../../ui/planned-tracks.ts";
import { routes } from "../../ui/routes.ts";
import { Loaded } from "../../ui/states.tsx";
import { LibraryLine } from "../music/progress.tsx";
import { lastSevenDays, pickOfDay, suggest } from "./suggest.ts";
import "./today.css";

function Suggested({ summary, why }: { summary: ClassSummary; why: string }) {
  const tracks = useLibrary().data?.tracks ?? 0;
  const soundtrack = useSoundtrack(summary.id, tracks);
  return (
    <section className="suggested" aria-label="Suggested class">
      <div className="suggested-words">
        <h2>
          <Link href={routes.class(summary.id)}>{summary.title}</Link>
        </h2>
        <p className="muted">{classMeta(summary)}</p>
        <p>{why}</p>
      </div>
      <div className="suggested-start">
        <LinkButton to={routes.class(summary.id)} weight="primary" icon="play">
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

function Week({ workouts, nowMs }: { workouts: readonly Workout[]; nowMs: number }) {
  const days = lastSevenDays(workouts, nowMs);
  const most = Math.max(1800, ...days.map(({ seconds }) => seconds));
  const total = days.reduce((sum, { seconds }) => sum + seconds, 0);
  const named = new Intl.DateTimeFormat(undefined, { weekday: "short" });
  return (
    <Section title="Seven days" aside={total > 0 && <span className="muted figures">{spell(total)}</span>}>
      <ol className="week">
        {days.map(({ startMs, seconds, today }) => (
          <li key={startMs} className={today ? "today" : undefined}>
            <div className="week-bar" aria-hidden="true">
              <div style={{ blockSize: `${(seconds / most) * 100}%` }} />
            </div>
            <span>{named.format(startMs)}</span>
            <span className="visually-hidden">{seconds === 0 ? "nothing" : spell(seconds)}</span>
          </li>
        ))}
      </ol>
    </Section>
  );
}

function LastWorkout({ workout }: { workout: Workout | undefined }) {
  return (
    <Section title="Last workout">
      {workout === undefined ? (
        <p className="muted">
          Nothing yet. Press Start above; afterwards this tells you what you did and which tracks lifted you.
        </p>
      ) : (
        <div className="last">
          <p>
            <Link href={routes.summary(workout.id)}>{workout.classTitle}</Link>{" "}
            <span className="muted">{dayAndTime(workout.startedAtMs)}</span>
          </p>
          <p className="muted">{workout.text}</p>
        </div>
      )}
    </Section>
  );
}

function Day({ workouts }: { workouts: readonly Workout[] }) {
  const [nowMs] = useState(() => Date.now());
  const suggestion = suggest(workouts, nowMs);
  const classes = useClasses(suggestion.filter);
  return (
    <>
      <Loaded query={classes} what="today's class">
        {(data) => {
          const chosen = pickOfDay(itemsOf(data), nowMs);
          return chosen === undefined ? (
            <p className="muted">
              No class fits today. <Link href={routes.classes()}>Look through all of them.</Link>
            </p>
          ) : (
            <Suggested summary={chosen} why={suggestion.why} />
          );
        }}
      </Loaded>
      <div className="today-below">
        <Week workouts={workouts} nowMs={nowMs} />
        <LastWorkout workout={workouts.find(({ finished }) => finished)} />
      </div>
    </>
  );
}

export function TodayPage() {
  const workouts = useWorkouts();
  return (
    <Page title="Today" lead={<LibraryLine />}>
      <Loaded query={workouts} what="your day">
        {(data) => <Day workouts={itemsOf(data)} />}
      </Loaded>
    </Page>
  );
}
