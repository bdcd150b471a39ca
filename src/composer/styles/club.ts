/** What sounds in which section of a club track, and how strongly. */
export const clubLayers = {
  intro: ["chords", "pad"],
  groove: ["bass", "chords", "pad", "lead"],
  build: ["chords", "pad", "arp", "bass"],
  drop: ["bass", "chords", "pad", "arp", "lead"],
  break: ["pad", "chords", "lead"],
  outro: ["bass", "chords"],
} as const;
export const clubStrength = { intro: 1, groove: 2, build: 2, drop: 3, break: 0, outro: 2 } as const;
