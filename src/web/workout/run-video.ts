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
  /** Brings the sound of the element into the graph; null where there is none. */
  readonly join: (element: HTMLMediaElement) => VideoSound | null;
  /** Somebody speaks in the video, or no longer does. */
  readonly onSpeaking: (speaks: boolean) => void;
  readonly onChange: () => void;
}

const cannotPlay = "The video cannot be played here. The class goes on without it.";

/** The video of a run: found, opened, kept with the class, listened to. Whatever goes wrong with it, the workout goes on. */
export class RunVideo {
  readonly #setup: RunVideoSetup;
  #player: VideoPlayer | null = null;
  #sound: VideoSound | null = null;
  #heard = nobodyHeard;
  #shown: ScreenVideo = { kind: "opening" };
  #closed = false;

  constructor(setup: RunVideoSetup) {
    this.#setup = setup;
  }

  get shown(): ScreenVideo {
    return this.#shown;
  }

  async open(): Promise<void> {
    const { video } = this.#setup;
    if ("url" in video) return this.#use(openVideoAddress(video.url));
    // A browser that keeps nothing has no file either.
    const file = await videoFileOf(video).catch(() => null);
    if (file !== null) return this.#use(openVideoFile(file));
    this.#show({ kind: "missing", fileName: video.fileName, sizeBytes: video.sizeBytes, isOther: false });
  }

  /** The file that was missing. Another one is refused. */
  async giveFile(file: File): Promise<void> {
    const { classId, video, keepsFile } = this.#setup;
    if (this.#shown.kind !== "missing") return;
    if (!isFileOf(video, file)) return this.#show({ ...this.#shown, isOther: true });
    // Without room for it, it plays this time and is asked for again the next.
    if (keepsFile) await keepVideoFile(classId, file).catch(() => {});
    await this.#use(openVideoFile(file));
  }

  /** In answer to a press on Start or Go on. */
  play(): void {
    if (this.#shown.kind === "ready" && !this.#shown.isOver) this.#player?.play();
  }

  follow({ classTimeS, phase }: Pick<EngineSnapshot, "classTimeS" | "phase">, tMs: number): void {
    if (this.#player === null || this.#shown.kind !== "ready") return;
    const isOver = this.#player.follow(tMs, this.#setup.video.offsetS + classTimeS, phase === "running");
    if (isOver !== this.#shown.isOver) this.#show({ ...this.#shown, isOver });
    const heard = hearVoice(this.#heard, this.#sound?.levelDb() ?? -Infinity, tMs);
    if (heard.speaks !== this.#heard.speaks) this.#setup.onSpeaking(heard.speaks);
    this.#heard = heard;
  }

  close(): void {
    this.#closed = true;
    this.#sound?.close();
    this.#player?.close();
    this.#player = null;
  }

  async #use(opening: Promise<OpenVideo>): Promise<void> {
    try {
      const opened = await opening;
      if (this.#closed) return opened.close();
      if (opened.isAudible) this.#sound = this.#setup.join(opened.element);
      this.#player = new VideoPlayer(opened, () => this.#fail());
      opened.element.addEventListener("error", () => this.#fail());
      this.#show({
        kind: "ready",
        element: opened.element,
        hasPicture: opened.element.videoWidth > 0,
        isDucking: this.#sound !== null,
        isOver: false,
      });
    } catch {
      this.#fail();
    }
  }

  #fail(): void {
    if (this.#closed) return;
    this.#sound?.close();
    this.#player?.close();
    this.#player = null;
    this.#sound = null;
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
    join: (element) => music.joinVideo(element),
    onSpeaking: (speaks) => music.duck("video", speaks),
    onChange,
  });
}
