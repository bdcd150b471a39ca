/** The workout screen: body on the left, music on the right, the crank where they meet. */
import { useCallback, useState } from "react";
import { Button } from "../../ui/controls.tsx";
import { doubtText } from "../../ui/sensor-doubt.ts";
import { BottomBar, TopBar } from "./bars.tsx";
import { CrankFigure, HeartTile, PowerTile, SpeedTile } from "./body.tsx";
import type { WorkoutActions, WorkoutView } from "./contract.ts";
import { EndDialog, KeysDialog } from "./dialogs.tsx";
import { BlockTimer, WholeClass } from "./interval.tsx";
import { useWorkoutKeys, type KeyAction } from "./keys.ts";
import { TempoTile, TrackLine } from "./music.tsx";
import { ClassVideoPanel, stageOf, hasPicture, useVideoChoice, VideoToggle } from "./video.tsx";
import { WhyDialog } from "./why.tsx";
import "./screen.css";

interface WorkoutScreenProps {
  readonly view: WorkoutView;
  readonly actions: WorkoutActions;
}

/** Only a new block is announced; figures that move all the time are not. */
function Announcer({ view }: { view: WorkoutView }) {
  const block = view.plan.blocks[view.snapshot.blockIndex];
  return (
    <p className="visually-hidden" aria-live="polite">
      {view.snapshot.phase === "running" ? block?.label : ""}
    </p>
  );
}

function Said({ view, actions }: WorkoutScreenProps) {
  const doubted = view.sensors.find(({ doubt }) => doubt !== null);
  if (view.cue === null && doubted !== undefined && doubted.doubt !== null) {
    return (
      <div className="said-line" role="status">
        {doubtText(doubted.name, doubted.doubt)}{" "}
        <Button weight="quiet" onPress={() => actions.acceptSensor(doubted.id)}>
          It is mine
        </Button>
      </div>
    );
  }
  const text = view.cue ?? view.snapshot.notice;
  return <p className={view.cue === null ? "said-line" : "said-line cue"}>{text}</p>;
}

export function WorkoutScreen({ view, actions }: WorkoutScreenProps) {
  const [open, setOpen] = useState<"keys" | "why" | "end" | null>(null);
  const { phase, elapsedS } = view.snapshot;
  const { notReady, video } = view;
  const choice = useVideoChoice();
  const { toggle: toggleVideo } = choice;
  const isWithPicture = hasPicture(video);
  const startOrPause = useCallback(() => {
    if (phase === "running") actions.pause();
    else if (phase === "paused") actions.resume();
    else if (phase === "ready" && notReady === null) actions.start();
  }, [phase, notReady, actions]);
  const under = phase === "running" || phase === "paused";
  const act = useCallback(
    (action: KeyAction, pressedMs: number) => {
      if (action === "close") setOpen(null);
      else if (action === "help") setOpen((was) => (was === "keys" ? null : "keys"));
      else if (action === "why" && under) setOpen((was) => (was === "why" ? null : "why"));
      else if (open !== null) return;
      else if (action === "video") toggleVideo();
      else if (action === "start-or-pause") startOrPause();
      else if (action === "tap") actions.tap(pressedMs);
      else if (!under) return;
      else if (action === "skip-track") actions.skipTrack();
      else if (action === "skip-block") actions.skipBlock();
      else if (action === "end") setOpen("end");
    },
    [open, under, startOrPause, toggleVideo, actions],
  );
  useWorkoutKeys(act);
  const hasPower = view.plan.blocks.some(({ power }) => power !== null) || view.snapshot.powerW !== null;
  return (
    <main className={`workout ${phase}`}>
      <TopBar view={view} actions={actions}>
        {isWithPicture && <VideoToggle choice={choice} />}
      </TopBar>
      <Announcer view={view} />
      <div className={stageOf(video, choice.isHidden)}>
        {video !== null && <ClassVideoPanel video={video} isHidden={choice.isHidden} actions={actions} />}
        <div className="instrument">
          <CrankFigure view={view} onPress={startOrPause} />
          {hasPower ? <PowerTile view={view} /> : <SpeedTile view={view} />}
          <HeartTile view={view} />
          <TempoTile view={view} />
          <TrackLine view={view} onWhy={under ? () => setOpen("why") : null} />
        </div>
      </div>
      <Said view={view} actions={actions} />
      <BlockTimer view={view} />
      <WholeClass view={view} />
      <BottomBar
        view={view}
        actions={actions}
        onStartOrPause={startOrPause}
        onEnd={() => setOpen("end")}
        onHelp={() => setOpen("keys")}
      />
      {open === "keys" && <KeysDialog onClose={() => setOpen(null)} />}
      {open === "why" && <WhyDialog lines={view.whys} onClose={() => setOpen(null)} />}
      {open === "end" && (
        <EndDialog elapsedS={elapsedS} onEnd={actions.endEarly} onClose={() => setOpen(null)} />
      )}
    </main>
  );
}
