/**
 * The crank: a teal dot runs round with your stroke, an amber spark at the top marks each beat. Where they meet, the
 * ring closes to white. A bicycle crank has two pedals, so a second, fainter dot stands opposite.
 */
import { useEffect, useRef, useSyncExternalStore, type ReactNode, type RefObject } from "react";
import { gapDegrees, phaseAt, pointAt, ringPath, sparkAt } from "./geometry.ts";
import "./crank.css";

/** Times of strokes and beats on the clock of `nowMs`, predicted ones included. */
export interface BeatSource {
  nowMs(): number;
  strokesBetween(fromMs: number, toMs: number): readonly number[];
  beatsBetween(fromMs: number, toMs: number): readonly number[];
}

export interface CrankProps {
  readonly source: BeatSource | null;
  readonly strokesPerTurn: 1 | 2;
  readonly locked: boolean;
  /** Beat minus stroke; null while they are not compared. */
  readonly phaseErrorMs: number | null;
  /** In the middle of the ring. */
  readonly children?: ReactNode;
}

const radius = 46;
/** Slow strokes (walking, rowing) are seconds apart. */
const lookAroundMs = 4000;

interface Moving {
  readonly dots: RefObject<SVGGElement | null>;
  readonly spark: RefObject<SVGGElement | null>;
}

const reducedMotion = "(prefers-reduced-motion: reduce)";

function useReducedMotion(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(reducedMotion);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => matchMedia(reducedMotion).matches,
  );
}

/** Turns the dots and lights the spark on every frame, past React: sixty renders a second would be waste. */
function useTurning(source: BeatSource | null, strokesPerTurn: number, still: boolean): Moving {
  const dots = useRef<SVGGElement>(null);
  const spark = useRef<SVGGElement>(null);
  useEffect(() => {
    if (source === null || still) return;
    let frame = 0;
    let strokes = 0;
    let lastStrokeMs = 0;
    const draw = () => {
      frame = requestAnimationFrame(draw);
      const nowMs = source.nowMs();
      const phase = phaseAt(source.strokesBetween(nowMs - lookAroundMs, nowMs + lookAroundMs), nowMs);
      if (phase !== null) {
        // A stroke's time moves a little as it is understood better: only half a period on is another one.
        if (phase.lastMs - lastStrokeMs > phase.periodMs / 2) strokes += 1;
        lastStrokeMs = phase.lastMs;
        const turn = ((strokes % strokesPerTurn) + phase.share) / strokesPerTurn;
        dots.current?.setAttribute("transform", `rotate(${(turn * 360).toFixed(1)} 50 50)`);
      }
      dots.current?.setAttribute("opacity", phase === null ? "0.3" : "1");
      const glow = sparkAt(source.beatsBetween(nowMs - lookAroundMs, nowMs), nowMs);
      spark.current?.setAttribute("opacity", (0.35 + 0.65 * glow).toFixed(2));
    };
    draw();
    return () => cancelAnimationFrame(frame);
  }, [source, strokesPerTurn, still]);
  return { dots, spark };
}

function strokePeriodMs(source: BeatSource | null): number {
  if (source === null) return 0;
  const nowMs = source.nowMs();
  return phaseAt(source.strokesBetween(nowMs - lookAroundMs, nowMs + lookAroundMs), nowMs)?.periodMs ?? 0;
}

function Dots({ count }: { count: 1 | 2 }) {
  return (
    <>
      <circle className="crank-dot" cx="50" cy={50 - radius} r="2.6" />
      {count === 2 && <circle className="crank-dot other" cx="50" cy={50 + radius} r="2.1" />}
    </>
  );
}

export function Crank({ source, strokesPerTurn, locked, phaseErrorMs, children }: CrankProps) {
  const still = useReducedMotion();
  const { dots, spark } = useTurning(source, strokesPerTurn, still);
  const gapDeg = phaseErrorMs === null ? 0 : gapDegrees(phaseErrorMs, strokePeriodMs(source), strokesPerTurn);
  const mark = pointAt(gapDeg, radius);
  const apart = !locked && phaseErrorMs !== null && Math.abs(gapDeg) >= 3;
  return (
    <span className={locked ? "crank locked" : "crank"}>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle className="crank-track" cx="50" cy="50" r={radius} />
        <path className="crank-ring" d={ringPath(apart ? gapDeg : 0, radius)} />
        <g ref={spark} opacity={source === null ? 0.35 : 1}>
          <path className="crank-spark" d="M50 0.8V7.2" />
        </g>
        {apart && <circle className="crank-gap" cx={mark.x} cy={mark.y} r="1.3" />}
        {(!still || phaseErrorMs !== null) && (
          <g ref={dots} transform={still ? `rotate(${gapDeg} 50 50)` : "rotate(125 50 50)"}>
            <Dots count={still ? 1 : strokesPerTurn} />
          </g>
        )}
      </svg>
      <span className="crank-middle">{children}</span>
    </span>
  );
}

/** The crank as a sign: the logo, and with `turning` the loading state. */
export function CrankMark({ size = 28, turning = false }: { size?: number; turning?: boolean }) {
  return (
    <svg
      className={turning ? "crank-mark turning" : "crank-mark"}
      width={size}
      height={size}
      viewBox="0 0 32 32"
      aria-hidden="true"
    >
      <circle className="crank-mark-ring" cx="16" cy="17" r="11.5" />
      <path className="crank-spark" d="M16 1.5v8" />
      <circle className="crank-dot" cx="25.4" cy="23.6" r="4.2" />
    </svg>
  );
}
