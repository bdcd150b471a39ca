import { matchingGain } from "#web/device/audio/loudness.ts";
import { forgetAudioExcept, keepAudio } from "#web/device/audio/audio-cache.ts";
import { delayOf, outputDevice } from "#web/device/audio/output-delay.ts";
import { openAudioOutput } from "#web/device/audio/output.ts";
import type { AudioOutput, AudioOutputOptions, DeckCommand, Voice } from "#web/device/audio/output.ts";
import type { VideoSound } from "#web/device/audio/video-sound.ts";
import { showNowPlaying } from "#web/device/media-session.ts";
import type { EngineSnapshot } from "#engine/contract.ts";
import { apiPaths } from "#client/paths.ts";
import type { Course } from "./keep/kept-workout.ts";
import type { ScreenTrack } from "./screen/contract.ts";

/** Fades under way at the end may finish. */
const closeAfterMs = 1_500;
/** Assumed until the audio device has been heard of. */
const presumedLeadMs = 100;

/** The sounding side of a run: its soundtrack as it stands, the decks that play it, the files kept for it. */
export class RunMusic {
  #course: Course;
  #tracks: ReadonlyMap<string, ScreenTrack>;
  #output: AudioOutput | null = null;
  #outputDelayMs = 0;
  #closed = false;
  #shown = "";

  constructor(course: Course) {
    this.#course = course;
    this.#tracks = screenTracks(course);
  }

  get course(): Course {
    return this.#course;
  }

  get tracks(): ReadonlyMap<string, ScreenTrack> {
    return this.#tracks;
  }

  changeCourse(course: Course): void {
    this.#course = course;
    this.#tracks = screenTracks(course);
  }

  /** Opens the decks. Rejects where the browser cannot play. */
  async open(options: Omit<AudioOutputOptions, "sourceOf">): Promise<void> {
    this.#outputDelayMs = delayOf(await outputDevice())?.delayMs ?? 0;
    const output = await openAudioOutput({ ...options, sourceOf: (trackId) => this.#sourceOf(trackId) });
    if (this.#closed) await output.close();
    else this.#output = output;
  }

  /** Resolves once what the decks were told to load could sound. */
  async loaded(): Promise<void> {
    await this.#output?.loaded();
  }

  /** Lets it sound; call it in answer to a press. */
  async resume(): Promise<void> {
    await this.#output?.resume();
  }

  leadMs(): number {
    return this.#output?.leadMs() ?? presumedLeadMs;
  }

  /** How much later than the browser knows it is heard: measured by tapping, for this output. */
  get outputDelayMs(): number {
    return this.#outputDelayMs;
  }

  /** From sounding to being heard; past the graph the browser makes up for what it knows of the output itself. */
  heardAfterMs(isInGraph: boolean): number {
    return (isInGraph ? this.leadMs() : 0) + this.#outputDelayMs;
  }

  execute(command: DeckCommand): void {
    this.#output?.execute(command);
  }

  duck(voice: Voice, speaks: boolean): void {
    this.#output?.duck(voice, speaks);
  }

  /** Null where the music cannot be played: the browser then plays the video by itself. */
  joinVideo(element: HTMLMediaElement, isHeard: boolean): VideoSound | null {
    return this.#output?.joinVideo(element, isHeard) ?? null;
  }

  /** Keeps the files still needed after `classTimeS` in the browser, soonest first, and drops those of other workouts. */
  async keepFiles(classTimeS: number): Promise<void> {
    const ahead = this.#course.slots.filter(({ endS }) => endS > classTimeS);
    await forgetAudioExcept(new Set(this.#course.tracks.map(({ id }) => apiPaths.trackAudio(id))));
    await keepAudio(ahead.map(({ trackId }) => apiPaths.trackAudio(trackId)));
  }

  /** Tells the system what sounds, when that has changed. */
  show({ trackId, phase }: EngineSnapshot): void {
    const shown = `${phase} ${trackId ?? ""}`;
    if (shown === this.#shown) return;
    this.#shown = shown;
    const track = this.#course.tracks.find(({ id }) => id === trackId);
    const coverUrl = track?.hasCover === true ? apiPaths.trackCover(track.id) : null;
    const nowPlaying = track === undefined ? null : { title: track.title, artist: track.artist, coverUrl };
    showNowPlaying(nowPlaying, phase === "running");
  }

  close(): void {
    this.#closed = true;
    const output = this.#output;
    this.#output = null;
    setTimeout(() => void output?.close(), closeAfterMs);
  }

  #sourceOf(trackId: string) {
    const track = this.#course.tracks.find(({ id }) => id === trackId);
    return {
      url: apiPaths.trackAudio(trackId),
      gain: matchingGain(track?.loudnessLufs, track?.truePeakDbtp),
    };
  }
}

function screenTracks({ tracks }: Course): ReadonlyMap<string, ScreenTrack> {
  return new Map(
    tracks.map(({ id, title, artist, tempoBpm, energy, key }) => [
      id,
      { id, title, artist, tempoBpm, energy, key },
    ]),
  );
}
