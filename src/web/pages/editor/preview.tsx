/** The soundtrack that the class being edited would have, planned a moment after each change. */
import { useEffect, useState } from "react";
import type { ClassPlan } from "#domain/class-plan.ts";
import { messageOf } from "../../api/client.ts";
import { useLibrary, usePreview } from "../../api/queries.ts";
import type { ProfileTrack } from "../../ui/class-profile/shapes.ts";
import { clock, count } from "../../ui/format.ts";
import { plannedTracks } from "../../ui/planned-tracks.ts";

/** A drag settles before its music is planned. */
const settleMs = 600;

export interface Preview {
  readonly tracks: readonly ProfileTrack[];
  /** What is known of it, or why there is none. */
  readonly text: string;
  readonly isFetching: boolean;
}

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), settleMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** The planner needs no name. */
const untitled = "Untitled";

export function useSoundtrackPreview(plan: ClassPlan, isPlannable: boolean): Preview {
  const settled = useSettled(plan);
  const libraryTracks = useLibrary().data?.tracks ?? 0;
  const wanted = { ...settled, title: settled.title === "" ? untitled : settled.title };
  const query = usePreview(wanted, libraryTracks, isPlannable && settled.durationS > 0);
  const { data } = query;
  if (libraryTracks === 0) return { tracks: [], text: "No music yet.", isFetching: false };
  if (query.error !== null) return { tracks: [], text: messageOf(query.error), isFetching: false };
  const within = data === undefined ? 0 : Math.round(data.metrics.timeWithin4Pct);
  const text =
    data === undefined
      ? "The soundtrack is being planned."
      : `${count(data.slots.length, "track")}, ${within} % of the time within 4 % of the recorded tempo`;
  return { tracks: plannedTracks(data), text, isFetching: query.isFetching || settled !== plan };
}

export function PreviewLine({ plan, preview }: { plan: ClassPlan; preview: Preview }) {
  return (
    <p className="small" aria-busy={preview.isFetching}>
      <span className="figures">{clock(plan.durationS)}</span> · {plan.intensity} ·{" "}
      <span className="preview-music">{preview.text}</span>
    </p>
  );
}
