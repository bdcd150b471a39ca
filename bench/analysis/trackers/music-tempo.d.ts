declare module "music-tempo/dist/node/MusicTempo.js" {
  export default class MusicTempo {
    constructor(samples: readonly number[]);
    /** A number in digits. */
    readonly tempo: string;
    readonly beats: readonly number[];
  }
}
