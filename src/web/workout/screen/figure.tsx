/** One huge number with its unit and target. Stale is "--". */
import type { ReactNode } from "react";
import { Icon } from "../../ui/icon.tsx";
import type { TargetReading } from "./target.ts";
import "./figure.css";

interface FigureProps {
  readonly label: string;
  readonly unit: string;
  readonly value: number | null;
  /** "88" or "zone 3"; null without one. */
  readonly target: string | null;
  readonly reading: TargetReading;
  readonly size: "first" | "other";
}

export function OffTarget({ reading }: { reading: TargetReading }) {
  const { standing, word } = reading;
  if (word === "") return null;
  return (
    <span className={`standing ${standing}`}>
      {standing === "on" && <Icon name="check" />}
      {standing === "under" && <Icon name="up" />}
      {standing === "over" && <Icon name="down" />}
      {word}
    </span>
  );
}

/** Nothing trustworthy is known now: honest dashes. */
export function Stale() {
  return (
    <span className="stale">
      <span aria-hidden="true">--</span>
      <span className="visually-hidden">no signal</span>
    </span>
  );
}

export function Figure({ label, unit, value, target, reading, size }: FigureProps) {
  return (
    <span className={`figure ${size}`}>
      <span className="figure-label">{label}</span>
      <span className="figure-value figures">
        {value === null ? <Stale /> : Math.round(value)}
        <span className="figure-unit">{unit}</span>
      </span>
      <span className="figure-target">
        {target !== null && (
          <span>
            <span className="target-word">target </span>
            <span className="figures">{target}</span>
          </span>
        )}{" "}
        <OffTarget reading={reading} />
      </span>
    </span>
  );
}

interface TileProps {
  readonly does: string;
  readonly onPress: () => void;
  readonly className: string;
  readonly children: ReactNode;
}

/** A whole tile as a target for a sweaty finger. */
export function Tile({ does, onPress, className, children }: TileProps) {
  return (
    <button type="button" className={`tile ${className}`} onClick={onPress} title={does}>
      {children}
    </button>
  );
}
