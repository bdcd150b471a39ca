/** Queries as people put them, each with what a track must be to answer it, written by hand. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { moodOf, moodWords, type MoodWord } from "../../mood.ts";
import { createTrackIndex, type SearchedTrack } from "./index.ts";

type Line = readonly [
  title: string,
  artist: string,
  genre: string | null,
  year: number | null,
  tempoBpm: number,
  key: SearchedTrack["profile"]["key"],
  energy: number,
  minutes: number,
  confident?: false,
];

// prettier-ignore
const lines: readonly Line[] = [
  ["Night Train", "The Drifters Club", "Techno", 1998, 170, "8A", 0.8, 5, ],
  ["Northern Rush", "Alva", "Drum and bass", 2016, 174, "5A", 0.9, 4.5],
  ["Steel Horses", "Iron Meadow", "Metal", 2009, 168, "9A", 0.95, 6.5],
  ["Sunday Keys", "Mira Holm", "Piano", 2014, 72, "8B", 0.1, 3.2],
  ["Rain on Slate", "Mira Holm", "Piano", 2018, 96, "8A", 0.2, 4.1],
  ["Harbour Lights", "Mira Holm", "Piano", 2018, 118, "3B", 0.45, 3.6],
  ["Paper Boats", "Lowland Trio", "Jazz", 1961, 88, "10B", 0.3, 7.2],
  ["Kettle Blues", "Lowland Trio", "Jazz", 1964, 140, "12A", 0.5, 2.8],
  ["Mirrorball", "Disko Nord", "Disco", 1979, 120, "8B", 0.7, 5.8],
  ["Glitter Road", "Disko Nord", "Disco", 1984, 124, "11B", 0.85, 4],
  ["Concrete", "MC Harl", "Rap", 1994, 92, "4A", 0.6, 3.9],
  ["Second Wind", "Pulse Theory", "Trance", 2003, 138, "8A", 0.9, 8.1],
  ["Long Way Up", "Pulse Theory", "Trance", 2005, 142, "9A", 0.87, 7.4],
  ["Slow Orbit", "Pulse Theory", "Ambient", 2011, 60, "1B", 0.05, 9.5, false],
  ["Garage Days", "The Splinters", "Punk", 1977, 184, "7B", 0.92, 2.1],
  ["Two Minutes", "The Splinters", "Punk", 1981, 176, "6A", 0.88, 2.0],
  ["Velvet", "Nadia Rey", "Soul", 1972, 104, "5B", 0.42, 3.4],
  ["Copper Sky", "Nadia Rey", "Soul", null, 85, "8A", 0.35, 4.8],
  ["Tidal", "Ocean Drive", "House", 2020, 126, "2A", 0.75, 6.1],
  ["Breaker", "Ocean Drive", "House", 2021, 128, "3A", 0.62, 3.1],
  ["Untimed", "Field Notes", "Ambient", 2019, 0, null, 0.15, 5, false],
  ["Calm Before", "Iron Meadow", "Metal", 2012, 150, "10A", 0.9, 4.4],
];
const tracks = lines.map(
  ([title, artist, genre, year, tempoBpm, key, energy, minutes, confident = true]): SearchedTrack => ({
    id: title,
    title,
    artist,
    album: null,
    genre,
    year,
    profile: { tempoBpm, key, keyConfidence: 0.6, energy, durationS: minutes * 60, confident },
  }),
);
const liked = new Set(["Velvet", "Tidal", "Night Train"]);
const index = createTrackIndex(tracks);
const search = (text: string) => index.search(text, ({ id }) => (liked.has(id) ? 0.8 : 0.5));

type Judge = (track: SearchedTrack["profile"] & Omit<SearchedTrack, "profile">) => boolean;
const minor: Judge = ({ key }) => key?.endsWith("A") === true;
const near = (value: number, wanted: number, share: number) => Math.abs(value / wanted - 1) <= share;

/** A track's page says these words of it. */
const says =
  (...words: readonly MoodWord[]): Judge =>
  (t) =>
    moodWords(moodOf(t)).some((word) => words.includes(word));
const calm = says("calm");
const steady = says("steady");
/** What is euphoric drives as well. */
const driving = says("driving", "euphoric");

/** Every answer must be right, and every right track be an answer. */
const graded: Readonly<Record<string, Judge>> = {
  "driving, around 170, minor": (t) => driving(t) && near(t.tempoBpm, 170, 0.04) && minor(t),
  "calm piano under 100": (t) => calm(t) && t.genre === "Piano" && t.tempoBpm <= 100,
  "calm under 100 bpm": (t) => calm(t) && t.tempoBpm > 0 && t.tempoBpm <= 100,
  "drivng arond 170": (t) => driving(t) && near(t.tempoBpm, 170, 0.04),
  "170 bpm": (t) => near(t.tempoBpm, 170, 0.02),
  "170-176": (t) => t.tempoBpm >= 170 && t.tempoBpm <= 176,
  "between 120 and 130 BPM": (t) => t.tempoBpm >= 120 && t.tempoBpm <= 130,
  "120 to 128 beats per minute, no house": (t) =>
    t.tempoBpm >= 120 && t.tempoBpm <= 128 && t.genre !== "House",
  "faster than 120 but slower than 140": (t) => t.tempoBpm >= 120 && t.tempoBpm <= 140,
  "over 175": (t) => t.tempoBpm >= 175,
  "not over 90 bpm": (t) => t.tempoBpm > 0 && t.tempoBpm <= 90,
  "140+": (t) => t.tempoBpm >= 140,
  "85 rpm": (t) => near(t.tempoBpm, 85, 0.02) || near(t.tempoBpm, 170, 0.02),
  "176 spm": (t) => near(t.tempoBpm, 176, 0.02) || near(t.tempoBpm, 88, 0.02),
  "A minor": (t) => t.key === "8A",
  "8A": (t) => t.key === "8A",
  "f# minor or c major": (t) => t.key === "11A" || t.key === "8B",
  "mixes with 8A": (t) => ["7A", "8A", "9A", "8B"].includes(t.key ?? ""),
  "compatible with a minor, around 170": (t) =>
    ["7A", "8A", "9A", "8B"].includes(t.key ?? "") && near(t.tempoBpm, 170, 0.04),
  "in a minor key": minor,
  "something in a major key, fast": (t) => t.key?.endsWith("B") === true && t.tempoBpm >= 130,
  "not minor": (t) => !minor(t),
  "minor, mixes with 8B": (t) => t.key === "8A",
  "b flat minor": (t) => t.key === "3A",
  "mira holm": (t) => t.artist === "Mira Holm",
  "Mira Holm, not calm": (t) => t.artist === "Mira Holm" && !calm(t),
  "mira holmm": (t) => t.artist === "Mira Holm",
  trance: (t) => t.genre === "Trance",
  "disco or trance": (t) => t.genre === "Disco" || t.genre === "Trance",
  "80s": (t) => t.year !== null && t.year >= 1980 && t.year <= 1989,
  "driving 90s": (t) => driving(t) && t.year !== null && t.year >= 1990 && t.year <= 1999,
  "seventies, steady": (t) => t.year !== null && t.year >= 1970 && t.year <= 1979 && steady(t),
  "since 2016": (t) => t.year !== null && t.year >= 2016,
  "before 1970": (t) => t.year !== null && t.year <= 1970,
  "from 2018": (t) => t.year === 2018,
  "energetic, no metal or punk": (t) => driving(t) && t.genre !== "Metal" && t.genre !== "Punk",
  "high energy without trance": (t) => driving(t) && t.genre !== "Trance",
  "under 3 minutes": (t) => t.durationS <= 180,
  "longer than 7 min": (t) => t.durationS >= 420,
  "around 5 min, driving": (t) => near(t.durationS, 300, 0.1) && driving(t),
  "up to 3:30, calm": (t) => t.durationS <= 210 && calm(t),
  "calm or steady, minor": (t) => !driving(t) && minor(t),
  euphoric: says("euphoric"),
  "dark and driving": (t) => says("dark")(t) && driving(t),
  "bright, not calm": (t) => says("bright")(t) && !calm(t),
  "unsure grid": (t) => !t.confident,
  "ambient, not unsure": () => false,
  "my favourites": (t) => liked.has(t.id),
  "liked, house": (t) => liked.has(t.id) && t.genre === "House",
  "slow and mellow": (t) => calm(t) && t.tempoBpm > 0 && t.tempoBpm <= 100,
  "120 or 170 bpm": (t) => near(t.tempoBpm, 120, 0.02) || near(t.tempoBpm, 170, 0.02),
};

describe("every answer is right, and nothing right is left out", () => {
  for (const [text, judge] of Object.entries(graded)) {
    test(text, () => {
      const right = tracks.filter(({ profile, ...track }) => judge({ ...track, ...profile }));
      assert.deepEqual(
        search(text)
          .tracks.map(({ id }) => id)
          .sort(),
        right.map(({ id }) => id).sort(),
      );
    });
  }
});

test("a word of mood finds what the track's page says, where energy alone would say otherwise", () => {
  // Fast for its energy, and slow for its energy.
  const byEnergy = (from: number, to: number) =>
    tracks.filter(({ profile: { energy } }) => energy >= from && energy < to).map(({ id }) => id);
  const found = (text: string) => search(text).tracks.map(({ id }) => id);
  assert.ok(byEnergy(0.6, 2).includes("Concrete") && !found("driving").includes("Concrete"));
  assert.ok(byEnergy(0.83, 2).includes("Calm Before") && found("euphoric").includes("Calm Before"));
  for (const track of tracks)
    for (const word of moodWords(moodOf(track.profile)))
      assert.ok(found(word).includes(track.id), `${word}: ${track.id}`);
});

test("the best come first", () => {
  assert.equal(search("around 170").tracks[0]?.id, "Night Train");
  assert.equal(
    search("calm under 100 bpm").tracks.at(-1)?.id,
    "Copper Sky",
    "nearest to not calm any more, last",
  );
  assert.deepEqual(search("pulse theory").tracks.length, 3);
});

test("what was understood can be taken out of the sentence", () => {
  const text = "Driving, around 170 bpm, in a minor key, no metal";
  const { chips } = search(text).query;
  assert.deepEqual(
    chips.map(({ kind, label, spanStart, spanEnd }) => [kind, label, text.slice(spanStart, spanEnd)]),
    [
      ["arousal", "driving", "Driving"],
      ["tempo", "around 170 BPM", "around 170 bpm"],
      ["mode", "minor", "minor key"],
      ["word", "no metal", "no metal"],
    ],
  );
});

test("words that nothing has are named, and do not pass for an answer", () => {
  assert.deepEqual(search("zzyzx").tracks, []);
  const { tracks: found, unknown } = search("zzyzx over 175");
  assert.deepEqual(unknown, ["zzyzx"]);
  assert.ok(found.length > 0);
});

test("any text is searched without failing, and constraints hold", () => {
  const part = fc.oneof(
    fc.constantFrom(...Object.keys(graded), "no", "or", "-", ":", "around", "8a", "9".repeat(30)),
    fc.string({ maxLength: 12 }),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), (parts) => {
      const { tracks: found, query } = search(parts.join(" "));
      assert.equal(new Set(found).size, found.length);
      for (const { spanStart, spanEnd } of query.chips)
        assert.ok(spanStart >= 0 && spanStart < spanEnd && spanEnd <= query.text.length);
    }),
  );
});
