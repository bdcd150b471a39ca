/** Where in the class: now, what is left of it, what comes next; the whole class beneath. */
import { useMemo } from "react";
import { shareOfBlock, type Block } from "#domain/class-plan.ts";
import { ClassProfile } from "../../ui/class-profile/class-profile.tsx";
import { targetText } from "../../ui/class-profile/reading.ts";
import { clock } from "../../ui/format.ts";
import { plannedTracks } from "../../ui/planned-tracks.ts";
import type { WorkoutView } from "./contract.ts";
import "./interval.css";

function leftS(block: Block | undefined, classTimeS: number): number {
  return block === undefined ? 0 : Math.max(0, block.startS + block.durationS - classTimeS);
}

export function BlockTimer({ view }: { view: WorkoutView }) {
  const { plan, snapshot, countIn } = view;
  const block = plan.blocks[snapshot.blockIndex];
  const next = plan.blocks[snapshot.blockIndex + 1];
  const share = block === undefined ? 1 : shareOfBlock(block, snapshot.classTimeS);
  // Rounded up, so that the last second shown is 1 and the block ends at 0.
  const left = Math.ceil(leftS(block, snapshot.classTimeS));
  return (
    <section className={countIn === null ? "interval" : "interval counting"} aria-label="Interval">
      <div className="interval-now">
        <p className="figure-label">Now</p>
        <p className="interval-label">{block?.label ?? "Done"}</p>
        <p className="interval-target">{block !== undefined && targetText(block, share, plan.sport)}</p>
      </div>
      <p className="interval-left figures" role="timer" aria-label="Left in this block">
        {countIn === null ? clock(left) : countIn.secondsLeft}
      </p>
      <div className="interval-next">
        <p className="figure-label">{countIn === null ? "Next" : "In a moment"}</p>
        <p className="interval-label">{next?.label ?? "The end"}</p>
        <p className="interval-target">{next !== undefined && targetText(next, 0, plan.sport)}</p>
      </div>
      <div className="interval-bar" aria-hidden="true">
        <div style={{ inlineSize: `${share * 100}%` }} />
      </div>
    </section>
  );
}

export function WholeClass({ view }: { view: WorkoutView }) {
  const { plan, slots, tracks, snapshot } = view;
  const bands = useMemo(() => plannedTracks({ slots, tracks: tracks.values() }), [slots, tracks]);
  return (
    <div className="whole-class">
      <ClassProfile
        size="workout"
        durationS={plan.durationS}
        blocks={plan.blocks}
        tracks={bands}
        nowS={snapshot.classTimeS}
      />
      <p className="whole-class-times figures">
        <span>{clock(snapshot.elapsedS)}</span>
        <span>−{clock(plan.durationS - snapshot.classTimeS)}</span>
      </p>
    </div>
  );
}
