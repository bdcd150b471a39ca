/** Repairing a track's beat grid: look, listen, tap, edit, undo, save. */
import { useEffect, useRef, useState, type FormEvent } from "react";
import {
  beatsPerBarChoices,
  beatsPerBarOf,
  tempoOf,
  withMetre,
  type BeatsPerBar,
} from "#domain/beat-grid/edit.ts";
import type { TrackDetail } from "#protocol/api/schemas.ts";
import { messageOf } from "../../../api/client.ts";
import { apiPaths } from "#client/paths.ts";
import { Button, Choice, Field } from "../../../ui/controls.tsx";
import { count } from "../../../ui/format.ts";
import { atTempo, gridActions, snapTo, type GridAction } from "./actions.ts";
import { TapControls, useTapping } from "./tapping.tsx";
import { useGridEditor, type GridEditor } from "./use-grid-editor.ts";
import { useListening, type Listening } from "./use-listening.ts";
import type { View } from "./view.ts";
import { zoomed } from "./view.ts";
import { Wave } from "./wave.tsx";
import "./editor.css";

const firstViewS = 12;
const metreNames: Readonly<Record<BeatsPerBar, string>> = { 3: "3/4", 4: "4/4", 6: "6/8" };

interface Desk {
  readonly editor: GridEditor;
  readonly listening: Listening;
}

function act({ editor, listening }: Desk, { label, group, at }: GridAction): void {
  const edit = at(listening.positionS());
  if (group === "here") editor.editAll(label, edit);
  else editor.edit(label, edit);
}

function Actions({ group, ...desk }: Desk & { group: GridAction["group"] }) {
  return gridActions
    .filter((action) => action.group === group)
    .map((action) => (
      <Button key={action.label} onPress={() => act(desk, action)}>
        {action.label}
      </Button>
    ));
}

function TempoField({ editor, listening }: Desk) {
  const shown = tempoOf(editor.grid).toFixed(2);
  const [text, setText] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const tempoBpm = Number(text);
    if (tempoBpm >= 30 && tempoBpm <= 400) editor.edit("Tempo set", atTempo(tempoBpm, listening.positionS()));
    setText(null);
  };
  return (
    <form onSubmit={submit}>
      <Field label="Tempo" unit="BPM">
        {(id) => (
          <>
            <input
              id={id}
              className="input short"
              type="number"
              min={30}
              max={400}
              step={0.01}
              value={text ?? shown}
              onChange={(event) => setText(event.target.value)}
            />
            {text !== null && text !== shown && <Button submit>Set</Button>}
          </>
        )}
      </Field>
    </form>
  );
}

function RegionControls({ editor, listening, durationS }: Desk & { durationS: number }) {
  const { region, setRegion } = editor;
  const place = (edge: "fromS" | "toS") => () => {
    const next = { fromS: region?.fromS ?? 0, toS: region?.toS ?? durationS, [edge]: listening.positionS() };
    if (next.fromS < next.toS) setRegion(next);
  };
  const onsets = listening.sound?.onsets ?? null;
  return (
    <div className="editor-row">
      <Button onPress={place("fromS")}>From here on</Button>
      <Button onPress={place("toS")}>Up to here</Button>
      {region !== null && <Button onPress={() => setRegion(null)}>Whole track</Button>}
      <Button
        disabledReason={onsets === null ? "Once the track is heard." : null}
        onPress={() => onsets !== null && editor.edit("Snapped", snapTo(onsets))}
      >
        Snap to the music
      </Button>
      <p className="muted small" role="status">
        {region === null
          ? "Edits are for the whole track."
          : `Edits are for ${region.fromS.toFixed(1)} to ${region.toS.toFixed(1)} s only.`}
      </p>
    </div>
  );
}

function SaveRow({ editor, track }: { editor: GridEditor; track: TrackDetail }) {
  const { history } = editor;
  const last = history.present.label;
  const next = history.future[0]?.label ?? "";
  return (
    <div className="editor-row">
      <Button
        weight="primary"
        busy={editor.busy}
        disabledReason={editor.isSaved ? "Nothing to save." : null}
        onPress={editor.save}
      >
        Save the grid
      </Button>
      <Button disabledReason={history.past.length === 0 ? "Nothing to undo." : null} onPress={editor.undo}>
        Undo{last === "" ? "" : `: ${last.toLowerCase()}`}
      </Button>
      {next !== "" && <Button onPress={editor.redo}>{`Redo: ${next.toLowerCase()}`}</Button>}
      <Button weight="quiet" busy={editor.busy} onPress={editor.revert}>
        Back to the analysed grid
      </Button>
      {track.source === "library" && (
        <Button weight="quiet" busy={editor.busy} onPress={editor.analyseAgain}>
          Analyse again
        </Button>
      )}
      <a className="button quiet" href={apiPaths.trackGridFile(track.id)} download>
        Export
      </a>
      {editor.error !== null && <p role="alert">{messageOf(editor.error)}</p>}
    </div>
  );
}

const keyHelp: readonly (readonly [string, string])[] = [
  ["Space", "Play, pause"],
  ["T", "Tap"],
  ...gridActions.map(({ key, label }) => [key.toUpperCase(), label] as const),
  ["[ and ]", "Region from here, up to here"],
  ["Ctrl+Z, Ctrl+Shift+Z", "Undo, redo"],
  ["← and →", "Beat by beat, on the wave"],
  ["+ and −", "Zoom, on the wave"],
];

function KeyHelp() {
  return (
    <details className="editor-keys">
      <summary>Keys</summary>
      <dl>
        {keyHelp.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd className="muted">{does}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** Letters act anywhere in the editor but where text is typed; Space presses the button that has the focus. */
function useEditorKeys(desk: Desk, tap: () => void, durationS: number) {
  const latest = useRef({ desk, tap });
  useEffect(() => {
    latest.current = { desk, tap };
  });
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      if (target.closest("input:not([type=checkbox]):not([type=radio])") !== null) return;
      const { editor, listening } = latest.current.desk;
      const key = event.key.toLowerCase();
      const { region } = editor;
      const atS = listening.positionS();
      if ((event.ctrlKey || event.metaKey) && key === "z") (event.shiftKey ? editor.redo : editor.undo)();
      else if (event.ctrlKey || event.metaKey || event.altKey) return;
      else if (key === " " && target.closest("button, a, summary, input") === null) listening.toggle();
      else if (key === "t") latest.current.tap();
      else if (key === "[" && atS < (region?.toS ?? durationS))
        editor.setRegion({ fromS: atS, toS: region?.toS ?? durationS });
      else if (key === "]" && atS > (region?.fromS ?? 0))
        editor.setRegion({ fromS: region?.fromS ?? 0, toS: atS });
      else {
        const action = gridActions.find((one) => one.key === key);
        if (action === undefined) return;
        act(latest.current.desk, action);
      }
      event.preventDefault();
    };
    element.addEventListener("keydown", onKeyDown);
    return () => element.removeEventListener("keydown", onKeyDown);
  }, [durationS]);
  return place;
}

function soundText({ sound, failure }: Listening, durationS: number): string | null {
  if (failure !== null)
    return `The track cannot be played here: ${failure}. The grid can be edited all the same.`;
  if (sound === null) return "Fetching the track.";
  const heardS = sound.length / sound.sampleRate;
  if (sound.onsets === null) return `Listening: ${Math.round((100 * heardS) / durationS)} %`;
  return heardS < durationS - 1
    ? `The first ${Math.round(heardS / 60)} minutes can be heard and seen here.`
    : null;
}

function Transport({ listening, zoom }: { listening: Listening; zoom: (factor: number) => void }) {
  return (
    <div className="editor-row">
      <Button
        icon={listening.playing ? "pause" : "play"}
        disabledReason={listening.sound === null ? "Not heard yet." : null}
        onPress={listening.toggle}
      >
        {listening.playing ? "Pause" : "Play"}
      </Button>
      <label className="editor-check">
        <input
          type="checkbox"
          checked={listening.clicks}
          onChange={(event) => listening.setClicks(event.target.checked)}
        />
        Click on the beats
      </label>
      <Button onPress={() => zoom(1 / 2)}>Zoom in</Button>
      <Button onPress={() => zoom(2)}>Zoom out</Button>
    </div>
  );
}

export function GridEditorPanel({ track }: { track: TrackDetail }) {
  const { durationS } = track;
  const editor = useGridEditor(track);
  const listening = useListening(apiPaths.trackAudio(track.id), editor.grid);
  const tapping = useTapping(listening);
  const [view, setView] = useState<View>({ fromS: 0, toS: Math.min(durationS, firstViewS) });
  const desk = { editor, listening };
  const place = useEditorKeys(desk, tapping.tap, durationS);
  const { grid, region } = editor;
  const beatsPerBar = beatsPerBarOf(grid);
  const zoom = (factor: number) => setView(zoomed(view, factor, (view.fromS + view.toS) / 2, durationS));
  const status = soundText(listening, durationS);
  return (
    <div className="editor" ref={place} role="group" aria-label="Grid editor">
      <Wave
        {...{ durationS, grid, region, view }}
        sound={listening.sound}
        onRegion={editor.setRegion}
        onView={setView}
        playing={listening.playing}
        positionS={listening.positionS}
        onSeek={listening.seek}
      />
      <p className="muted small figures" role="status">
        {status ??
          `${count(grid.beatsS.length, "beat")}, ${count(grid.downbeatsS.length, "bar")}, ${tempoOf(grid).toFixed(2)} BPM`}
      </p>
      <Transport listening={listening} zoom={zoom} />
      <TapControls {...desk} tapping={tapping} />
      <div className="editor-row">
        <TempoField {...desk} />
        <Actions {...desk} group="tempo" />
        <Actions {...desk} group="place" />
      </div>
      <div className="editor-row">
        <Actions {...desk} group="here" />
        <Choice
          label="Metre"
          value={String(beatsPerBar)}
          options={beatsPerBarChoices.map((beats) => ({ value: String(beats), label: metreNames[beats] }))}
          onChange={(value) =>
            editor.edit(`Metre ${metreNames[Number(value) as BeatsPerBar]}`, (part) =>
              withMetre(part, Number(value) as BeatsPerBar),
            )
          }
        />
      </div>
      <RegionControls {...desk} durationS={durationS} />
      <SaveRow editor={editor} track={track} />
      <KeyHelp />
    </div>
  );
}
