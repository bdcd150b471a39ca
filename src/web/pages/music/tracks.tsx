import { Link } from "wouter";
import type { TrackSummary } from "#protocol/api/schemas.ts";
import { clock, percent } from "../../ui/format.ts";
import { routes } from "../../ui/routes.ts";

const byTitle = (a: TrackSummary, b: TrackSummary): number => a.title.localeCompare(b.title);

const gridMakers = { analysed: "", edited: "by hand", imported: "imported" } as const;

/** From this far off the middle on a taste is said. */
const noticeable = 0.1;

function tasteText({ taste, banned }: TrackSummary): string {
  if (banned) return "Never";
  if (taste > 0.5 + noticeable) return "More";
  return taste < 0.5 - noticeable ? "Less" : "";
}

function Row({ track }: { track: TrackSummary }) {
  return (
    <tr>
      <th scope="row">
        <Link href={routes.track(track.id)}>{track.title}</Link>
        <span className="muted">{track.artist}</span>
      </th>
      <td className="figures music-tempo">
        {track.tempoBpm > 0 ? track.tempoBpm.toFixed(1) : "--"}
        <span className="unsure small"> {gridMakers[track.gridOrigin]}</span>
        {!track.confident && <span className="unsure small"> unsure, {percent(track.tempoConfidence)}</span>}
      </td>
      <td className="figures">{track.key ?? "--"}</td>
      <td>
        <meter min={0} max={1} value={track.energy} aria-label={`Energy ${percent(track.energy)}`} />
      </td>
      <td className="figures muted">{clock(track.durationS)}</td>
      <td className="muted">{tasteText(track)}</td>
    </tr>
  );
}

interface TrackTableProps {
  readonly tracks: readonly TrackSummary[];
  readonly label: string;
  /** They come in an order of their own. */
  readonly isRanked?: boolean;
}

export function TrackTable({ tracks, label, isRanked = false }: TrackTableProps) {
  return (
    <div className="table-scroll">
      <table className="tracks" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">Track</th>
            <th scope="col">Tempo, BPM</th>
            <th scope="col">Key</th>
            <th scope="col">Energy</th>
            <th scope="col">Length</th>
            <th scope="col">Taste</th>
          </tr>
        </thead>
        <tbody>
          {(isRanked ? tracks : tracks.toSorted(byTitle)).map((track) => (
            <Row key={track.id} track={track} />
          ))}
        </tbody>
      </table>
    </div>
  );
}
