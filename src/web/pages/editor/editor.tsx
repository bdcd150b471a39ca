/** The class editor: a class of one's own, a copy of a built-in one, or something new. */
import { useCallback, useEffect, useMemo, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { blockKinds, type ClassPlan } from "#domain/class-plan.ts";
import { copyOfPlan, editOfPlan, planOfEdit, type ClassEdit } from "#domain/class-edit/class-edit.ts";
import { addBlock, moveBlock, newClass } from "#domain/class-edit/operations.ts";
import { problemsOfEdit, type EditProblem } from "#domain/class-edit/problems.ts";
import type { ClassDetail } from "#protocol/api/schemas.ts";
import { slugOf } from "#protocol/imported-class.ts";
import { useDeleteClass, useSaveClass } from "../../api/changes.ts";
import { messageOf } from "../../api/client.ts";
import { useClass } from "../../api/queries.ts";
import { Button } from "../../ui/controls.tsx";
import { FileButton } from "../../ui/file-button.tsx";
import { capital } from "../../ui/format.ts";
import { KeyList } from "../../ui/key-list.tsx";
import { Page, Section } from "../../ui/page.tsx";
import { routes } from "../../ui/routes.ts";
import { Loaded } from "../../ui/states.tsx";
import { BlockForm } from "./block-form.tsx";
import { CueList } from "./cue-list.tsx";
import { About, TitleAndSport } from "./head-form.tsx";
import { dropHandlers, ImportNote, useClassImport } from "./import-file.tsx";
import { duplicateChosen, keyList, pressAnywhere, removeChosen } from "./keys.ts";
import { LeaveDialog, useLeaveGuard } from "./leave-guard.tsx";
import { PreviewLine, useSoundtrackPreview } from "./preview.tsx";
import { Timeline } from "./timeline.tsx";
import { useEditor, type Editor } from "./use-editor.ts";
import { useVideoFiles, VideoForm, type VideoFiles } from "./video-form.tsx";
import "./editor.css";

/** The id of a class that is new: readable, and like no other. */
function freshId(title: string): string {
  const random = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  return `own-${slugOf(title)}-${random.join("")}`;
}

/** What the wire calls a class, as the class it is: the server checked it. */
function planOfDetail({ score: _score, why: _why, music: _music, ...plan }: ClassDetail): ClassPlan {
  return plan as ClassPlan;
}

function AddBlocks({ editor }: { editor: Editor }) {
  const { edit, chosen } = editor;
  return (
    <div className="row" role="group" aria-label="Add a block">
      <span className="muted small">Add</span>
      {blockKinds.map((kind) => (
        <Button
          key={kind}
          onPress={() => {
            editor.change(addBlock(edit, chosen?.block.id ?? null, kind));
            editor.choose({ blockId: edit.nextId, pass: chosen?.pass ?? 0 });
          }}
        >
          {capital(kind)}
        </Button>
      ))}
    </div>
  );
}

function ChangeBlock({ editor }: { editor: Editor }) {
  const { edit, chosen } = editor;
  const none = chosen === null ? "There is no block." : null;
  const move = (by: -1 | 1) => chosen !== null && editor.change(moveBlock(edit, chosen.block.id, by));
  return (
    <div className="row" role="group" aria-label="Change the block">
      <Button disabledReason={none} onPress={() => duplicateChosen(editor)}>
        Duplicate
      </Button>
      <Button disabledReason={none} onPress={() => move(-1)}>
        Earlier
      </Button>
      <Button disabledReason={none} onPress={() => move(1)}>
        Later
      </Button>
      <Button disabledReason={none} onPress={() => removeChosen(editor)}>
        Delete block
      </Button>
      <Button weight="quiet" onPress={editor.undo} busy={!editor.canUndo}>
        Undo
      </Button>
      <Button weight="quiet" onPress={editor.redo} busy={!editor.canRedo}>
        Redo
      </Button>
    </div>
  );
}

const zooms = [1, 2, 4, 8] as const;

function Zoom({ zoom, onZoom }: { zoom: number; onZoom: (zoom: number) => void }) {
  return (
    <label className="row small">
      <span className="muted">Zoom</span>
      <select className="select chosen" value={zoom} onChange={(event) => onZoom(Number(event.target.value))}>
        {zooms.map((value) => (
          <option key={value} value={value}>
            {value === 1 ? "Whole class" : `${value} ×`}
          </option>
        ))}
      </select>
    </label>
  );
}

function Keys() {
  return (
    <details className="keys">
      <summary>Keys</summary>
      <KeyList entries={keyList} />
    </details>
  );
}

function Drawing({
  editor,
  plan,
  problems,
}: {
  editor: Editor;
  plan: ClassPlan;
  problems: readonly EditProblem[];
}) {
  const [zoom, setZoom] = useState(1);
  const stops = problems.some((problem) => problem.stops && problem.field !== "title");
  const preview = useSoundtrackPreview(plan, !stops);
  const missing = problems.find(({ field }) => field === "blocks");
  return (
    <div className="drawing">
      <Timeline editor={editor} plan={plan} tracks={preview.tracks} zoom={zoom} />
      <div className="row spread">
        <PreviewLine plan={plan} preview={preview} />
        <Zoom zoom={zoom} onZoom={setZoom} />
      </div>
      {missing !== undefined && <p role="alert">{missing.text}</p>}
      <AddBlocks editor={editor} />
      <ChangeBlock editor={editor} />
    </div>
  );
}

interface ClassEditorProps {
  /** Null: a class that has never been saved. */
  readonly id: string | null;
  readonly initial: ClassEdit;
}

interface SavingParts {
  readonly editor: Editor;
  readonly problems: readonly EditProblem[];
  readonly files: VideoFiles;
}

/** What stands between the class and the server: saving it, or why that cannot be done yet. */
function useSaving({ id, initial }: ClassEditorProps, { editor, problems, files }: SavingParts) {
  const guard = useLeaveGuard(editor.edit !== initial);
  const save = useSaveClass();
  const remove = useDeleteClass();
  const [asked, setAsked] = useState(false);
  const stopping = problems.filter(({ stops }) => stops);
  const onSave = () => {
    setAsked(true);
    if (stopping.length > 0) return;
    const plan = planOfEdit(editor.edit, id ?? freshId(editor.edit.title));
    save.mutate(plan, {
      onSuccess: (detail) => {
        const leave = () => guard.leaveFor(routes.class(detail.id));
        // Without room for its file the class is saved all the same; its page asks for the file.
        void files.keepFor(detail.id).then(leave, leave);
      },
    });
  };
  const onDelete = () => {
    if (id === null) return;
    remove(id);
    guard.leaveFor(routes.classes());
  };
  const refusal = asked && stopping.length > 0 ? (stopping[0]?.text ?? null) : null;
  return { guard, save, onSave, onDelete, refusal };
}

function ClassEditor(props: ClassEditorProps) {
  const { id, initial } = props;
  const editor = useEditor(initial);
  const { edit, change, settle } = editor;
  const plan = useMemo(() => planOfEdit(edit, id ?? "own-unsaved"), [edit, id]);
  const problems = useMemo(() => problemsOfEdit(edit), [edit]);
  const files = useVideoFiles(edit.video);
  const { guard, save, onSave, onDelete, refusal } = useSaving(props, { editor, problems, files });
  const onPlan = useCallback((read: ClassPlan) => change(editOfPlan(read)), [change]);
  const { imported, read } = useClassImport(onPlan);
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (pressAnywhere(event, editor)) event.preventDefault();
    };
    document.addEventListener("keydown", press);
    return () => document.removeEventListener("keydown", press);
  }, [editor]);
  return (
    <div onBlur={settle} {...dropHandlers(read)}>
      <Page
        title={id === null ? "New class" : "Edit class"}
        back={
          id === null ? { to: routes.classes(), label: "Classes" } : { to: routes.class(id), label: "Class" }
        }
        action={
          <>
            {id !== null && (
              <Button weight="quiet" onPress={onDelete}>
                Delete class
              </Button>
            )}
            <FileButton label="Open a file" icon="up" accept=".zwo,.erg,.mrc,.fit,.json" onFile={read} />
            <Button weight="primary" onPress={onSave} busy={save.isPending}>
              Save
            </Button>
          </>
        }
      >
        {refusal !== null && <p role="alert">Not saved yet. {refusal}</p>}
        {save.error !== null && <p role="alert">Not saved. {messageOf(save.error)}</p>}
        <ImportNote imported={imported} />
        <TitleAndSport editor={editor} problems={problems} isSaveTried={refusal !== null} />
        <Drawing editor={editor} plan={plan} problems={problems} />
        <div className="columns">
          <Section title={plan.blocks[editor.chosenIndex]?.label ?? "No block"}>
            <BlockForm editor={editor} problems={problems} />
          </Section>
          <Section title="What is said">
            <CueList editor={editor} problems={problems} />
          </Section>
        </div>
        <Section title="Video">
          <VideoForm editor={editor} files={files} />
        </Section>
        <Section title="About the class">
          <About editor={editor} problems={problems} />
          <Keys />
        </Section>
      </Page>
      <LeaveDialog guard={guard} />
    </div>
  );
}

/** Nothing, or a copy of the class that the address names. */
export function NewClassPage() {
  const copyOf = new URLSearchParams(useSearch()).get("copy");
  return copyOf === null ? <EmptyClass /> : <CopiedClass key={copyOf} classId={copyOf} />;
}

function EmptyClass() {
  const [initial] = useState(() => newClass("cycling"));
  return <ClassEditor id={null} initial={initial} />;
}

function CopiedClass({ classId }: { classId: string }) {
  return (
    <LoadedClass classId={classId}>
      {(plan) => <Opened id={null} plan={plan} open={copyOfPlan} />}
    </LoadedClass>
  );
}

interface OpenedProps {
  readonly id: string | null;
  readonly plan: ClassPlan;
  readonly open: (plan: ClassPlan) => ClassEdit;
}

/** Opens the class once: what the server says of it later does not go over what is being written. */
function Opened({ id, plan, open }: OpenedProps) {
  const [initial] = useState(() => open(plan));
  return <ClassEditor id={id} initial={initial} />;
}

function LoadedClass(props: { classId: string; children: (plan: ClassPlan) => React.ReactNode }) {
  const detail = useClass(props.classId);
  if (detail.data !== undefined) return <>{props.children(planOfDetail(detail.data))}</>;
  return (
    <Page title="Edit class" back={{ to: routes.classes(), label: "Classes" }}>
      <Loaded query={detail} what="the class">
        {() => null}
      </Loaded>
    </Page>
  );
}

export function EditClassPage({ classId }: { classId: string }) {
  const [, navigate] = useLocation();
  const isOwn = classId.startsWith("own-");
  useEffect(() => {
    if (!isOwn) navigate(routes.newClass(classId), { replace: true });
  }, [isOwn, classId, navigate]);
  if (!isOwn) return null;
  return (
    <LoadedClass classId={classId}>
      {(plan) => <Opened id={classId} plan={plan} open={editOfPlan} />}
    </LoadedClass>
  );
}
