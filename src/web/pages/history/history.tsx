import { Link } from "wouter";
import type { Workout } from "#protocol/api/workouts.ts";
import { itemsOf, useAthlete, useClass, useWorkouts } from "../../api/queries.ts";
import { ClassProfile } from "../../ui/class-profile/class-profile.tsx";
import { Button, LinkButton } from "../../ui/controls.tsx";
import { dayAndTime, distance, spell, withUnit } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Empty, Loaded } from "../../ui/states.tsx";
import { useUndo } from "../../ui/undo.tsx";
import "./history.css";

/** What was measured, as far as it was: "34 min, 12.1 km, 178 W, load 41". */
function figures(workout: Workout, units: "metric" | "imperial"): string {
  const { facts, durationS } = workout;
  if (facts === null) return spell(durationS);
  const { distanceM, averagePowerW, averageHeartRateBpm, load } = facts;
  const parts = [
    spell(durationS),
    distanceM === null ? null : distance(distanceM, units),
    averagePowerW === null ? null : withUnit(Math.round(averagePowerW), "W"),
    averageHeartRateBpm === null ? null : withUnit(Math.round(averageHeartRateBpm), "bpm"),
    load === null ? null : `load ${Math.round(load)}`,
  ];
  return parts.filter((part) => part !== null).join(" · ");
}

function Row({ workout }: { workout: Workout }) {
  const units = useAthlete().data?.units ?? "metric";
  const detail = useClass(workout.classId).data;
  return (
    <li className="history-row">
      <div>
        <p className="muted small">{dayAndTime(workout.startedAtMs)}</p>
        <p>
          <Link href={routes.summary(workout.id)}>{workout.classTitle}</Link>
        </p>
        <p className="muted small figures">
          {workout.finished ? figures(workout, units) : "Not finished: it was interrupted or still runs."}
        </p>
      </div>
      {detail !== undefined && (
        <ClassProfile size="card" durationS={detail.durationS} blocks={detail.blocks} decorative />
      )}
    </li>
  );
}

export function HistoryPage() {
  const workouts = useWorkouts();
  const { goneIds } = useUndo();
  return (
    <Page title="History">
      <Loaded query={workouts} what="your workouts">
        {(data) => {
          const items = itemsOf(data).filter(({ id }) => !goneIds.has(id));
          if (items.length === 0) {
            return (
              <Empty title="Your first workout will be here">
                <p>What you did, which tracks lifted you, and a FIT file to take elsewhere.</p>
                <LinkButton to={routes.classes()}>Choose a class</LinkButton>
              </Empty>
            );
          }
          return (
            <>
              <ol className="history">
                {items.map((workout) => (
                  <Row key={workout.id} workout={workout} />
                ))}
              </ol>
              {workouts.hasNextPage && (
                <div>
                  <Button onPress={() => void workouts.fetchNextPage()} busy={workouts.isFetchingNextPage}>
                    Show older
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
