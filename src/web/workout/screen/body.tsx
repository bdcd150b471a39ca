/** The body's side of the instrument: cadence inside the crank, power and heart rate beside it. */
import { useState } from "react";
import type { EngineSnapshot } from "#engine/contract.ts";
import { Crank } from "../../ui/crank/crank.tsx";
import { cadenceUnit, distance } from "../../ui/format.ts";
import type { WorkoutView } from "./contract.ts";
import { Figure, Stale, Tile } from "./figure.tsx";
import { heartRateZone, nothingToSay, readTarget, type TargetReading } from "./target.ts";

/** Who rests is not judged. */
function unlessPaused({ phase }: EngineSnapshot, reading: TargetReading): TargetReading {
  return phase === "paused" ? nothingToSay : reading;
}

export function CrankFigure({ view, onPress }: { view: WorkoutView; onPress: () => void }) {
  const { snapshot, plan, beats } = view;
  const running = snapshot.phase === "running";
  const unit = cadenceUnit(plan.sport);
  const lock = running ? snapshot.lock : null;
  const reading = readTarget(snapshot.cadence, snapshot.targetCadence, "cadence");
  return (
    <Tile does={running ? "Pause" : "Start"} onPress={onPress} className="tile-crank">
      <Crank
        source={running ? beats : null}
        strokesPerTurn={plan.sport === "cycling" ? 2 : 1}
        locked={lock === "locked"}
        phaseErrorMs={lock === "locked" || lock === "tempo" ? snapshot.phaseErrorMs : null}
      >
        <Figure
          label="Cadence"
          unit={unit}
          size="first"
          value={snapshot.cadence}
          target={snapshot.targetCadence === null ? null : String(Math.round(snapshot.targetCadence))}
          reading={unlessPaused(snapshot, reading)}
        />
      </Crank>
    </Tile>
  );
}

export function PowerTile({ view }: { view: WorkoutView }) {
  const [asShare, setAsShare] = useState(false);
  const { snapshot } = view;
  const { powerW, targetPowerW } = snapshot;
  const scale = asShare ? 100 / view.athlete.ftpW : 1;
  const scaled = (watts: number | null) => (watts === null ? null : watts * scale);
  return (
    <Tile
      does={asShare ? "Show watts" : "Show % of FTP"}
      onPress={() => setAsShare(!asShare)}
      className="tile-power"
    >
      <Figure
        label="Power"
        unit={asShare ? "% FTP" : "W"}
        size="other"
        value={scaled(powerW)}
        target={targetPowerW === null ? null : String(Math.round(scaled(targetPowerW) ?? 0))}
        reading={unlessPaused(snapshot, readTarget(scaled(powerW), scaled(targetPowerW), "power"))}
      />
    </Tile>
  );
}

/** Running and walking without a power target read speed here. */
export function SpeedTile({ view }: { view: WorkoutView }) {
  const { speedMps, distanceM } = view.snapshot;
  const imperial = view.athlete.units === "imperial";
  const perHour = speedMps === null ? null : speedMps * (imperial ? 2.236_936 : 3.6);
  return (
    <div className="tile tile-power">
      <div className="figure other">
        <p className="figure-label">Speed</p>
        <p className="figure-value figures">
          {perHour === null ? <Stale /> : perHour.toFixed(1)}
          <span className="figure-unit">{imperial ? "mph" : "km/h"}</span>
        </p>
        <p className="figure-target figures">
          {distanceM !== null && distance(distanceM, view.athlete.units)}
        </p>
      </div>
    </div>
  );
}

/** The zone against the one that is asked for. */
function readZone(zone: number | null, wanted: number | null): TargetReading {
  if (zone === null) return nothingToSay;
  if (wanted === null) return { standing: "none", word: `zone ${zone}` };
  if (zone === wanted) return { standing: "on", word: "on" };
  return { standing: zone < wanted ? "under" : "over", word: `zone ${zone}` };
}

export function HeartTile({ view }: { view: WorkoutView }) {
  const [asShare, setAsShare] = useState(false);
  const { athlete, plan, snapshot } = view;
  const bpm = snapshot.heartRateBpm;
  const zone = bpm === null ? null : heartRateZone(bpm, athlete.restingHeartRateBpm, athlete.maxHeartRateBpm);
  const wanted = plan.blocks[snapshot.blockIndex]?.hrZone ?? null;
  const share = bpm === null ? null : bpm / athlete.maxHeartRateBpm;
  return (
    <Tile
      does={asShare ? "Show beats" : "Show % of highest"}
      onPress={() => setAsShare(!asShare)}
      className="tile-heart"
    >
      <Figure
        label="Heart rate"
        unit={asShare ? "% max" : "bpm"}
        size="other"
        value={asShare && share !== null ? share * 100 : bpm}
        target={wanted === null ? null : `zone ${wanted}`}
        reading={unlessPaused(snapshot, readZone(zone, wanted))}
      />
    </Tile>
  );
}
