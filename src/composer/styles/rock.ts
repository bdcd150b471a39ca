import type { StyleRecipe } from "../style-recipe.ts";
import { eighths } from "./eighths.ts";

export const rock: StyleRecipe = {
  minor: ["1p 6p 3p 7p", "1p 7p 6p 7p", "1p 3p 4p 6p"],
  major: ["1p 5p 6p 4p", "1p 4p 1p 5p", "6p 4p 1p 5p"],
  kit: "rock",
  drumsDb: { kick: -12.5, snare: -5.5, cymbals: 2 },
  swing: { unitBeats: 0.5, amount: 0 },
  drums: {
    light: { kick: "X-------X-------", closedHat: "x-x-x-x-x-x-x-x-" },
    main: { kick: "X-------X-x-----", snare: "----X-------X---", closedHat: "X-x-X-x-X-x-X-x-" },
    full: {
      kick: "X-x---x-X-x---x-",
      snare: "----X-------X---",
      ride: "X-x-X-x-X-x-X-x-",
      tambourine: "--x---x---x---x-",
    },
    fill: {
      kick: "X-------X-------",
      snare: "----X-xxX-------",
      highTom: "--------x-xx----",
      lowTom: "------------xxxx",
    },
  },
  bass: [
    eighths(["root", "root", "root", "root", "root", "root", "root", "root"]),
    eighths(["root", "root", "root", "root", "root", "root", "fifth", "approach"]),
    eighths(["root", "root", "octave", "root", "fifth", "root", "root", "approach"]),
  ],
  bassMidi: 38,
  chords: [
    {
      kind: "stabs",
      at: Array.from({ length: 8 }, (_, index) => [index * 2, 2] as const),
    },
    {
      kind: "stabs",
      at: [
        [0, 6],
        [6, 4],
        [10, 6],
      ],
    },
  ],
  arp: { order: "broken", stepSixteenths: 2, octaves: 1 },
  melody: [
    [
      [0, 4],
      [4, 2],
      [6, 6],
      [12, 4],
    ],
    [
      [0, 2],
      [2, 2],
      [4, 4],
      [8, 6],
      [14, 2],
    ],
    [
      [2, 2],
      [4, 2],
      [6, 2],
      [8, 8],
    ],
  ],
  leadMidi: 71,
  chordLowMidi: 42,
  sounds: {
    bass: { instrument: "sawBass", levelDb: -8, pan: 0, reverb: 0, delay: 0, duck: 0.1, cutoffHz: 2200 },
    pad: { instrument: "organ", levelDb: -12, pan: 0.25, reverb: 0.2, delay: 0, duck: 0, cutoffHz: 5000 },
    chords: {
      instrument: "powerGuitar",
      levelDb: -10,
      pan: 0,
      reverb: 0.1,
      delay: 0,
      duck: 0.1,
      cutoffHz: 5800,
    },
    arp: {
      instrument: "cleanGuitar",
      levelDb: -8.5,
      pan: -0.3,
      reverb: 0.22,
      delay: 0.15,
      duck: 0,
      cutoffHz: 8000,
    },
    lead: {
      instrument: "sawLead",
      levelDb: -11,
      pan: 0.1,
      reverb: 0.22,
      delay: 0.2,
      duck: 0,
      cutoffHz: 7500,
    },
  },
  layers: {
    intro: ["arp", "bass"],
    groove: ["bass", "chords", "arp"],
    build: ["bass", "chords", "pad"],
    drop: ["bass", "chords", "pad", "lead"],
    break: ["arp", "pad", "lead"],
    outro: ["bass", "chords", "arp"],
  },
  drumStrength: { intro: 1, groove: 2, build: 2, drop: 3, break: 1, outro: 2 },
  risers: false,
};
