/** The beat grid under the needle while the track plays: short lines are beats, tall ones downbeats. */
import { useEffect, useMemo, useRef } from "react";
import type { BeatGrid } from "#domain/track.ts";

/** Seconds of music the strip shows at once. */
const windowS = 12;

function lines(timesS: readonly number[], top: number, bottom: number): string {
  return timesS.map((timeS) => `M${timeS.toFixed(3)} ${top}V${bottom}`).join("");
}

export function GridStrip({ grid, audioPath }: { grid: BeatGrid; audioPath: string }) {
  const audio = useRef<HTMLAudioElement>(null);
  const moving = useRef<SVGGElement>(null);
  const beats = useMemo(() => lines(grid.beatsS, 34, 66), [grid]);
  const downbeats = useMemo(() => lines(grid.downbeatsS, 14, 86), [grid]);
  useEffect(() => {
    let frame = 0;
    const draw = () => {
      frame = requestAnimationFrame(draw);
      const nowS = audio.current?.currentTime ?? 0;
      moving.current?.setAttribute("transform", `translate(${(windowS / 3 - nowS).toFixed(3)} 0)`);
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div className="strip">
      <svg viewBox={`0 0 ${windowS} 100`} preserveAspectRatio="none" aria-hidden="true">
        <g ref={moving}>
          <path className="strip-beats" d={beats} />
          <path className="strip-downbeats" d={downbeats} />
        </g>
        <path className="strip-now" d={`M${windowS / 3} 0V100`} />
      </svg>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- music of one's own has no captions */}
      <audio ref={audio} src={audioPath} controls preload="metadata" aria-label="Listen" />
    </div>
  );
}
