/** The stretch of the track that the editor shows, and how it moves. */
export interface View {
  readonly fromS: number;
  readonly toS: number;
}

/** A beat of 170 BPM fills the width of a phone. */
const shortestS = 0.4;

function within(view: View, durationS: number): View {
  const lengthS = Math.min(durationS, Math.max(shortestS, view.toS - view.fromS));
  const fromS = Math.min(Math.max(0, view.fromS), durationS - lengthS);
  return { fromS, toS: fromS + lengthS };
}

/** `factor` times the length, with `atS` staying where it is. */
export function zoomed(view: View, factor: number, atS: number, durationS: number): View {
  const length = Math.min(durationS, Math.max(shortestS, (view.toS - view.fromS) * factor));
  const share = (atS - view.fromS) / (view.toS - view.fromS);
  return within({ fromS: atS - share * length, toS: atS + (1 - share) * length }, durationS);
}

export function scrolled(view: View, byS: number, durationS: number): View {
  return within({ fromS: view.fromS + byS, toS: view.toS + byS }, durationS);
}

/** The same length, with `atS` in it; unchanged when it is already. */
export function showing(view: View, atS: number, durationS: number): View {
  if (atS >= view.fromS && atS <= view.toS) return view;
  const lengthS = view.toS - view.fromS;
  return within({ fromS: atS - lengthS / 8, toS: atS + (lengthS * 7) / 8 }, durationS);
}
