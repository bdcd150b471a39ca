import { isFileOf, type ClassVideo } from "#domain/class-video.ts";
import { partsOfMixId } from "#domain/recommendation/mix.ts";
import type { EngineSnapshot } from "#engine/contract.ts";
import { hearVoice, nobodyHeard } from "#engine/voice-ducking.ts";
import type { VideoSound } from "#web/device/audio/video-sound.ts";
import { openVideoAddress, openVideoFile, type OpenVideo } from "#web/device/class-video/open-video.ts";
import { keepVideoFile, videoFileOf } from "#web/device/class-video/video-files.ts";
import { VideoPlayer } from "#web/device/class-video/video-player.ts";
import type { Leaves } from "../ui/routes.ts";
import type { Course } from "./keep/kept-workout.ts";
import type { RunMusic } from "./run-music.ts";
import type { ScreenVideo } from "./screen/contract.ts";

interface RunVideoSetup {
  readonly classId: string;
  readonly video: ClassVideo;
  /** Whether a file that is chosen now may stay in this browser. */
  readonly keepsFile: boolean;
  /** Brings the sound of the element into the graph, to be heard or not; null where there is none. */
  readonly join: (element: HTMLMediaElement, isHeard: boolean) => VideoSound | null;
  /** How long after the element plays it its sound is heard, in the graph or past it. */
  readonly heardAfterMs: (isInGraph: boolean) => number;
  /** Somebody speaks in the video, or no longer does. */
  readonly onSpeaking: (speaks: boolean) => void;
  readonly onChange: () => void;
}

interface Playing {
  readonly player: VideoPlayer;
  readonly sound: VideoSound | null;
  /** Plays so much earlier that it is heard in class time. */
  readonly isAhead: boolean;
}

/** A voice later than its lips by up to this is not noticed (EBU R37); one element then plays both. */
const lipsBearMs = 60;
const cannotPlay = "The video cannot be played here. The class goes on without it.";

/**
 * The video of a run: found, opened, kept with the class, listened to. Whatever goes wrong with it, the workout goes on.
 * A browser keeps lips and voice together only for the delay it knows of: where the voice is heard noticeably later, a
 * second, silent element shows the picture in class time, and the one that sounds runs ahead of it, unseen.
 */
export class RunVideo {
  readonly #setup: RunVideoSetup;
  /** The one that is heard comes first. */
  #players: readonly Playing[] = [];
  #isRunning = false;
  #heard = nobodyHeard;
  #shown: ScreenVideo = { kind: "opening" };
  #closed = false;

  constructor(setup: RunVideoSetup) {
    this.#setup = setup;
  }

  get shown(): ScreenVideo {
    return this.#shown;
  }

  get #voice(): VideoSound | null {
    return this.#players[0]?.sound ?? null;
  }

  async open(): Promise<void> {
    const { video } = this.#setup;
    if ("url" in video) return this.#use(() => openVideoAddress(video.url));
    // A browser that keeps nothing has no file either.
    const file = await videoFileOf(video).catch(() => null);
    if (file !== null) return this.#use(() => openVideoFile(file));
    this.#show({ kind: "missing", fileName: video.fileName, sizeBytes: video.sizeBytes, isOther: false });
  }

  /** The file that was missing. Another one is refused. */
  async giveFile(file: File): Promise<void> {
    const { classId, video, keepsFile } = this.#setup;
    if (this.#shown.kind !== "missing") return;
    if (!isFileOf(video, file)) return this.#show({ ...this.#shown, isOther: true });
    // Without room for it, it plays this time and is asked for again the next.
    if (keepsFile) await keepVideoFile(classId, file).catch(() => {});
    await this.#use(() => openVideoFile(file));
  }

  /** In answer to a press on Start or Go on. */
  play(): void {
    if (this.#shown.kind !== "ready" || this.#shown.isOver) return;
    for (const { player } of this.#players) player.play();
  }

  follow({ classTimeS, phase }: Pick<EngineSnapshot, "classTimeS" | "phase">, tMs: number): void {
    if (this.#shown.kind !== "ready") return;
    const wantedS = this.#setup.video.offsetS + classTimeS;
    const aheadS = this.#setup.heardAfterMs(this.#voice !== null) / 1000;
    this.#isRunning = phase === "running";
    const areOver = this.#players.map(({ player, isAhead }) =>
      player.follow(tMs, wantedS + (isAhead ? aheadS : 0), this.#isRunning),
    );
    const isOver = areOver.every(Boolean);
    if (isOver !== this.#shown.isOver) this.#show({ ...this.#shown, isOver });
    const heard = hearVoice(this.#heard, this.#voice?.levelDb() ?? -Infinity, tMs);
    if (heard.speaks !== this.#heard.speaks) this.#setup.onSpeaking(heard.speaks);
    this.#heard = heard;
  }

  close(): void {
    this.#closed = true;
    this.#stop();
  }

  #stop(): void {
    for (const { player, sound } of this.#players) {
      sound?.close();
      player.close();
    }
    this.#players = [];
  }

  async #use(open: () => Promise<OpenVideo>): Promise<void> {
    try {
      const opened = await open();
      const hasPicture = opened.element.videoWidth > 0;
      const isLate = this.#setup.heardAfterMs(opened.isAudible) > lipsBearMs;
      // Without a second one the first shows the picture, too early for its voice.
      const picture = hasPicture && isLate ? await open().catch(() => null) : null;
      if (this.#closed) {
        opened.close();
        picture?.close();
        return;
      }
      this.#add(opened, { isAhead: !hasPicture || picture !== null, isHeard: true });
      if (picture !== null) {
        this.#add(picture, { isAhead: false, isHeard: false });
        this.#keepUnheard(picture.element, opened.element);
      }
      const { element } = picture ?? opened;
      this.#show({ kind: "ready", element, hasPicture, isDucking: this.#voice !== null, isOver: false });
    } catch {
      this.#fail();
    }
  }

  #add(video: OpenVideo, { isAhead, isHeard }: { isAhead: boolean; isHeard: boolean }): void {
    const sound = video.isAudible ? this.#setup.join(video.element, isHeard) : null;
    if (sound === null) video.element.muted = !isHeard;
    video.element.addEventListener("error", () => this.#fail());
    const player = new VideoPlayer(video, () => this.#fail());
    this.#players = [...this.#players, { player, sound, isAhead }];
  }

  /**
   * Not muted, it goes by the graph's clock as the voice does; Chromium lets a muted one go by a timer, which loses time.
   * WebKit on phones pauses one of two elements that are not muted: then this one is muted after all.
   */
  #keepUnheard(picture: HTMLMediaElement, voice: HTMLMediaElement): void {
    const mute = () => {
      if (this.#isRunning) picture.muted = true;
    };
    for (const element of [picture, voice]) element.addEventListener("pause", mute);
  }

  #fail(): void {
    if (this.#closed) return;
    this.#stop();
    if (this.#heard.speaks) this.#setup.onSpeaking(false);
    this.#heard = nobodyHeard;
    this.#show({ kind: "failed", text: cannotPlay });
  }

  #show(shown: ScreenVideo): void {
    this.#shown = shown;
    if (!this.#closed) this.#setup.onChange();
  }
}

/** The video of a class, heard beside its music; null: it has none. */
export function videoOfRun(
  { course, leaves }: { readonly course: Course; readonly leaves: Leaves },
  music: RunMusic,
  onChange: () => void,
): RunVideo | null {
  const { id, video } = course.plan;
  if (video === undefined) return null;
  return new RunVideo({
    classId: partsOfMixId(id).classId,
    video,
    keepsFile: leaves === "all",
    join: (element, isHeard) => music.joinVideo(element, isHeard),
    heardAfterMs: (isInGraph) => music.heardAfterMs(isInGraph),
    onSpeaking: (speaks) => music.duck("video", speaks),
    onChange,
  });
}
