/** A video that follows the class. */
import { isOver, VideoFollower, type VideoState } from "#engine/video-follower.ts";
import type { OpenVideo } from "./open-video.ts";

function stateOf(element: HTMLVideoElement): VideoState {
  const { currentTime, duration, paused, seeking, ended, readyState } = element;
  const isStalled = !paused && readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
  return {
    timeS: currentTime,
    durationS: Number.isFinite(duration) ? duration : null,
    isPlaying: !paused,
    isBusy: seeking || isStalled || ended,
  };
}

export class VideoPlayer {
  readonly #video: OpenVideo;
  readonly #follower = new VideoFollower();
  readonly #onRefused: (error: unknown) => void;

  /** `onRefused` is told when the browser does not let it play. */
  constructor(video: OpenVideo, onRefused: (error: unknown) => void) {
    this.#video = video;
    this.#onRefused = onRefused;
  }

  get element(): HTMLVideoElement {
    return this.#video.element;
  }

  /** In answer to a press, without which browsers keep sound from starting. */
  play(): void {
    this.element.play().catch((error: unknown) => {
      // A pause or a jump in between is no refusal.
      if (!(error instanceof DOMException && error.name === "AbortError")) this.#onRefused(error);
    });
  }

  /** To be called at every tick: the class wants the video at `wantedS` now. True when the video is over by then. */
  follow(tMs: number, wantedS: number, isRunning: boolean): boolean {
    const { element } = this;
    const state = stateOf(element);
    const step = this.#follower.step(tMs, wantedS, isRunning, state);
    if (step.kind === "pause") element.pause();
    if (step.kind === "jump") element.currentTime = step.toS;
    if (step.kind === "play") {
      if (element.playbackRate !== step.rate) element.playbackRate = step.rate;
      if (element.paused) this.play();
    }
    return isOver(wantedS, state.durationS);
  }

  close(): void {
    this.#video.close();
  }
}
