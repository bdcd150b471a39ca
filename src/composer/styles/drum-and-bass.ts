import type { StyleRecipe } from "../style-recipe.ts";

export const drumAndBass: StyleRecipe = {
  minor: ["1 6 4 7", "17 17 67 77", "1 3 6 4", "47 1 6 7"],
  major: ["17 37 47 5s", "1 6 4 5"],
  kit: "breaks",
  drumsDb: { kick: -9, snare: -3.5, cymbals: 3 },
  swing: { unitBeats: 0.25, amount: 0.05 },
  drums: {
    light: { kick: "X---------------", closedHat: "x-x-x-x-x-x-x-x-", rim: "--------x-------" },
    main: { kick: "X---------x-----", snare: "----X-------X---", closedHat: "x-x-x-x-x-x-x-x-" },
    full: {
      kick: "X---------x-----",
      snare: "----X--g-g--X--g",
      closedHat: "x-xgx-xgx-xgx-xg",
      ride: "x---x---x---x---",
      shaker: "g-x-g-x-g-x-g-x-",
    },
    fill: { kick: "X-x-------x-----", snare: "----X--x-x-xX-xx", closedHat: "x-x-x-x---------" },
  },
  bass: [
    [
      [0, 9, "root", 0.85],
      [10, 4, "root", 0.8],
      [14, 2, "approach", 0.7],
    ],
    [
      [0, 3, "root", 0.9],
      [3, 3, "octave", 0.7],
      [6, 4, "root", 0.8],
      [10, 3, "fifth", 0.8],
      [13, 3, "seventh", 0.75],
    ],
    [
      [0, 14, "root", 0.85],
      [14, 2, "fifth", 0.7],
    ],
  ],
  bassMidi: 37,
  chords: [
    { kind: "hold" },
    {
      kind: "stabs",
      at: [
        [0, 4],
        [6, 3],
        [11, 4],
      ],
    },
  ],
  arp: { order: "up-down", stepSixteenths: 2, octaves: 2 },
  melody: [
    [
      [0, 8],
      [8, 4],
      [12, 4],
    ],
    [
      [0, 6],
      [6, 6],
      [12, 4],
    ],
    [
      [4, 4],
      [8, 2],
      [10, 6],
    ],
  ],
  leadMidi: 72,
  chordLowMidi: 52,
  sounds: {
    bass: { instrument: "reeseBass", levelDb: -3, pan: 0, reverb: 0, delay: 0, duck: 0.4, cutoffHz: 1300 },
    pad: { instrument: "airPad", levelDb: -15.5, pan: 0, reverb: 0.4, delay: 0, duck: 0.35, cutoffHz: 5500 },
    chords: {
      instrument: "keys",
      levelDb: -9,
      pan: -0.1,
      reverb: 0.3,
      delay: 0.2,
      duck: 0.2,
      cutoffHz: 7000,
    },
    arp: { instrument: "bell", levelDb: -16, pan: 0.3, reverb: 0.35, delay: 0.35, duck: 0.1, cutoffHz: 9000 },
    lead: {
      instrument: "softLead",
      levelDb: -11,
      pan: 0,
      reverb: 0.32,
      delay: 0.3,
      duck: 0.1,
      cutoffHz: 8500,
    },
  },
  layers: {
    intro: ["pad", "arp"],
    groove: ["bass", "pad", "chords"],
    build: ["pad", "chords", "arp"],
    drop: ["bass", "pad", "chords", "arp", "lead"],
    break: ["pad", "chords", "lead"],
    outro: ["bass", "pad", "arp"],
  },
  drumStrength: { intro: 1, groove: 3, build: 2, drop: 3, break: 0, outro: 2 },
  risers: true,
};
