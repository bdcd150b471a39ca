import { plainValence } from "../../mood.ts";
import { moodTops, musicMoods, type MusicMood } from "../../music-intent.ts";
import type { Seconds } from "../../units.ts";
import type { Measure, Range } from "./query.ts";

/** What a word about music means. */
export type TrackMeaning =
  | { readonly kind: Measure; readonly range: Range; readonly label: string }
  | { readonly kind: "mode"; readonly mode: "minor" | "major" }
  | { readonly kind: "grid"; readonly confident: boolean }
  | { readonly kind: "liked" };

/** Nearly: the next mood begins at the bound. */
const below = 1e-9;
const shortTopS: Seconds = 180;
const longFromS: Seconds = 360;

function entries(phrases: string, meaning: TrackMeaning): (readonly [string, TrackMeaning])[] {
  return phrases.split(",").map((phrase) => [phrase.trim(), meaning]);
}

/** From the mood's least arousal on, as a track's page has it; with `only`, no more than belongs to it. */
function drive(label: MusicMood, only: boolean): TrackMeaning {
  const at = musicMoods.indexOf(label);
  const from = moodTops[at - 1]?.[1] ?? 0;
  const top = moodTops[at]?.[1] ?? 1;
  return { kind: "arousal", range: [from, only ? top - below : 1], label };
}

export const trackLexicon: ReadonlyMap<string, TrackMeaning> = new Map([
  ...entries(
    "calm,calming,mellow,chill,chilled,relaxed,relaxing,soft,gentle,quiet,peaceful,soothing,sleepy,laid back,low energy,easy going,restful,tranquil",
    drive("calm", true),
  ),
  ...entries("steady,medium energy,moderate energy,mid energy", drive("steady", true)),
  ...entries(
    "driving,energetic,high energy,powerful,pumping,intense,aggressive,banging,banger,bangers,lively,pounding,energising,energizing,hard hitting,full on",
    drive("driving", false),
  ),
  ...entries("euphoric,ecstatic,peak time,anthemic", drive("euphoric", false)),
  ...entries("dark,darker,gloomy,sombre,brooding", {
    kind: "valence",
    range: [0, 0.5 - plainValence - below],
    label: "dark",
  }),
  ...entries("bright,brighter,sunny,cheerful,happy", {
    kind: "valence",
    range: [0.5 + plainValence + below, 1],
    label: "bright",
  }),
  ...entries("slow,slowly,downtempo,down tempo", { kind: "tempo", range: [1, 100], label: "slow" }),
  ...entries("fast,quick,uptempo,up tempo,speedy,rapid", {
    kind: "tempo",
    range: [130, Infinity],
    label: "fast",
  }),
  ...entries("short", { kind: "duration", range: [0, shortTopS], label: "short" }),
  ...entries("long", { kind: "duration", range: [longFromS, Infinity], label: "long" }),
  ...entries("minor,minor key", { kind: "mode", mode: "minor" }),
  ...entries("major,major key", { kind: "mode", mode: "major" }),
  ...entries("sure grid,sure grids,confident,reliable", { kind: "grid", confident: true }),
  ...entries("unsure,unsure grid,unsure grids,unreliable,uncertain", { kind: "grid", confident: false }),
  ...entries("liked,favourite,favourites,favorite,favorites,i like,i love", { kind: "liked" }),
]);
export const longestTrackPhrase = 2;

export const trackStopWords: ReadonlySet<string> = new Set(
  "a,an,the,and,or,of,for,to,in,on,my,me,i,i'm,is,it,with,some,something,track,tracks,song,songs,music,tune,tunes,please,want,need,find,show,that,this,at,be,key,keys,tempo,bpm,beats,beat,mood,but,give,play,anything,stuff,by,from,piece,pieces,one,ones,energy,very,really,quite,pretty,more,less,let's,feel,feeling,kind,sound,sounding,s".split(
    ",",
  ),
);
