/** Standard MIDI files: where their beats lie in seconds, and the same music with its time bent. */
import { parseMidi, writeMidi, type MidiData, type MidiEvent } from "midi-file";
import type { Truth } from "../track.ts";

const defaultMicrosPerBeat = 500_000;
/** Fine enough that rounding to a tick (0.05 ms) is nothing. */
const ticksPerBeatOut = 9600;
const ticksPerSOut = (ticksPerBeatOut * 1e6) / defaultMicrosPerBeat;

interface At {
  readonly tick: number;
  readonly event: MidiEvent;
}

export interface MidiMusic {
  readonly data: MidiData;
  readonly ticksPerBeat: number;
  /** The events of each track, with absolute times. */
  readonly tracks: readonly (readonly At[])[];
  readonly secondsAt: (tick: number) => number;
}

/** Reads a file whose time is measured in ticks per quarter note. Throws on anything else. */
export function readMidi(bytes: Uint8Array): MidiMusic {
  const data = parseMidi(bytes);
  const { ticksPerBeat } = data.header;
  if (ticksPerBeat === undefined) throw new Error("The MIDI file counts frames, not beats.");
  const tracks = data.tracks.map((events) => {
    let tick = 0;
    return events.map((event) => ({ tick: (tick += event.deltaTime), event }));
  });
  return { data, ticksPerBeat, tracks, secondsAt: tempoMap(tracks.flat(), ticksPerBeat) };
}

function tempoMap(events: readonly At[], ticksPerBeat: number): (tick: number) => number {
  const segments = [{ tick: 0, atS: 0, sPerTick: defaultMicrosPerBeat / 1e6 / ticksPerBeat }];
  for (const { tick, event } of events.toSorted((a, b) => a.tick - b.tick)) {
    if (event.type !== "setTempo") continue;
    const last = segments[segments.length - 1];
    const atS = last.atS + (tick - last.tick) * last.sPerTick;
    segments.push({ tick, atS, sPerTick: event.microsecondsPerBeat / 1e6 / ticksPerBeat });
  }
  return (tick) => {
    const segment = segments.findLast((one) => one.tick <= tick) ?? segments[0];
    return segment.atS + (tick - segment.tick) * segment.sPerTick;
  };
}

/**
 * A beat is a quarter note, from the first note to the start of the last. Bars follow the time signatures; a file
 * without any says nothing about its bars.
 */
export function truthOfMidi({ tracks, ticksPerBeat, secondsAt }: MidiMusic): Truth {
  const events = tracks.flat().toSorted((a, b) => a.tick - b.tick);
  const noteTicks = events.filter(({ event }) => isNoteOn(event)).map(({ tick }) => tick);
  const [first, last] = [noteTicks[0] ?? 0, noteTicks.at(-1) ?? 0];
  const signatures = events.flatMap(({ tick, event }) =>
    event.type === "timeSignature"
      ? [{ tick, barTicks: (4 * ticksPerBeat * event.numerator) / event.denominator }]
      : [],
  );
  const beats: number[] = [];
  for (let tick = 0; tick <= last; tick += ticksPerBeat) beats.push(secondsAt(tick));
  const downbeats: number[] = [];
  for (const [i, { tick, barTicks }] of signatures.entries()) {
    const end = signatures[i + 1]?.tick ?? last + 1;
    for (let bar = tick; bar < end; bar += barTicks) downbeats.push(secondsAt(bar));
  }
  return {
    beatsS: beats,
    downbeatsS: signatures.length === 0 ? null : downbeats,
    fromS: secondsAt(first),
    toS: secondsAt(last),
  };
}

function isNoteOn(event: MidiEvent): boolean {
  return event.type === "noteOn" && event.velocity > 0;
}

/** What must not be cut off: a note that is never let go sounds for ever, and the synthesiser waits for it. */
function isEnding(event: MidiEvent): boolean {
  return (
    event.type === "endOfTrack" ||
    event.type === "noteOff" ||
    (event.type === "noteOn" && event.velocity === 0)
  );
}

/**
 * The music up to `untilS` with every second t moved to `warp(t)`, as ticks under one tempo: synthesisers round their
 * clock at each tempo event, and the errors add up.
 */
export function warpedMidi(music: MidiMusic, warp: (s: number) => number, untilS: number): Uint8Array {
  const tracks = music.tracks.map((events) => {
    let before = 0;
    return events.flatMap(({ tick, event }): MidiEvent[] => {
      const seconds = music.secondsAt(tick);
      if (event.type === "setTempo" || (seconds > untilS && !isEnding(event))) return [];
      const at = Math.round(warp(Math.min(seconds, untilS)) * ticksPerSOut);
      const deltaTime = at - before;
      before = at;
      return [{ ...event, deltaTime }];
    });
  });
  const { format } = music.data.header;
  const header = { format, numTracks: tracks.length, ticksPerBeat: ticksPerBeatOut };
  return Uint8Array.from(writeMidi({ header, tracks }));
}

/** The truth with its time bent the same way, cut at `untilS` of the unbent music. */
export function warpedTruth(truth: Truth, warp: (s: number) => number, untilS: number): Truth {
  const bent = (times: readonly number[]) => times.filter((time) => time <= untilS).map(warp);
  return {
    beatsS: bent(truth.beatsS),
    downbeatsS: truth.downbeatsS === null ? null : bent(truth.downbeatsS),
    fromS: warp(truth.fromS),
    toS: warp(Math.min(untilS, truth.toS)),
  };
}
