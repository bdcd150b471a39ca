import type { StyleRecipe } from "../style-recipe.ts";

export const waltz: StyleRecipe = {
  minor: ["1 4 7 3 6 4 5M 1", "1 6 3 7 4 1 5M7 1"],
  major: ["1 6 4 5 1 4 5s 1", "1 3 4 1 6 2 57 1", "4 1 57 6 4 1 57 1"],
  kit: "soft",
  drumsDb: { kick: -15.5, snare: -1.5, cymbals: 6 },
  swing: { unitBeats: 0.5, amount: 0 },
  drums: {
    light: { kick: "X-----------", shaker: "----x---x---" },
    main: { kick: "X-----------", rim: "----x---x---", shaker: "g-x-g-x-g-x-" },
    full: { kick: "X-------g---", snare: "----x---x-g-", ride: "x---x-x-x-x-", tambourine: "----g---x---" },
    fill: { kick: "X-----------", snare: "----x-g-x-xx", ride: "x-----------" },
  },
  bass: [
    [[0, 10, "root", 0.85]],
    [
      [0, 7, "root", 0.85],
      [8, 4, "fifth", 0.6],
    ],
  ],
  bassMidi: 40,
  chords: [
    {
      kind: "stabs",
      at: [
        [4, 3],
        [8, 3],
      ],
    },
    {
      kind: "stabs",
      at: [
        [2, 2],
        [4, 2],
        [6, 2],
        [8, 2],
        [10, 2],
      ],
    },
  ],
  arp: { order: "up-down", stepSixteenths: 2, octaves: 1 },
  melody: [
    [
      [0, 8],
      [8, 4],
    ],
    [
      [0, 4],
      [4, 4],
      [8, 4],
    ],
    [
      [0, 6],
      [6, 2],
      [8, 4],
    ],
    [
      [0, 4],
      [4, 2],
      [6, 2],
      [8, 2],
      [10, 2],
    ],
  ],
  leadMidi: 74,
  chordLowMidi: 52,
  sounds: {
    bass: { instrument: "roundBass", levelDb: -5, pan: 0, reverb: 0.05, delay: 0, duck: 0, cutoffHz: 1500 },
    pad: { instrument: "strings", levelDb: -10.5, pan: 0, reverb: 0.4, delay: 0, duck: 0, cutoffHz: 6000 },
    chords: { instrument: "piano", levelDb: -3, pan: -0.15, reverb: 0.25, delay: 0, duck: 0, cutoffHz: 7500 },
    arp: { instrument: "bell", levelDb: -13.5, pan: 0.3, reverb: 0.4, delay: 0.2, duck: 0, cutoffHz: 9000 },
    lead: {
      instrument: "flute",
      levelDb: -8.5,
      pan: 0.1,
      reverb: 0.32,
      delay: 0.12,
      duck: 0,
      cutoffHz: 10000,
    },
  },
  layers: {
    intro: ["chords", "arp"],
    groove: ["chords", "bass", "lead"],
    build: ["chords", "bass", "pad", "arp"],
    drop: ["chords", "bass", "pad", "lead", "arp"],
    break: ["pad", "arp", "lead"],
    outro: ["chords", "pad", "bass"],
  },
  drumStrength: { intro: 1, groove: 2, build: 2, drop: 3, break: 1, outro: 1 },
  risers: false,
};
