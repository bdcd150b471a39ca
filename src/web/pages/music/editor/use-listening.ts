/** The sound of the track being edited, the player, and the playhead. */
import { useEffect, useReducer, useRef, useState } from "react";
import type { BeatGrid } from "#domain/track.ts";
import { GridPlayer } from "../../../device/audio/grid-player.ts";
import { listenToTrack, type TrackSound } from "../../../device/audio/track-sound.ts";

export interface Listening {
  readonly sound: TrackSound | null;
  readonly failure: string | null;
  readonly playing: boolean;
  readonly clicks: boolean;
  readonly setClicks: (on: boolean) => void;
  readonly toggle: () => void;
  readonly seek: (atS: number) => void;
  /** Where the playhead is now; read it while drawing. */
  readonly positionS: () => number;
}

export function useListening(url: string, grid: BeatGrid): Listening {
  const [, redraw] = useReducer((count: number) => count + 1, 0);
  const [sound, setSound] = useState<TrackSound | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [playing, setPlaying] = useState(false);
  const [clicks, setClicks] = useState(true);
  const player = useRef<GridPlayer | null>(null);
  const restingS = useRef(0);

  useEffect(() => {
    let frame = 0;
    const stop = listenToTrack(url, {
      onSound(heard) {
        setSound(heard);
        cancelAnimationFrame(frame);
        frame = requestAnimationFrame(redraw);
      },
      onFailed: setFailure,
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
      player.current?.close();
      player.current = null;
    };
  }, [url]);
  useEffect(() => {
    if (player.current === null) return;
    player.current.grid = grid;
    player.current.clicks = clicks;
  }, [grid, clicks]);

  const start = (fromS: number) => {
    if (sound === null) return;
    player.current ??= new GridPlayer(sound, () => setPlaying(false));
    player.current.grid = grid;
    player.current.clicks = clicks;
    void player.current.play(fromS);
    setPlaying(true);
  };
  const positionS = () => (player.current?.playing === true ? player.current.positionS() : restingS.current);
  return {
    sound,
    failure,
    playing,
    clicks,
    setClicks,
    positionS,
    toggle() {
      if (!playing) {
        start(restingS.current);
        return;
      }
      restingS.current = positionS();
      player.current?.pause();
      setPlaying(false);
    },
    seek(atS) {
      restingS.current = Math.max(0, atS);
      if (playing) start(restingS.current);
      else redraw();
    },
  };
}
