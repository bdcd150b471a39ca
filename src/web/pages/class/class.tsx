import { useLocation, useSearch } from "wouter";
import { musicMoods, type MusicMood } from "#domain/music-intent.ts";
import { mixIdOf, partsOfMixId } from "#domain/recommendation/mix.ts";
import type { Swap } from "#domain/soundtrack.ts";
import type { ClassDetail } from "#protocol/api/schemas.ts";
import { messageOf } from "../../api/client.ts";
import { isEnough, useClassMusic } from "../../api/class-music.ts";
import { useClass } from "../../api/queries.ts";
import { classMeta } from "../../ui/class-card.tsx";
import { ProfileExplorer } from "../../ui/class-profile/explore.tsx";
import { Chip, Choice, LinkButton } from "../../ui/controls.tsx";
import { capital } from "../../ui/format.ts";
import { Page, Section } from "../../ui/page.tsx";
import { plannedTracks } from "../../ui/planned-tracks.ts";
import { routes, type StartChoice } from "../../ui/routes.ts";
import { Loaded, Loading, Note } from "../../ui/states.tsx";
import { LibraryLine } from "../music/progress.tsx";
import { BlocksTable } from "./blocks-table.tsx";
import { MoreLikeThis } from "./more-like-this.tsx";
import { SoundtrackList } from "./soundtrack-list.tsx";
import { choiceOf, StartChoiceFields } from "./start-choice.tsx";
import { TakeAway } from "./take-away.tsx";
import { VideoLine } from "./video-line.tsx";
import { WirelessHint } from "./wireless-hint.tsx";
import "./class.css";

function Soundtrack({ classId, choice }: { classId: string; choice: StartChoice }) {
  const [, navigate] = useLocation();
  const music = useClassMusic(classId, choice.swaps);
  const { library, soundtrack, isPlanning, error, isFilling } = music;
  const isFirstPlan = soundtrack === undefined && isPlanning;
  const isWaiting = isFilling && !isFirstPlan && !isEnough(music);
  // Swaps are steps of the browser's history: Back undoes them, too.
  const swapTo = (swaps: readonly Swap[]) => navigate(routes.class(classId, { ...choice, swaps }));
  return (
    <Section title="Soundtrack">
      <LibraryLine />
      {library?.tracks === 0 && !isFilling && (
        <Note>
          Your library is empty, so this class has no soundtrack yet. Add a folder on the Music page.
        </Note>
      )}
      {isWaiting && <Note>The soundtrack is planned as soon as there is music for all of the class.</Note>}
      {!isWaiting && soundtrack !== undefined && (
        <SoundtrackList
          soundtrack={soundtrack}
          isFilling={isFilling}
          wanted={choice.swaps}
          isPlanning={isPlanning}
          onSwap={swapTo}
        />
      )}
      {isFirstPlan && <Loading what="the soundtrack" />}
      {!isWaiting && soundtrack === undefined && error !== null && <Note>{messageOf(error)}</Note>}
    </Section>
  );
}

const arcWords: Readonly<Record<string, string>> = { peak: "to a peak", waves: "in waves" };

function Tags({ detail }: { detail: ClassDetail }) {
  const { level, equipment, lowImpact } = detail;
  const music = `music ${detail.music.mood}, ${arcWords[detail.music.arc] ?? detail.music.arc}`;
  return (
    <ul className="tags" aria-label="About this class">
      {[level, ...equipment, ...(lowImpact ? ["low impact"] : []), music].map((tag) => (
        <li key={tag}>
          <Chip>{capital(tag)}</Chip>
        </li>
      ))}
    </ul>
  );
}

/** The same class with music of another mood is another address. */
function MoodChoice({ id }: { id: string }) {
  const [, navigate] = useLocation();
  const choice = choiceOf(useSearch());
  const { classId, mood } = partsOfMixId(id);
  return (
    <Choice<MusicMood | "own">
      label="Mood of the music"
      value={mood ?? "own"}
      onChange={(next) =>
        navigate(routes.class(next === "own" ? classId : mixIdOf(classId, next), { ...choice, swaps: [] }), {
          replace: true,
        })
      }
      options={[
        { value: "own", label: "As the class" },
        ...musicMoods.map((value) => ({ value, label: capital(value) })),
      ]}
    />
  );
}

function ClassView({ detail }: { detail: ClassDetail }) {
  const [, navigate] = useLocation();
  const choice = choiceOf(useSearch());
  const music = useClassMusic(detail.id, choice.swaps);
  const isOwn = detail.family === "own" && partsOfMixId(detail.id).mood === null;
  return (
    <Page
      title={detail.title}
      back={{ to: routes.classes(), label: "Classes" }}
      lead={classMeta(detail)}
      action={
        <>
          <LinkButton to={isOwn ? routes.editClass(detail.id) : routes.newClass(detail.id)} weight="quiet">
            {isOwn ? "Edit" : "Edit a copy"}
          </LinkButton>
          <LinkButton to={routes.workout(detail.id, choice)} weight="primary" icon="play">
            Start
          </LinkButton>
        </>
      }
    >
      <ProfileExplorer
        size="class"
        sport={detail.sport}
        durationS={detail.durationS}
        blocks={detail.blocks}
        tracks={plannedTracks(isEnough(music) ? music.soundtrack : undefined)}
      />
      <StartChoiceFields
        sport={detail.sport}
        choice={choice}
        onChange={(next) => navigate(routes.class(detail.id, next), { replace: true })}
      />
      <MoodChoice id={detail.id} />
      <WirelessHint />
      {detail.video !== undefined && (
        <Section title="Video">
          <VideoLine classId={partsOfMixId(detail.id).classId} video={detail.video} />
        </Section>
      )}
      <Soundtrack classId={detail.id} choice={choice} />
      <Section title="What it is">
        <p className="about">{detail.description}</p>
        <Tags detail={detail} />
        {detail.citation !== null && <p className="muted small about">{detail.citation}</p>}
        <BlocksTable detail={detail} />
        <TakeAway classId={detail.id} />
      </Section>
      <MoreLikeThis classId={detail.id} />
    </Page>
  );
}

export function ClassPage({ classId }: { classId: string }) {
  const detail = useClass(classId);
  if (detail.data === undefined) {
    return (
      <Page title="Class" back={{ to: routes.classes(), label: "Classes" }}>
        <Loaded query={detail} what="the class">
          {() => null}
        </Loaded>
      </Page>
    );
  }
  return <ClassView detail={detail.data} />;
}
