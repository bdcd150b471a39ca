/** What a track sounds like, apart from its file, its tags and its encoding. */
export interface Sound {
  /** SHA-256 of the decoded samples, hex: the same for a file that was moved, renamed or tagged anew. */
  readonly audioHash: string;
  /** `analysis/fingerprint`: nearly the same for another encoding of the recording. */
  readonly fingerprint: Uint8Array;
}

export interface KnownSound {
  readonly trackId: string;
  readonly durationS: number;
  readonly fingerprint: Uint8Array;
}

/** The sounds of the library's tracks; one goes with its track. */
export interface SoundStore {
  /** Insert or replace; the track must exist. */
  putSound(trackId: string, sound: Sound): Promise<void>;
  getSound(trackId: string): Promise<Sound | null>;
  trackWithAudio(audioHash: string): Promise<string | null>;
  /** Tracks from files whose sound is not known: written before sounds were kept. */
  tracksWithoutSound(): Promise<readonly string[]>;
  /** Sounds of tracks between `fromS` and `toS` long. */
  soundsLasting(fromS: number, toS: number): Promise<readonly KnownSound[]>;
}
