import type { StyleRecipe } from "../style-recipe.ts";
import { clubLayers, clubStrength } from "./club.ts";

export const house: StyleRecipe = {
  minor: ["17 47 77 37", "19 67 47 5s", "17 77 67 77", "67 77 17 17"],
  major: ["17 67 27 5s", "47 37 67 5"],
  kit: "house",
  drumsDb: { kick: -9.5, snare: -2, cymbals: -1 },
  swing: { unitBeats: 0.25, amount: 0.12 },
  drums: {
    light: { kick: "X---X---X---X---", closedHat: "--x---x---x---x-" },
    main: {
      kick: "X---X---X---X---",
      clap: "----X-------X---",
      openHat: "--x---x---x---x-",
      closedHat: "x--gx--gx--gx--g",
    },
    full: {
      kick: "X---X---X---X---",
      clap: "----X-------X---",
      openHat: "--X---X---X---X-",
      closedHat: "x-gxx-gxx-gxx-gx",
      shaker: "g-x-g-x-g-x-g-x-",
      rim: "---g--x----g--x-",
    },
    fill: {
      kick: "X---X---X-------",
      clap: "----X-------X-xx",
      snare: "----------g-x-xX",
      closedHat: "x-gxx-gxx-------",
    },
  },
  bass: [
    [
      [2, 2, "root", 0.85],
      [6, 2, "root", 0.85],
      [10, 2, "octave", 0.75],
      [14, 2, "root", 0.85],
    ],
    [
      [0, 2, "root", 0.8],
      [3, 2, "octave", 0.7],
      [6, 2, "root", 0.85],
      [9, 1, "fifth", 0.6],
      [10, 2, "octave", 0.75],
      [14, 2, "approach", 0.75],
    ],
    [
      [0, 3, "root", 0.85],
      [3, 3, "root", 0.75],
      [6, 4, "fifth", 0.8],
      [11, 1, "octave", 0.6],
      [12, 2, "octave", 0.75],
      [14, 2, "seventh", 0.7],
    ],
  ],
  bassMidi: 36,
  chords: [
    {
      kind: "stabs",
      at: [
        [0, 2],
        [3, 2],
        [6, 3],
        [11, 2],
      ],
    },
    {
      kind: "stabs",
      at: [
        [2, 2],
        [5, 1],
        [8, 2],
        [11, 2],
        [14, 1],
      ],
    },
    {
      kind: "stabs",
      at: [
        [0, 3],
        [6, 2],
        [10, 2],
        [13, 2],
      ],
    },
  ],
  arp: { order: "up-down", stepSixteenths: 1, octaves: 1 },
  melody: [
    [
      [0, 3],
      [3, 3],
      [6, 2],
      [8, 4],
    ],
    [
      [0, 2],
      [4, 2],
      [6, 2],
      [10, 2],
      [12, 4],
    ],
    [
      [2, 2],
      [4, 2],
      [6, 4],
      [12, 2],
      [14, 2],
    ],
  ],
  leadMidi: 72,
  chordLowMidi: 52,
  sounds: {
    bass: { instrument: "sawBass", levelDb: -3, pan: 0, reverb: 0, delay: 0, duck: 0.55, cutoffHz: 1500 },
    pad: { instrument: "warmPad", levelDb: -16, pan: 0, reverb: 0.25, delay: 0, duck: 0.7, cutoffHz: 4500 },
    chords: {
      instrument: "piano",
      levelDb: -6,
      pan: -0.05,
      reverb: 0.2,
      delay: 0.1,
      duck: 0.35,
      cutoffHz: 8500,
    },
    arp: { instrument: "pluck", levelDb: -16, pan: 0.3, reverb: 0.2, delay: 0.35, duck: 0.4, cutoffHz: 6500 },
    lead: {
      instrument: "softLead",
      levelDb: -10,
      pan: 0,
      reverb: 0.22,
      delay: 0.25,
      duck: 0.25,
      cutoffHz: 9000,
    },
  },
  layers: clubLayers,
  drumStrength: clubStrength,
  risers: true,
};
