import type { StyleRecipe } from "../style-recipe.ts";
import { eighths } from "./eighths.ts";

export const synthwave: StyleRecipe = {
  minor: ["1 6 3 7", "6 7 1 1", "1 7 6 7", "1 3 7 4"],
  major: ["1 5 6 4", "6 4 1 5", "1 4 6 5"],
  kit: "synthwave",
  drumsDb: { kick: -11.5, snare: -7.5, cymbals: 0.5 },
  swing: { unitBeats: 0.25, amount: 0 },
  drums: {
    light: { kick: "X-------X-------", closedHat: "x-x-x-x-x-x-x-x-" },
    main: { kick: "X-------X-x-----", snare: "----X-------X---", closedHat: "x-x-x-x-x-x-x-x-" },
    full: {
      kick: "X---X---X---X---",
      snare: "----X-------X---",
      closedHat: "xgxgxgxgxgxgxgxg",
      openHat: "--------------x-",
      tambourine: "--x---x---x---x-",
    },
    fill: {
      kick: "X-------X-------",
      snare: "----X-------x-xX",
      highTom: "------x-xx------",
      lowTom: "----------xx-x--",
    },
  },
  bass: [
    eighths(["root", "root", "root", "root", "root", "root", "root", "octave"]),
    eighths(["root", "octave", "root", "octave", "root", "octave", "root", "approach"]),
    Array.from(
      { length: 16 },
      (_, at) => [at, 1, at % 4 === 2 ? "octave" : "root", at % 4 === 0 ? 0.9 : 0.68] as const,
    ),
  ],
  bassMidi: 37,
  chords: [
    { kind: "hold" },
    {
      kind: "stabs",
      at: [
        [0, 5],
        [6, 5],
        [12, 4],
      ],
    },
  ],
  arp: { order: "up", stepSixteenths: 1, octaves: 2 },
  melody: [
    [
      [0, 6],
      [6, 2],
      [8, 6],
      [14, 2],
    ],
    [
      [0, 3],
      [3, 3],
      [6, 6],
      [12, 4],
    ],
    [
      [0, 8],
      [8, 3],
      [11, 3],
      [14, 2],
    ],
  ],
  leadMidi: 73,
  chordLowMidi: 52,
  sounds: {
    bass: { instrument: "sawBass", levelDb: -6, pan: 0, reverb: 0, delay: 0, duck: 0.35, cutoffHz: 1700 },
    pad: { instrument: "warmPad", levelDb: -11, pan: 0, reverb: 0.3, delay: 0, duck: 0.45, cutoffHz: 4200 },
    chords: {
      instrument: "superSaw",
      levelDb: -10.5,
      pan: 0,
      reverb: 0.25,
      delay: 0.05,
      duck: 0.4,
      cutoffHz: 6500,
    },
    arp: {
      instrument: "pluck",
      levelDb: -14.5,
      pan: 0.25,
      reverb: 0.25,
      delay: 0.35,
      duck: 0.2,
      cutoffHz: 6000,
    },
    lead: {
      instrument: "sawLead",
      levelDb: -10.5,
      pan: 0,
      reverb: 0.3,
      delay: 0.3,
      duck: 0.15,
      cutoffHz: 9000,
    },
  },
  layers: {
    intro: ["pad", "arp"],
    groove: ["bass", "pad", "arp", "lead"],
    build: ["pad", "chords", "arp", "bass"],
    drop: ["bass", "pad", "chords", "arp", "lead"],
    break: ["pad", "arp", "lead"],
    outro: ["bass", "pad", "arp"],
  },
  drumStrength: { intro: 1, groove: 2, build: 2, drop: 3, break: 1, outro: 2 },
  risers: true,
};
