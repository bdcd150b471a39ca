/**
 * The first sample at a new tempo, read from the sound itself. Under the clicks lies a tone that turns an exact number of
 * times in each quantum. What corrects the tempo at once (varispeed) turns it faster or slower, to one part in 100,000; the
 * stretcher leaves it as it is. The page steers all the time; so commands are held back before each of some
 * notifications, and then let through (or, as the control, not): a step of the tone's speed is that command's sound.
 */
import type { Page } from "playwright-core";
import { quantile } from "#domain/units.ts";
import type { Seen, Watched } from "./conductor-page.ts";

/** 16 turns a quantum, 8 samples a turn. */
export const toneHz = 6000;
const turnsPerQuantum = 16;
const toneLevel = 3000;
const wavRate = 22_050;
const quantum = 128;
const framesPerMs = 48;
/** Four times what the speed wavers by between quanta without any command. */
const stepShare = 1e-4;
const windowMs = 60;
/** A click hides the tone. */
const clickPeak = 0.25;
const clickBeforeMs = 8;

/** Lays the tone under a mono 16-bit WAV at 22,050 Hz. */
export function withTone(wav: Buffer): Buffer {
  for (let at = 44; at + 1 < wav.length; at += 2) {
    const tone = toneLevel * Math.sin((2 * Math.PI * toneHz * (at - 44)) / 2 / wavRate);
    wav.writeInt16LE(Math.round(Math.max(-32_768, Math.min(32_767, wav.readInt16LE(at) + tone))), at);
  }
  return wav;
}

/** From now on commands are held back before each notification; after every second one for a while, too. */
export async function startTrials(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as { startTrials: () => void }).startTrials());
}

interface Quantum {
  /** How much faster than written the tone turns, as a share. */
  readonly speed: number;
  readonly renderAheadMs: number;
}

function quantaOf(seen: readonly Seen[]): Map<number, Quantum> {
  const quanta = new Map<number, Quantum>();
  let before: { readonly at: number; readonly phase: number } | null = null;
  for (const [batch, { fromFrame, phases }] of seen.entries()) {
    const near = seen.slice(Math.max(0, batch - 2), batch + 3).map(({ renderAheadMs }) => renderAheadMs);
    const renderAheadMs = near.toSorted((a, b) => a - b)[near.length >> 1] ?? 0;
    for (const [index, phase] of phases.entries()) {
      const at = fromFrame / quantum + index;
      const turned = before?.at === at - 1 ? phase - before.phase : Number.NaN;
      const speed =
        (turned - 2 * Math.PI * Math.round(turned / (2 * Math.PI))) / (2 * Math.PI * turnsPerQuantum);
      if (!Number.isNaN(speed)) quanta.set(at, { speed, renderAheadMs });
      before = { at, phase };
    }
  }
  return quanta;
}

/** Whether a click sounds near these frames. */
function hasClick(seen: readonly Seen[], fromFrame: number, toFrame: number): boolean {
  return seen.some(({ fromFrame: start, peaks }) => {
    return peaks.some((peak, index) => {
      const frame = start + index * framesPerMs;
      return peak > clickPeak && frame >= fromFrame && frame < toFrame;
    });
  });
}

export interface Direct {
  /** From a notification to the first sample at another speed, ms, ascending; of those let through. */
  readonly changedMs: readonly number[];
  /** Let through, and nothing changed by more than can be told. */
  readonly unchanged: number;
  readonly controls: number;
  /** Held back, and something changed nevertheless. */
  readonly controlsChanged: number;
}

export function directChanges({ seen, trials }: Watched): Direct {
  const quanta = quantaOf(seen);
  const changedMs: number[] = [];
  const counts = { unchanged: 0, controls: 0, controlsChanged: 0 };
  for (const { heardMs, held } of trials) {
    const batch = seen.find(({ fromFrame, renderAheadMs }) => {
      return fromFrame + 9600 > (heardMs - renderAheadMs) * framesPerMs;
    });
    const aheadMs = quanta.get((batch?.fromFrame ?? Number.NaN) / quantum + 1)?.renderAheadMs;
    if (aheadMs === undefined) continue;
    const frame = (heardMs - aheadMs) * framesPerMs;
    if (hasClick(seen, frame - clickBeforeMs * framesPerMs, frame + (windowMs + 3) * framesPerMs)) continue;
    const first = Math.ceil(frame / quantum);
    const places = Array.from(
      { length: Math.floor((windowMs * framesPerMs) / quantum) },
      (_, index) => first + index,
    );
    const changed = places.find((at) => {
      const [now, then] = [quanta.get(at)?.speed, quanta.get(at - 1)?.speed];
      return now !== undefined && then !== undefined && Math.abs(now - then) > stepShare;
    });
    if (held) {
      counts.controls += 1;
      if (changed !== undefined) counts.controlsChanged += 1;
    } else if (changed === undefined) counts.unchanged += 1;
    else changedMs.push((changed * quantum) / framesPerMs + aheadMs - heardMs);
  }
  return { changedMs: changedMs.toSorted((a, b) => a - b), ...counts };
}

export function noteDirect(figures: Record<string, number | null>, direct: Direct): void {
  const { changedMs, unchanged, controls, controlsChanged } = direct;
  const name = "notification handled -> first sample at the new tempo";
  figures[`${name}, p50 ms`] = changedMs.length === 0 ? null : quantile(changedMs, 0.5);
  figures[`${name}, p99 ms`] = changedMs.length === 0 ? null : quantile(changedMs, 0.99);
  figures["of so many notifications"] = changedMs.length;
  figures["of others nothing could be told: too small a change"] = unchanged;
  figures["controls: commands held back, and a change all the same"] = controlsChanged;
  figures["of so many controls"] = controls;
}
