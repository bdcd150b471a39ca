/** The stages of music-tempo that are used: from onsets to beats. */
declare module "music-tempo/dist/node/OnsetDetection.js" {
  const stage: { findPeaks(strength: number[]): number[]; normalize(strength: number[]): void };
  export default stage;
}
declare module "music-tempo/dist/node/TempoInduction.js" {
  interface Clusters {
    readonly clIntervals: readonly number[];
    readonly clSizes: readonly number[];
  }
  interface Scores {
    readonly clScores: readonly number[];
    readonly clScoresIdxs: readonly number[];
  }
  const stage: {
    processRhythmicEvents(events: readonly number[]): Clusters;
    mergeClusters(clusters: Clusters): Clusters;
    calculateScore(clusters: Clusters): Scores;
    createTempoList(clusters: Clusters & Scores): readonly number[];
  };
  export default stage;
}
declare module "music-tempo/dist/node/BeatTracking.js" {
  interface Agent {
    readonly score: number;
    readonly events: readonly number[];
    fillBeats(): void;
  }
  const stage: {
    trackBeat(
      events: readonly number[],
      scores: readonly number[],
      tempos: readonly number[],
    ): readonly Agent[];
  };
  export default stage;
}
