import "./effect-bar.css";

/** Weights are drawn up to this; a like is 2.2. */
const widestWeight = 2.2;

/** "much more", "a little less": what a weight does to how often a track plays. */
export function effectWords(weight: number): string {
  const strength = Math.abs(weight);
  if (strength < 0.02) return "no effect yet";
  const direction = weight > 0 ? "more" : "less";
  if (strength < 0.4) return `a little ${direction}`;
  return strength < 1.2 ? direction : `much ${direction}`;
}

/** How far a signal draws a taste down (left of the middle) or up (right), in words and as a bar. */
export function EffectBar({ weight }: { weight: number }) {
  const share = Math.min(1, Math.abs(weight) / widestWeight) * 50;
  return (
    <span className="effect">
      <span className="effect-bar" aria-hidden="true">
        <span style={{ inlineSize: `${share}%`, insetInlineStart: `${weight < 0 ? 50 - share : 50}%` }} />
      </span>
      <span className="small muted">{effectWords(weight)}</span>
    </span>
  );
}
