import type { Track } from "../../track.ts";
import { moodOf } from "../../mood.ts";
import type { Share } from "../../units.ts";
import { TextIndex } from "../text-index.ts";
import { stem, tokenize } from "../tokens.ts";
import { parseTrackQuery } from "./parse.ts";
import { measures, type Measure, type Range, type SaidOfTrack, type TrackQuery } from "./query.ts";

/** The part of a track that is searched. */
export interface SearchedTrack extends Pick<Track, "id" | "title" | "artist" | "album" | "genre" | "year"> {
  readonly profile: Pick<
    Track["profile"],
    "tempoBpm" | "energy" | "durationS" | "key" | "keyConfidence" | "confident"
  >;
}

export interface FoundTracks {
  /** Best first. */
  readonly tracks: readonly SearchedTrack[];
  readonly query: TrackQuery;
  /** Words that nothing in the library has. */
  readonly unknown: readonly string[];
}

export interface TrackIndex {
  /** `tasteOf`: how much the person likes a track, 0..1. */
  search(text: string, tasteOf: (track: SearchedTrack) => Share): FoundTracks;
}

/** From this taste on a track is liked. */
const likedFrom: Share = 0.6;
const titleWeight = 3;
/** What a perfect fit, and full taste, count against the best match of words. */
const fitShare = 0.5;
const tasteShare = 0.2;

function termsOf({ title, artist, album, genre }: SearchedTrack): Map<string, number> {
  const terms = new Map<string, number>();
  const add = (text: string | null, weight: number): void => {
    for (const { text: word } of tokenize(text ?? "")) {
      const term = stem(word);
      terms.set(term, (terms.get(term) ?? 0) + weight);
    }
  };
  add(title, titleWeight);
  add(artist, titleWeight);
  add(album, 1);
  add(genre, titleWeight);
  return terms;
}

function measureOf({ profile, year }: SearchedTrack, measure: Measure): number | null {
  if (measure === "year") return year;
  if (measure === "arousal" || measure === "valence") return moodOf(profile)[measure];
  if (measure === "duration") return profile.durationS;
  return profile.tempoBpm > 0 ? profile.tempoBpm : null;
}

const isIn = (value: number, [least, most]: Range): boolean => value >= least && value <= most;

/** How well a number within a range answers it: its middle best, an open end the further the better. */
function fitIn(value: number, [least, most]: Range): number {
  if (most === Infinity) return Math.min(1, value / (2 * least));
  if (least === 0) return 1 - value / most / 2;
  return most > least ? 1 - Math.abs(2 * value - least - most) / (most - least) / 2 : 1;
}

class InvertedTracks implements TrackIndex {
  readonly #tracks: readonly SearchedTrack[];
  readonly #terms: readonly ReadonlyMap<string, number>[];
  readonly #text: TextIndex;
  readonly #words: ReadonlySet<string>;

  constructor(tracks: readonly SearchedTrack[]) {
    this.#tracks = tracks;
    this.#terms = tracks.map(termsOf);
    this.#text = new TextIndex(this.#terms);
    this.#words = new Set(
      tracks.flatMap(({ title, artist, album, genre }) =>
        tokenize(`${title} ${artist} ${album ?? ""} ${genre ?? ""}`).map(({ text }) => text),
      ),
    );
  }

  search(text: string, tasteOf: (track: SearchedTrack) => Share): FoundTracks {
    const query = parseTrackQuery(text, this.#words);
    const fulfilling = [...this.#tracks.keys()].filter((at) => this.#fulfils(at, query.said, tasteOf));
    const termOf = new Map(query.words.map((word) => [word, this.#text.term(word)]));
    const terms = [...termOf.values()].filter((term) => term !== null);
    const unknown = query.words.filter((word) => termOf.get(word) === null);
    const found = this.#withWords(fulfilling, terms, query);
    const scores = this.#text.scores(terms);
    const top = Math.max(1e-9, ...scores);
    const score = (at: number): number => {
      const track = this.#tracks[at]!;
      return scores[at]! / top + fitShare * this.#fit(at, query.said) + tasteShare * tasteOf(track);
    };
    const scored = found
      .map((at) => ({ at, score: score(at) }))
      .sort((a, b) => b.score - a.score || a.at - b.at);
    return { tracks: scored.map(({ at }) => this.#tracks[at]!), query, unknown };
  }

  /** Those with all known words; where there is none, with any. Without constraints and known words there is nothing to find. */
  #withWords(candidates: number[], terms: readonly string[], { words, said }: TrackQuery): number[] {
    if (words.length > 0 && terms.length === 0) return said.length > 0 ? candidates : [];
    const withAll = candidates.filter((at) => terms.every((term) => this.#terms[at]!.has(term)));
    return withAll.length > 0
      ? withAll
      : candidates.filter((at) => terms.some((term) => this.#terms[at]!.has(term)));
  }

  #fulfils(at: number, said: readonly SaidOfTrack[], tasteOf: (track: SearchedTrack) => Share): boolean {
    const holds = ({ constraint, negated }: SaidOfTrack): boolean =>
      this.#holds(at, constraint, tasteOf) !== negated;
    const alternatives = said.filter(({ alternative, negated }) => alternative && !negated);
    return (
      said.every((one) => (one.alternative && !one.negated ? true : holds(one))) &&
      alternatives.every(({ constraint: { kind } }) =>
        alternatives.some((one) => one.constraint.kind === kind && holds(one)),
      )
    );
  }

  #holds(
    at: number,
    constraint: SaidOfTrack["constraint"],
    tasteOf: (track: SearchedTrack) => Share,
  ): boolean {
    const track = this.#tracks[at]!;
    switch (constraint.kind) {
      case "key":
        return track.profile.key !== null && constraint.keys.includes(track.profile.key);
      case "mode":
        return track.profile.key?.endsWith(constraint.mode === "minor" ? "A" : "B") ?? false;
      case "grid":
        return track.profile.confident === constraint.confident;
      case "liked":
        return tasteOf(track) >= likedFrom;
      case "word":
        return this.#terms[at]!.has(this.#text.term(constraint.word) ?? "");
      case "tempo":
      case "arousal":
      case "valence":
      case "duration":
      case "year": {
        const value = measureOf(track, constraint.kind);
        return value !== null && constraint.ranges.some((range) => isIn(value, range));
      }
    }
  }

  /** 0..1: how well the numbers answer what was said of them. */
  #fit(at: number, said: readonly SaidOfTrack[]): number {
    let sum = 0;
    let count = 0;
    for (const { constraint, negated } of said) {
      const measure = measures.find((one) => one === constraint.kind);
      if (measure === undefined || negated || !("ranges" in constraint)) continue;
      const value = measureOf(this.#tracks[at]!, measure);
      if (value === null) continue;
      sum += Math.max(0, ...constraint.ranges.map((range) => (isIn(value, range) ? fitIn(value, range) : 0)));
      count += 1;
    }
    return count === 0 ? 0 : sum / count;
  }
}

/** Builds the index of these tracks: do it once for a library and keep it. */
export function createTrackIndex(tracks: readonly SearchedTrack[]): TrackIndex {
  return new InvertedTracks(tracks);
}
