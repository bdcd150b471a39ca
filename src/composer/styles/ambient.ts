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
