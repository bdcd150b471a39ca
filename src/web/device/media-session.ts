/** What the system's media keys and lock screen show and may do. */
export interface NowPlaying {
  readonly title: string;
  readonly artist: string;
  readonly coverUrl: string | null;
}

export interface MediaKeys {
  readonly onPause: () => void;
  readonly onResume: () => void;
  readonly onNext: () => void;
}

const actions = ["play", "pause", "nexttrack"] as const;

/** Takes the media keys; returns how to give them back. */
export function takeMediaKeys({ onPause, onResume, onNext }: MediaKeys): () => void {
  if (!("mediaSession" in navigator)) return () => {};
  const handlers = { play: onResume, pause: onPause, nexttrack: onNext };
  for (const action of actions) navigator.mediaSession.setActionHandler(action, handlers[action]);
  return () => {
    for (const action of actions) navigator.mediaSession.setActionHandler(action, null);
    navigator.mediaSession.metadata = null;
    navigator.mediaSession.playbackState = "none";
  };
}

export function showNowPlaying(track: NowPlaying | null, playing: boolean): void {
  if (!("mediaSession" in navigator)) return;
  navigator.mediaSession.playbackState = playing ? "playing" : "paused";
  const artwork = track === null || track.coverUrl === null ? [] : [{ src: track.coverUrl }];
  navigator.mediaSession.metadata =
    track === null ? null : new MediaMetadata({ title: track.title, artist: track.artist, artwork });
}
