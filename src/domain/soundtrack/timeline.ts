import type { PlannerTrack } from "../track.ts";
import type { Seconds } from "../units.ts";
import { fitTempo, plannedRate, type TempoFit } from "./objective.ts";
import type { Piece } from "./targets.ts";

/** A piece of class time as one track plays it. */
export interface PlayedPiece extends Piece {
  readonly fit: TempoFit | null;
  readonly rate: number;
}

/** Pieces touch and ascend. */
function firstEndingAfter(pieces: readonly Piece[], tS: Seconds): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pieces[middle]!.endS <= tS) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How a track plays the class between two moments. */
export function playedPieces(
  pieces: readonly Piece[],
  ratios: readonly number[],
  track: PlannerTrack,
  fromS: Seconds,
  toS: Seconds,
): PlayedPiece[] {
  const played: PlayedPiece[] = [];
  for (let index = firstEndingAfter(pieces, fromS); index < pieces.length; index += 1) {
    const piece = pieces[index]!;
    const startS = Math.max(piece.startS, fromS);
    const endS = Math.min(piece.endS, toS);
    if (endS <= startS) break;
    const fit = piece.cadence === null ? null : fitTempo(ratios, piece.cadence, track.tempoBpm);
    played.push({ ...piece, startS, endS, fit, rate: plannedRate(fit) });
  }
  return played;
}

/** What of these pieces lies between two moments. */
export function cutPieces(
  played: readonly PlayedPiece[],
  fromS: Seconds,
  toS: Seconds,
): readonly PlayedPiece[] {
  const cut: PlayedPiece[] = [];
  for (let index = firstEndingAfter(played, fromS); index < played.length; index += 1) {
    const piece = played[index]!;
    const startS = Math.max(piece.startS, fromS);
    const endS = Math.min(piece.endS, toS);
    if (endS <= startS) break;
    cut.push(startS === piece.startS && endS === piece.endS ? piece : { ...piece, startS, endS });
  }
  return cut;
}

/** Seconds of the track itself that these pieces use. */
export function sourceLengthS(played: readonly PlayedPiece[]): Seconds {
  return played.reduce((sum, piece) => sum + (piece.endS - piece.startS) * piece.rate, 0);
}

/** The class time at which `sourceS` seconds of the track have been used; Infinity when they never are. */
export function timeAfterSource(played: readonly PlayedPiece[], sourceS: Seconds): Seconds {
  let left = sourceS;
  for (const piece of played) {
    const here = (piece.endS - piece.startS) * piece.rate;
    if (left <= here) return piece.startS + left / piece.rate;
    left -= here;
  }
  return Infinity;
}
