import { count } from "../../ui/format.ts";

/** Sessions done of all there are, as a bar that says so. */
export function ProgressBar({ done, total }: { done: number; total: number }) {
  return (
    <div
      className="programme-bar"
      role="progressbar"
      aria-label="Sessions done"
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      aria-valuetext={`${done} of ${count(total, "session")}`}
    >
      <div style={{ width: `${(done / total) * 100}%` }} />
    </div>
  );
}
