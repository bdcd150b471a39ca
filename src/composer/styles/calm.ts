import type { StyleRecipe } from "../style-recipe.ts";

export const ambient: StyleRecipe = {
  minor: ["1 6 3 7", "1 47 6 7", "69 7 19 19", "49 1 6 5s"],
  major: ["1 6 4 5s", "47 1 47 5"],
  kit: "soft",
  drumsDb: { kick: -16.5, snare: -9, cymbals: 6 },
  swing: { unitBeats: 0.5, amount: 0 },
  drums: {
    light: { kick: "X-------x-------", shaker: "--g---g---g---g-" },
    main: { kick: "X-------x-------", rim: "----x-------x---", shaker: "g-x-g-x-g-x-g-x-" },
    full: {
      kick: "X-----x-x-------",
      rim: "----x-------x--g",
      shaker: "g-x-g-x-g-x-g-xg",
      ride: "x---x---x---x---",
    },
    fill: { kick: "X-------x-------", highTom: "----------g-x---", lowTom: "------------x-x-" },
  },
  bass: [
    [
      [0, 12, "root", 0.8],
      [12, 4, "fifth", 0.6],
    ],
    [
      [0, 8, "root", 0.8],
      [8, 6, "fifth", 0.65],
      [14, 2, "approach", 0.6],
    ],
  ],
  bassMidi: 38,
  chords: [{ kind: "hold" }],
  arp: { order: "broken", stepSixteenths: 2, octaves: 1 },
  melody: [
    [
      [0, 6],
      [6, 2],
      [8, 8],
    ],
    [
      [0, 8],
      [8, 4],
      [12, 4],
    ],
    [
      [4, 4],
      [8, 8],
    ],
  ],
  leadMidi: 72,
  chordLowMidi: 52,
  sounds: {
    bass: { instrument: "subBass", levelDb: -4.5, pan: 0, reverb: 0, delay: 0, duck: 0.2, cutoffHz: 900 },
    pad: { instrument: "airPad", levelDb: -10, pan: 0, reverb: 0.45, delay: 0, duck: 0.15, cutoffHz: 5200 },
    chords: {
      instrument: "keys",
      levelDb: -4.5,
      pan: -0.15,
      reverb: 0.35,
      delay: 0.15,
      duck: 0,
      cutoffHz: 6000,
    },
    arp: { instrument: "bell", levelDb: -13.5, pan: 0.3, reverb: 0.5, delay: 0.35, duck: 0, cutoffHz: 9000 },
    lead: {
      instrument: "flute",
      levelDb: -9.5,
      pan: 0.05,
      reverb: 0.45,
      delay: 0.25,
      duck: 0,
      cutoffHz: 9000,
    },
  },
  layers: {
    intro: ["pad", "arp"],
    groove: ["pad", "chords", "bass", "lead"],
    build: ["pad", "chords", "arp", "bass"],
    drop: ["pad", "chords", "arp", "bass", "lead"],
    break: ["pad", "lead"],
    outro: ["pad", "arp", "bass"],
  },
  drumStrength: { intro: 1, groove: 2, build: 2, drop: 2, break: 1, outro: 1 },
  risers: false,
};

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
