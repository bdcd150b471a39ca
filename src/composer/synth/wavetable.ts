/** Band-limited single-cycle waves, one table per octave, so that no note aliases (below 18 kHz at 44.1 kHz). */

export const sampleRate = 44_100;
export const tableLength = 2048;
const tableMask = tableLength - 1;
/** Highest partial kept, Hz: well under half the sample rate. */
const highestPartialHz = 18_000;
const lowestTableHz = 32;
const octaves = 9;

export type WaveName = "sine" | "triangle" | "saw" | "square" | "pulse" | "organ";

/** Amplitude of each harmonic; sine phase throughout. */
const spectra: Readonly<Record<WaveName, (harmonic: number) => number>> = {
  sine: (harmonic) => (harmonic === 1 ? 1 : 0),
  triangle: (harmonic) => (harmonic % 2 === 1 ? (harmonic % 4 === 1 ? 1 : -1) / harmonic ** 2 : 0),
  saw: (harmonic) => 1 / harmonic,
  square: (harmonic) => (harmonic % 2 === 1 ? 1 / harmonic : 0),
  // A pulse a sixth of the cycle wide: nasal, like a plucked reed.
  pulse: (harmonic) => Math.sin((Math.PI * harmonic) / 6) / harmonic,
  // Drawbars 16', 8', 5 1/3', 4', 2 2/3', 2' with the 16' as fundamental.
  organ: (harmonic) => ({ 1: 0.7, 2: 1, 3: 0.6, 4: 0.7, 6: 0.3, 8: 0.4 })[harmonic] ?? 0,
};

const sineCycle = Float64Array.from({ length: tableLength }, (_, index) =>
  Math.sin((2 * Math.PI * index) / tableLength),
);

function buildTable(wave: WaveName, harmonics: number): Float32Array {
  const cycle = new Float64Array(tableLength);
  for (let harmonic = 1; harmonic <= harmonics; harmonic++) {
    const amplitude = spectra[wave](harmonic);
    if (amplitude === 0) continue;
    for (let index = 0; index < tableLength; index++) {
      cycle[index] += amplitude * sineCycle[(harmonic * index) & tableMask];
    }
  }
  const peak = cycle.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return Float32Array.from(cycle, (value) => value / peak);
}

const built = new Map<string, Float32Array>();

/** The table of `wave` whose partials stay below 18 kHz for a note of `hz`; built on first use. */
export function waveTable(wave: WaveName, hz: number): Float32Array {
  const octave = Math.min(octaves, Math.max(0, Math.ceil(Math.log2(hz / lowestTableHz))));
  const name = `${wave} ${octave}`;
  const known = built.get(name);
  if (known !== undefined) return known;
  const topHz = lowestTableHz * 2 ** octave;
  const table = buildTable(wave, Math.max(1, Math.min(700, Math.floor(highestPartialHz / topHz))));
  built.set(name, table);
  return table;
}

/** Frequency of a MIDI note in equal temperament, A4 = 440 Hz. */
export function hzOfMidi(midi: number): number {
  return 440 * 2 ** ((midi - 69) / 12);
}
