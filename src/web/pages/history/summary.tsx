import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useLocation } from "wouter";
import type { ClassDetail } from "#protocol/api/schemas.ts";
import type { Series, Workout } from "#protocol/api/workouts.ts";
import { api } from "../../api/client.ts";
import { apiPaths } from "#client/paths.ts";
import {
  itemsOf,
  queryKeys,
  useAthlete,
  useClass,
  useSeries,
  useTracks,
  useWorkout,
} from "../../api/queries.ts";
import { ProfileExplorer } from "../../ui/class-profile/explore.tsx";
import { doneBlocks } from "../../ui/class-profile/reading.ts";
import { Button } from "../../ui/controls.tsx";
import { dayAndTime, spell } from "../../ui/format.ts";
import { Page } from "../../ui/page.tsx";
import { playedTracks } from "../../ui/planned-tracks.ts";
import { routes } from "../../ui/routes.ts";
import { Loaded, Note } from "../../ui/states.tsx";
import { useUndo } from "../../ui/undo.tsx";
import { FactGrid, Lifts, Zones } from "./facts.tsx";
import "./history.css";

function Drawing({ workout, detail, series }: { workout: Workout; detail: ClassDetail; series: Series }) {
  const ftpW = useAthlete().data?.ftpW ?? 1;
  const known = useTracks().data;
  const blocks = useMemo(() => doneBlocks(detail.blocks, series.blockPasses), [detail, series]);
  const tracks = useMemo(() => playedTracks(series.trackPlays, itemsOf(known)), [series, known]);
  const done = useMemo(() => ({ rows: series.rows, ftpW }), [series, ftpW]);
  return (
    <figure>
      <ProfileExplorer
        size="history"
        sport={workout.sport}
        durationS={workout.durationS}
        blocks={blocks}
        tracks={tracks}
        done={done}
      />
      <figcaption className="legend">
        <span className="asked">asked for</span>
        <span>your power</span>
        <span className="thin">your cadence</span>
        <span className="music">what played</span>
      </figcaption>
    </figure>
  );
}

/** The class as it was really done; nothing where the class is no longer known. */
function WhatHappened({ workout }: { workout: Workout }) {
  const detail = useClass(workout.classId).data;
  const series = useSeries(workout.finished ? workout.id : "").data;
  if (detail === undefined || series === undefined) return null;
  if (series.rows.length === 0) return <p className="muted">Second by second, nothing of it is kept.</p>;
  return <Drawing workout={workout} detail={detail} series={series} />;
}

function Actions({ workout }: { workout: Workout }) {
  const client = useQueryClient();
  const { later } = useUndo();
  const [, navigate] = useLocation();
  const remove = () => {
    later({
      id: workout.id,
      text: "Workout deleted.",
      carryOut: async () => {
        await api.delete(apiPaths.workout(workout.id));
        await client.invalidateQueries({ queryKey: queryKeys.workouts });
      },
    });
    navigate(routes.history);
  };
  return (
    <>
      {workout.finished && workout.detail === "full" && (
        <a className="button plain" href={apiPaths.workoutFit(workout.id)} download>
          Download FIT
        </a>
      )}
      <Button weight="quiet" onPress={remove}>
        Delete
      </Button>
    </>
  );
}

function Finished({ workout }: { workout: Workout }) {
  const units = useAthlete().data?.units ?? "metric";
  const { facts } = workout;
  return (
    <>
      {workout.text !== "" && <p className="said">{workout.text}</p>}
      <WhatHappened workout={workout} />
      {facts !== null && (
        <>
          <FactGrid facts={facts} sport={workout.sport} units={units} />
          <Lifts effort={facts.trackEffort} />
          <Zones title="Time in power zones" secondsPerZone={facts.powerZonesS} />
          <Zones title="Time in heart-rate zones" secondsPerZone={facts.heartRateZonesS} />
        </>
      )}
    </>
  );
}

export function SummaryPage({ workoutId }: { workoutId: string }) {
  const query = useWorkout(workoutId);
  const workout = query.data;
  const simulated = workout?.source === "simulated" ? " · simulated athlete" : "";
  return (
    <Page
      title={workout?.classTitle ?? "Workout"}
      back={{ to: routes.history, label: "History" }}
      lead={workout === undefined ? undefined : `${dayAndTime(workout.startedAtMs)}${simulated}`}
      action={workout !== undefined && <Actions workout={workout} />}
    >
      <Loaded query={query} what="the workout">
        {(loaded) =>
          loaded.detail === "line" && loaded.text === "" ? (
            <Note>
              Only this is kept: that it took place
              {loaded.finished && ` and lasted ${spell(loaded.durationS)}`}. It informs nothing.
            </Note>
          ) : loaded.finished ? (
            <Finished workout={loaded} />
          ) : (
            <Note>
              This workout is not finished. What has reached the server is safe; the rest comes from the
              browser it runs in, as soon as that can reach the server again.
            </Note>
          )
        }
      </Loaded>
    </Page>
  );
}
