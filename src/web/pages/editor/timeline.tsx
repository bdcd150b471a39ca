/** The blocks on a timeline: the class profile with handles. By pointer, touch and keyboard. */
import { useCallback, useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import type { ClassPlan } from "#domain/class-plan.ts";
import { changeBlock } from "#domain/class-edit/operations.ts";
import type { ClassEdit, PlacedBlock } from "#domain/class-edit/class-edit.ts";
import { ClassProfile } from "../../ui/class-profile/class-profile.tsx";
import { targetText } from "../../ui/class-profile/reading.ts";
import { boxHeight, frameOf, type Frame, type ProfileTrack } from "../../ui/class-profile/shapes.ts";
import { spell } from "../../ui/format.ts";
import { draggedLength, draggedTop, gripAt, handlesOf, type Grip } from "./dragging.ts";
import { pressOnBlocks } from "./keys.ts";
import type { Editor } from "./use-editor.ts";

/** Room behind the last block, so that it can be drawn longer. */
const roomShare = 1.06;
const shortestFrameS = 120;

interface Drag {
  readonly grip: Grip;
  readonly from: PlacedBlock;
  readonly edit: ClassEdit;
  readonly startX: number;
  readonly frameS: number;
  readonly about: string;
}

interface TimelineProps {
  readonly editor: Editor;
  readonly plan: ClassPlan;
  readonly tracks: readonly ProfileTrack[];
  readonly zoom: number;
}

function blockName(plan: ClassPlan, index: number): string {
  const block = plan.blocks[index];
  if (block === undefined) return "";
  return `${block.label}, ${spell(block.durationS)}, ${targetText(block, 0.5, plan.sport)}`;
}

/** Dragging: the class as it was at its begin is changed anew by every move, so that nothing adds up. */
function useDrag(editor: Editor, frameS: number) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const drags = useRef(0);
  const begin = (event: PointerEvent, grip: Grip, from: PlacedBlock) => {
    event.preventDefault();
    box.current?.setPointerCapture(event.pointerId);
    drags.current += 1;
    setDrag({ grip, from, edit: editor.edit, startX: event.clientX, frameS, about: `drag ${drags.current}` });
  };
  const move = (event: PointerEvent) => {
    const bounds = box.current?.getBoundingClientRect();
    if (drag === null || bounds === undefined) return;
    const { grip, from } = drag;
    const frame = frameOf(drag.frameS, true);
    const changed =
      grip.kind === "edge"
        ? draggedLength(from, event.clientX - drag.startX, drag.frameS / bounds.width)
        : draggedTop(from.block, grip.end, frame, ((event.clientY - bounds.top) / bounds.height) * boxHeight);
    editor.change(
      changeBlock(drag.edit, from.block.id, () => changed),
      drag.about,
    );
  };
  const end = () => {
    if (drag !== null) editor.settle();
    setDrag(null);
  };
  return { drag, box, begin, move, end };
}

interface HandlesProps {
  readonly frame: Frame;
  readonly chosen: PlacedBlock;
  readonly name: string;
  readonly onGrip: (event: PointerEvent, grip: Grip, from: PlacedBlock) => void;
}

/** What the chosen block can be taken by. The keyboard does the same from the list of blocks, so these are for the hand alone. */
function Handles({ frame, chosen, name, onGrip }: HandlesProps) {
  const { edge, tops } = handlesOf(frame, chosen);
  return (
    <>
      <div
        className="handle handle-edge"
        title={`Length of ${name}`}
        style={{ insetInlineStart: `${edge.x * 100}%`, top: `${edge.y * 100}%` }}
        onPointerDown={(event) => onGrip(event, { kind: "edge" }, chosen)}
      />
      {tops.map(({ end, x, y }) => (
        <div
          key={end}
          className="handle handle-top"
          title={`Target of ${name}`}
          style={{ insetInlineStart: `${x * 100}%`, top: `${y * 100}%` }}
          onPointerDown={(event) => onGrip(event, { kind: "top", end }, chosen)}
        />
      ))}
    </>
  );
}

/** Every block as an option over the drawing. */
function BlockOptions(props: {
  readonly id: string;
  readonly editor: Editor;
  readonly plan: ClassPlan;
  readonly frameS: number;
  readonly onPress: (event: PointerEvent, placed: PlacedBlock) => void;
}) {
  const { id, editor, plan, frameS, onPress } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    if (pressOnBlocks(event, editor)) event.preventDefault();
  };
  return (
    <div
      className="block-options"
      role="listbox"
      tabIndex={0}
      aria-label="Blocks"
      aria-describedby={`${id}-help`}
      aria-activedescendant={editor.chosen === null ? undefined : `${id}-${editor.chosenIndex}`}
      onKeyDown={onKeyDown}
    >
      {editor.placed.map((placed, index) => (
        <div
          key={`${placed.block.id} ${placed.pass}`}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === editor.chosenIndex}
          aria-label={blockName(plan, index)}
          className={placed.block.id === editor.chosen?.block.id ? "block-option kin" : "block-option"}
          style={{
            insetInlineStart: `${(placed.startS / frameS) * 100}%`,
            width: `${(placed.block.durationS / frameS) * 100}%`,
          }}
          onPointerDown={(event) => onPress(event, placed)}
        />
      ))}
    </div>
  );
}

export function Timeline({ editor, plan, tracks, zoom }: TimelineProps) {
  const id = useId();
  const naturalS = Math.max(shortestFrameS, plan.durationS * roomShare);
  const { drag, box, begin, move, end } = useDrag(editor, naturalS);
  const frameS = drag === null ? naturalS : Math.max(drag.frameS, plan.durationS);
  const frame = useMemo(() => frameOf(frameS, true), [frameS]);
  const press = useCallback(
    (event: PointerEvent, placed: PlacedBlock) => {
      editor.choose({ blockId: placed.block.id, pass: placed.pass });
      const bounds = box.current?.getBoundingClientRect();
      if (event.pointerType !== "mouse" || bounds === undefined) return;
      const at = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
      const grip = gripAt(frame, placed, at, bounds);
      if (grip !== null) begin(event, grip, placed);
    },
    [editor, frame, box, begin],
  );
  return (
    <div className="timeline-scroll">
      <div
        ref={box}
        className="timeline"
        style={{ width: `${zoom * 100}%` }}
        onPointerMove={move}
        onPointerUp={end}
        onPointerCancel={end}
      >
        <ClassProfile size="editor" durationS={frameS} blocks={plan.blocks} tracks={tracks} decorative />
        <BlockOptions id={id} editor={editor} plan={plan} frameS={frameS} onPress={press} />
        {editor.chosen !== null && (
          <Handles
            frame={frame}
            chosen={editor.chosen}
            name={plan.blocks[editor.chosenIndex]?.label ?? "the block"}
            onGrip={begin}
          />
        )}
      </div>
      <p id={`${id}-help`} className="visually-hidden">
        Arrow keys left and right choose a block, up and down make it harder or easier, with Shift left and
        right it grows shorter or longer, with Alt it moves. Delete removes it, Control D copies it.
      </p>
    </div>
  );
}
