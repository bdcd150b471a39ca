/** The video of a class: chosen or named, looked at, and laid against the class. */
import { useEffect, useRef, useState, type FormEvent, type ReactNode } from "react";
import {
  isFileOf,
  isVideoAddress,
  isVideoFile,
  videoHost,
  videoLimits,
  type ClassVideo,
} from "#domain/class-video.ts";
import { forgetVideoFile, keepVideoFile } from "#web/device/class-video/video-files.ts";
import { Button, Field } from "../../ui/controls.tsx";
import { fileSize } from "../../ui/format.ts";
import { VideoFileButton } from "../../ui/video-file-button.tsx";
import { useVideoFile } from "../class/use-video-file.ts";
import { MomentField } from "./typed-fields.tsx";
import type { Editor } from "./use-editor.ts";

export interface VideoFiles {
  /** The file of the class as it stands; null: not at hand, undefined: not known yet. */
  readonly file: File | null | undefined;
  readonly add: (file: File) => void;
  /** Keeps the file of a class that was saved in this browser, or lets go of what it had before. */
  readonly keepFor: (classId: string) => Promise<void>;
}

/** Files chosen since the editor was opened, so that undo finds them again, and those kept before. */
export function useVideoFiles(video: ClassVideo | null): VideoFiles {
  const [chosen, setChosen] = useState<readonly File[]>([]);
  const kept = useVideoFile(video);
  const file = video === null ? null : (chosen.find((one) => isFileOf(video, one)) ?? kept);
  return {
    file,
    add: (added) => setChosen((before) => [...before, added]),
    keepFor: async (classId) => {
      if (video === null || "url" in video) await forgetVideoFile(classId);
      else if (file !== null && file !== undefined) await keepVideoFile(classId, file);
    },
  };
}

/** As browsers write an address, if it is one that a class may name. */
function addressIn(text: string): string | null {
  const url = URL.parse(text.trim())?.href ?? "";
  return isVideoAddress(url) ? url : null;
}

function AddressForm({ onAddress }: { onAddress: (url: string) => void }) {
  const [text, setText] = useState("");
  const [isRefused, setRefused] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const url = addressIn(text);
    setRefused(url === null);
    if (url !== null) onAddress(url);
  };
  return (
    <form className="video-address" onSubmit={submit}>
      <Field
        label="Or its address"
        hint={
          isRefused
            ? `An address that begins with https:// and has at most ${videoLimits.urlLength} letters.`
            : "The browser of whoever trains loads it; this server does not."
        }
      >
        {(id, hintId) => (
          <input
            id={id}
            className="input"
            inputMode="url"
            placeholder="https://"
            autoComplete="off"
            aria-describedby={hintId}
            aria-invalid={isRefused}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <Button submit>Use it</Button>
    </form>
  );
}

interface PreviewProps {
  readonly source: File | string;
  readonly startS: number;
  readonly onHere: (atS: number) => void;
  /** Stands beside the button that says "here". */
  readonly children: ReactNode;
}

/** Opens where the class begins. An address, which may have come with a file from somebody, is not visited before it is played. */
function Preview({ source, startS, onHere, children }: PreviewProps) {
  const element = useRef<HTMLVideoElement>(null);
  const [failed, setFailed] = useState<File | string | null>(null);
  useEffect(() => {
    const video = element.current;
    if (video === null) return;
    const url = typeof source === "string" ? source : URL.createObjectURL(source);
    video.src = url;
    return () => {
      video.removeAttribute("src");
      if (typeof source !== "string") URL.revokeObjectURL(url);
    };
  }, [source]);
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a file of the person's own: it brings its captions or has none */}
      <video
        ref={element}
        controls
        playsInline
        preload={typeof source === "string" ? "none" : "metadata"}
        aria-label="Preview of the video"
        onLoadedMetadata={({ currentTarget }) => {
          currentTarget.currentTime = startS;
        }}
        onError={({ currentTarget }) => {
          if (currentTarget.hasAttribute("src")) setFailed(source);
        }}
      />
      <div className="video-line">
        {children}
        <Button onPress={() => onHere(element.current?.currentTime ?? startS)}>Start the class here</Button>
      </div>
      {failed === source && <p role="status">This browser cannot play it.</p>}
    </>
  );
}

interface ChosenVideoProps {
  readonly editor: Editor;
  readonly video: ClassVideo;
  readonly files: VideoFiles;
}

function ChosenVideo({ editor, video, files }: ChosenVideoProps) {
  const source = "url" in video ? video.url : files.file;
  const moveTo = (offsetS: number, about?: string) =>
    editor.change({ ...editor.edit, video: { ...video, offsetS } }, about);
  const name =
    "url" in video ? `From ${videoHost(video)}` : `${video.fileName} (${fileSize(video.sizeBytes)})`;
  const start = (
    <MomentField
      label="The class starts at"
      hint="A moment of the video, such as 0:12.5"
      max={videoLimits.offsetS}
      value={video.offsetS}
      onChange={(offsetS) => moveTo(offsetS, "video offset")}
    />
  );
  return (
    <>
      <p>
        {name}
        {source === null && " is not on this device. Choose it again to see it here."}
      </p>
      {source === null || source === undefined ? (
        start
      ) : (
        <Preview source={source} startS={video.offsetS} onHere={(atS) => moveTo(Math.round(atS * 10) / 10)}>
          {start}
        </Preview>
      )}
    </>
  );
}

export function VideoForm({ editor, files }: { editor: Editor; files: VideoFiles }) {
  const { edit, change } = editor;
  const { video } = edit;
  const [refused, setRefused] = useState<string | null>(null);
  const offsetS = video?.offsetS ?? 0;
  const onFile = (file: File) => {
    if (!isVideoFile(file.name, file.size))
      return setRefused(`${file.name.slice(0, 40)}: empty, or larger than a video can be.`);
    setRefused(null);
    files.add(file);
    const isSame = video !== null && isFileOf(video, file);
    if (!isSame) change({ ...edit, video: { fileName: file.name, sizeBytes: file.size, offsetS } });
  };
  return (
    <div className="video-form">
      {video === null ? (
        <p className="muted small">
          A coach on film, played with the class; the music goes down while they speak. A file stays on this
          device: nothing is uploaded.
        </p>
      ) : (
        <ChosenVideo editor={editor} video={video} files={files} />
      )}
      {refused !== null && <p role="alert">{refused}</p>}
      <div className="row">
        <VideoFileButton label={video === null ? "Choose a video" : "Choose another"} onFile={onFile} />
        {video !== null && (
          <Button weight="quiet" icon="close" onPress={() => change({ ...edit, video: null })}>
            Remove the video
          </Button>
        )}
      </div>
      {video === null && <AddressForm onAddress={(url) => change({ ...edit, video: { url, offsetS } })} />}
    </div>
  );
}
