/** A small band made by formula, whose beats, bars and key are known exactly. */
export interface BandScore {
  readonly tempoBpm: number;
  readonly beatsPerBar: 3 | 4;
  readonly seconds: number;
  readonly sampleRate: number;
  /** MIDI notes of one chord a bar. */
  readonly chords: readonly (readonly number[])[];
  /** 0 pads only .. 1 all drums. */
  readonly drums: number;
}

export interface Performance {
  readonly samples: Float32Array;
  readonly beatsS: readonly number[];
  readonly downbeatsS: readonly number[];
}

/** C F G C, and A minor: D minor, E, A minor. */
export const cMajorChords = [
  [48, 60, 64, 67],
  [41, 60, 65, 69],
  [43, 59, 62, 67],
  [48, 60, 64, 67],
];
export const aMinorChords = [
  [45, 57, 60, 64],
  [38, 57, 62, 65],
  [40, 56, 59, 64],
  [45, 57, 60, 64],
];

function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x3fff_ffff - 1;
  };
}

export function perform({
  tempoBpm,
  beatsPerBar,
  seconds,
  sampleRate,
  chords,
  drums,
}: BandScore): Performance {
  const samples = new Float32Array(Math.round(seconds * sampleRate));
  const beatS = 60 / tempoBpm;
  const random = noise(1);
  const add = (startS: number, lengthS: number, voice: (t: number) => number): void => {
    const start = Math.round(startS * sampleRate);
    const end = Math.min(samples.length, start + Math.round(lengthS * sampleRate));
    for (let i = start; i < end; i++) samples[i] += voice((i - start) / sampleRate);
  };
  const beatsS = Array.from({ length: Math.floor(seconds / beatS) }, (_, i) => i * beatS);
  for (const [i, timeS] of beatsS.entries()) {
    const inBar = i % beatsPerBar;
    if (inBar === 0) {
      const chord = chords[(i / beatsPerBar) % chords.length];
      for (const note of chord) {
        const hz = 440 * 2 ** ((note - 69) / 12);
        add(
          timeS,
          beatS * beatsPerBar,
          (t) =>
            0.05 * Math.exp(-t) * (Math.sin(2 * Math.PI * hz * t) + 0.4 * Math.sin(4 * Math.PI * hz * t)),
        );
      }
    }
    if (drums === 0) continue;
    const isKick = beatsPerBar === 3 ? inBar === 0 : inBar % 2 === 0;
    if (isKick)
      add(
        timeS,
        0.15,
        (t) =>
          0.5 * drums * Math.sin(2 * Math.PI * (50 * t + 3 * (1 - Math.exp(-t * 40)))) * Math.exp(-t * 18),
      );
    else add(timeS, 0.12, (t) => 0.25 * drums * random() * Math.exp(-t * 30));
    for (const half of [0, 0.5])
      add(timeS + half * beatS, 0.04, (t) => 0.08 * drums * random() * Math.exp(-t * 90));
  }
  return { samples, beatsS, downbeatsS: beatsS.filter((_, i) => i % beatsPerBar === 0) };
}
