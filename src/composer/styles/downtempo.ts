import type { StyleRecipe } from "../style-recipe.ts";

export const downtempo: StyleRecipe = {
  minor: ["19 49 6 5M7", "19 67 39 79", "47 79 37 6", "17 37 47 57"],
  major: ["19 67 29 57", "47 37 27 19"],
  kit: "soft",
  drumsDb: { kick: -9.5, snare: -5, cymbals: 6 },
  swing: { unitBeats: 0.25, amount: 0.24 },
  drums: {
    light: { kick: "X---------x-----", rim: "----x-------x---", closedHat: "x-x-x-x-x-x-x-x-" },
    main: { kick: "X------x--x-----", snare: "----X-------X---", closedHat: "x-xgx-x-x-xgx-xg" },
    full: {
      kick: "X------x--x---g-",
      snare: "----X--g-g--X--g",
      closedHat: "x-xgx-xgx-xgx-xg",
      openHat: "--------------x-",
      shaker: "g-g-g-g-g-g-g-g-",
    },
    fill: { kick: "X------x--------", snare: "----X----g-xX-xx", closedHat: "x-xgx-x-x-------" },
  },
  bass: [
    [
      [0, 5, "root", 0.9],
      [7, 2, "octave", 0.6],
      [10, 4, "fifth", 0.75],
      [14, 2, "approach", 0.65],
    ],
    [
      [0, 6, "root", 0.9],
      [6, 2, "third", 0.65],
      [8, 3, "fifth", 0.8],
      [11, 3, "root", 0.7],
      [14, 2, "approach", 0.7],
    ],
  ],
  bassMidi: 38,
  chords: [
    {
      kind: "stabs",
      at: [
        [0, 6],
        [7, 7],
      ],
    },
    {
      kind: "stabs",
      at: [
        [2, 5],
        [10, 5],
      ],
    },
  ],
  arp: { order: "broken", stepSixteenths: 2, octaves: 1 },
  melody: [
    [
      [0, 3],
      [3, 3],
      [6, 6],
    ],
    [
      [2, 2],
      [4, 3],
      [7, 1],
      [8, 6],
    ],
    [
      [0, 2],
      [2, 2],
      [4, 4],
      [10, 2],
      [12, 4],
    ],
  ],
  leadMidi: 71,
  chordLowMidi: 52,
  sounds: {
    bass: { instrument: "roundBass", levelDb: -4.5, pan: 0, reverb: 0, delay: 0, duck: 0.25, cutoffHz: 1400 },
    pad: { instrument: "warmPad", levelDb: -15, pan: 0, reverb: 0.3, delay: 0, duck: 0.3, cutoffHz: 3000 },
    chords: {
      instrument: "keys",
      levelDb: -4.5,
      pan: -0.12,
      reverb: 0.22,
      delay: 0.08,
      duck: 0.15,
      cutoffHz: 5200,
    },
    arp: { instrument: "pluck", levelDb: -14.5, pan: 0.35, reverb: 0.3, delay: 0.3, duck: 0, cutoffHz: 4500 },
    lead: {
      instrument: "softLead",
      levelDb: -9,
      pan: 0.08,
      reverb: 0.3,
      delay: 0.25,
      duck: 0,
      cutoffHz: 6500,
    },
  },
  layers: {
    intro: ["chords", "pad"],
    groove: ["chords", "bass", "lead"],
    build: ["chords", "pad", "arp", "bass"],
    drop: ["chords", "pad", "bass", "arp", "lead"],
    break: ["pad", "chords", "lead"],
    outro: ["chords", "bass"],
  },
  drumStrength: { intro: 1, groove: 2, build: 2, drop: 3, break: 1, outro: 1 },
  risers: false,
};
