/** Swapped tracks in the address of a class and of its workout: `swap=750.TRACK`, once for each. */
import type { Swap } from "#domain/soundtrack.ts";

const parameter = "swap";

export function swapsOf(query: URLSearchParams): readonly Swap[] {
  return query.getAll(parameter).flatMap((text) => {
    const [, atS, trackId] = /^(\d{1,6})\.(.{1,200})$/.exec(text) ?? [];
    return atS === undefined || trackId === undefined ? [] : [{ atS: Number(atS), trackId }];
  });
}

export function putSwaps(query: URLSearchParams, swaps: readonly Swap[]): void {
  for (const { atS, trackId } of swaps) query.append(parameter, `${atS}.${trackId}`);
}
