/** Mode of the music and source of movement, before Start. Kept in the address. */
import { modes, type Mode } from "#domain/soundtrack.ts";
import { motionTrouble } from "#web/device/motion.ts";
import { Choice, type Option } from "../../ui/controls.tsx";
import { leavings, sources, type Leaves, type Source, type StartChoice } from "../../ui/routes.ts";
import { swapsOf } from "../../ui/swaps-in-address.ts";

const modeHints: Record<Mode, string> = {
  auto: "Follows you where the class is free, leads where it asks for more. A good first choice.",
  follow: "The music takes your cadence, whatever you do.",
  lead: "The music stays a touch ahead and draws you on.",
  steady: "The music keeps the class's own cadence; you come to it.",
};

const sourceHints: Record<Source, string> = {
  sensors: "Bluetooth: cadence, power, speed or heart rate. You pick them on the next page.",
  tapping: "Tap the screen, or the T key, with your strokes or steps: the music takes that tempo.",
  motion: "This phone feels your steps while you carry or wear it, with this page open.",
  simulated: "Nobody has to move: an invented athlete shows how the music follows.",
  replay: "A FIT file of an earlier workout moves the music.",
  none: "No movement is measured. The music follows the class.",
};

const sourceLabels: Record<Source, string> = {
  sensors: "My sensors",
  tapping: "Tapping",
  motion: "Phone motion",
  simulated: "Simulated",
  replay: "FIT file",
  none: "None",
};

const modeLabels: Record<Mode, string> = {
  auto: "Auto",
  follow: "Follow",
  lead: "Lead",
  steady: "Steady",
};

const leavesHints: Record<Leaves, string> = {
  all: "It goes into your history. The first time you are asked, at the end, whether it may be kept.",
  line: "Private: only class, day and length stay, as a line in your history. It informs no suggestion.",
  nothing: "Private: nothing stays, here or on the server. A reload ends it.",
};

const leavesLabels: Record<Leaves, string> = { all: "All of it", line: "One line", nothing: "Nothing" };

/** Why sensors cannot be used in this browser; null when they can. */
function noBluetooth(): string | null {
  if (!isSecureContext) return "Browsers allow Bluetooth only over HTTPS or on this machine itself.";
  return "bluetooth" in navigator
    ? null
    : "This browser has no Web Bluetooth. Chrome and Edge have; without sensors the music follows the class.";
}

/** A phone goes up and down with steps; in other sports it tells nothing clear. */
function sourcesFor(sport: string): readonly Source[] {
  return sport === "running" || sport === "walking"
    ? sources
    : sources.filter((source) => source !== "motion");
}

function troubleOf(source: Source): string | null {
  if (source === "sensors") return noBluetooth();
  return source === "motion" ? motionTrouble() : null;
}

const modeOptions: readonly Option<Mode>[] = modes.map((value) => ({
  value,
  label: modeLabels[value],
  hint: modeHints[value],
}));

const leavesOptions: readonly Option<Leaves>[] = leavings.map((value) => ({
  value,
  label: leavesLabels[value],
  hint: leavesHints[value],
}));

/** What the address says; sensors where the browser has them, a simulated athlete otherwise. */
export function choiceOf(search: string): StartChoice {
  const parameters = new URLSearchParams(search);
  return {
    mode: modes.find((mode) => mode === parameters.get("mode")) ?? "auto",
    source:
      sources.find((source) => source === parameters.get("source")) ??
      (noBluetooth() === null ? "sensors" : "simulated"),
    leaves: leavings.find((leaves) => leaves === parameters.get("leaves")) ?? "all",
    swaps: swapsOf(parameters),
  };
}

interface StartChoiceProps {
  readonly sport: string;
  readonly choice: StartChoice;
  readonly onChange: (choice: StartChoice) => void;
}

export function StartChoiceFields({ sport, choice, onChange }: StartChoiceProps) {
  const sourceOptions: readonly Option<Source>[] = sourcesFor(sport).map((value) => ({
    value,
    label: sourceLabels[value],
    hint: sourceHints[value],
    disabledReason: troubleOf(value),
  }));
  return (
    <div className="start-choice">
      <Choice
        label="Movement"
        options={sourceOptions}
        value={choice.source}
        onChange={(source) => onChange({ ...choice, source })}
      />
      <Choice
        label="Music"
        options={modeOptions}
        value={choice.mode}
        onChange={(mode) => onChange({ ...choice, mode })}
      />
      <Choice
        label="What stays"
        options={leavesOptions}
        value={choice.leaves}
        onChange={(leaves) => onChange({ ...choice, leaves })}
      />
    </div>
  );
}
