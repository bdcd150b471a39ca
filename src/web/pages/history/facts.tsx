/** The numbers of a finished workout; what was not measured is left out. */
import type { CSSProperties } from "react";
import type { SummaryFacts } from "#protocol/api/workouts.ts";
import { cadenceUnit, clock, distance, spell, withUnit, type Units } from "../../ui/format.ts";
import { Fact, Section } from "../../ui/page.tsx";

interface FactsProps {
  readonly facts: SummaryFacts;
  readonly sport: string;
  readonly units: Units;
}

type Best = SummaryFacts["bestPower5sW"];

/** `[label, text]` of every fact there is. */
function factList({ facts, sport, units }: FactsProps): readonly (readonly [string, string])[] {
  const number = (label: string, value: number | null, unit: string) =>
    value === null ? [] : [[label, withUnit(Math.round(value), unit)] as const];
  const best = (label: string, value: Best, unit: string) => number(label, value?.value ?? null, unit);
  const perMinute = cadenceUnit(sport);
  return [
    ["Time", clock(facts.durationS)],
    ...(facts.movingS < facts.durationS - 5 ? [["Moving", clock(facts.movingS)] as const] : []),
    ...(facts.distanceM === null ? [] : [["Distance", distance(facts.distanceM, units)] as const]),
    ...number("Energy", facts.energyKj, "kJ"),
    ...number("Average power", facts.averagePowerW, "W"),
    ...number("Weighted power", facts.weightedPowerW, "W"),
    ...best("Best 5 s", facts.bestPower5sW, "W"),
    ...best("Best 1 min", facts.bestPower60sW, "W"),
    ...best("Best 5 min", facts.bestPower300sW, "W"),
    ...best("Best 20 min", facts.bestPower1200sW, "W"),
    ...number("Average cadence", facts.averageCadence, perMinute),
    ...best("Best cadence", facts.bestCadence, perMinute),
    ...number("Average heart rate", facts.averageHeartRateBpm, "bpm"),
    ...number("Highest heart rate", facts.maxHeartRateBpm, "bpm"),
    ...number("Load", facts.load, ""),
    ...number("Music on your tempo", facts.tempoAdherencePct, "%"),
    ...number("On target", facts.targetAdherencePct, "%"),
    ...(facts.distrustS > 0 ? [["Signal not trusted", spell(facts.distrustS)] as const] : []),
  ];
}

export function FactGrid(props: FactsProps) {
  return (
    <dl className="facts">
      {factList(props).map(([label, text]) => (
        <Fact key={label} label={label}>
          {text}
        </Fact>
      ))}
    </dl>
  );
}

export function Zones({
  title,
  secondsPerZone,
}: {
  title: string;
  secondsPerZone: readonly number[] | null;
}) {
  const totalS = secondsPerZone?.reduce((sum, seconds) => sum + seconds, 0) ?? 0;
  if (secondsPerZone === null || totalS === 0) return null;
  const last = secondsPerZone.length - 1;
  return (
    <Section title={title}>
      <div className="zones">
        <div className="zones-bar" aria-hidden="true">
          {secondsPerZone.map((seconds, zone) => {
            const share = last === 0 ? 0 : zone / last;
            const style = { flexGrow: seconds, "--effort": `${Math.round(share * 100)}%` } as CSSProperties;
            return seconds > 0 && <div key={share} style={style} />;
          })}
        </div>
        <ol>
          {secondsPerZone.map(
            (seconds, zone) =>
              seconds > 0 && (
                // oxlint-disable-next-line react/no-array-index-key -- a zone is its position
                <li key={zone}>
                  <span className="muted">Zone {zone + 1}</span>{" "}
                  <span className="figures">{clock(seconds)}</span>
                </li>
              ),
          )}
        </ol>
      </div>
    </Section>
  );
}

/** "8 % above your average" from how far a track's mean effort lay from the whole workout's. */
export function effortText(effortPct: number): string {
  const difference = Math.round(effortPct);
  if (difference === 0) return "your average";
  return `${Math.abs(difference)} % ${difference > 0 ? "above" : "below"} your average`;
}

export function Lifts({ effort }: { effort: SummaryFacts["trackEffort"] }) {
  const measured = effort.filter(({ effortPct, skipped }) => effortPct !== null && !skipped);
  if (measured.length === 0) return null;
  return (
    <Section title="The tracks that lifted you">
      <ol className="lifts">
        {measured.slice(0, 8).map((track) => (
          <li key={track.startS} className="lift">
            <p>
              {track.title} <span className="muted">{track.artist}</span>
            </p>
            <p className="lift-effort figures">{effortText(track.effortPct ?? 0)}</p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
