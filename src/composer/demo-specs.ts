import type { CamelotKey } from "#domain/track.ts";
import type { Style, TrackSpec } from "./score.ts";

type Row = readonly [title: string, style: Style, tempoBpm: number, key: CamelotKey, energy: number];

/**
 * The demo library, by tempo. Steps of 3-5 % keep any cadence of a class within a small stretch at some tempo ratio, and
 * calm and driving tracks stand side by side in each band: rides at 60-110 rpm (1 or 2 beats per revolution), runs at
 * 150-190 spm, walks at 100-130 spm, rows at 18-34 strokes a minute (4 or 8 beats each).
 */
const rows: readonly Row[] = [
  ["Slow Harbour", "ambient", 80, "8A", 0.15],
  ["Low Tide, Long Strides", "downtempo", 80, "9A", 0.45],
  ["Copper Kettle Morning", "funk", 82, "9B", 0.44],
  ["Paper Boats at Dusk", "downtempo", 84, "7A", 0.28],
  ["Tail Lights", "synthwave", 86, "8A", 0.56],
  ["Tin Roof Rain", "downtempo", 88, "9A", 0.38],
  ["Second Wind Street", "funk", 90, "8B", 0.62],
  ["Lamplight on Canal Street", "waltz", 92, "8B", 0.24],
  ["Harbour Cranes at Night", "synthwave", 94, "8A", 0.7],
  ["Corner Shop Shuffle", "funk", 96, "9B", 0.5],
  ["Iron Gate", "rock", 96, "9A", 0.86],
  ["Neon Estuary", "synthwave", 100, "7A", 0.46],
  ["Sunday Errand", "funk", 102, "9B", 0.48],
  ["Market Day Strut", "funk", 104, "8B", 0.58],
  ["Coast Road, Windows Down", "synthwave", 108, "6A", 0.6],
  ["Tramline", "house", 110, "8B", 0.5],
  ["Copper Wire Boogie", "funk", 112, "5B", 0.66],
  ["Allotment Gate", "house", 114, "9A", 0.62],
  ["Window Seat", "house", 116, "8A", 0.36],
  ["Saturday Kitchen", "house", 120, "9A", 0.58],
  ["Carousel in the Snow", "waltz", 122, "10B", 0.42],
  ["Twenty to Midnight", "house", 124, "4A", 0.68],
  ["Glass Elevator Going Up", "house", 127, "5A", 0.74],
  ["Northern Platform", "techno", 130, "6A", 0.78],
  ["Pressure Line", "techno", 134, "7A", 0.86],
  ["Static Bloom", "trance", 138, "9A", 0.88],
  ["Overpass at Ninety", "synthwave", 143, "10A", 0.76],
  ["Kite Weather", "waltz", 148, "11B", 0.54],
  ["Late for the Ferry", "rock", 152, "9B", 0.8],
  ["Easy Miles, Long Shadows", "synthwave", 157, "8B", 0.5],
  ["Switchback", "rock", 160, "8A", 0.74],
  ["Red Brick Hill", "rock", 162, "9A", 0.9],
  ["Tangerine Signal", "synthwave", 164, "9A", 0.66],
  ["Cobbles", "rock", 166, "9B", 0.92],
  ["Morning Loop", "drum-and-bass", 167, "8A", 0.62],
  ["Out Past the Ring Road", "rock", 170, "8B", 0.84],
  ["Night Ferry Home", "synthwave", 172, "7A", 0.48],
  ["Ridge Line Runner", "drum-and-bass", 173, "4A", 0.9],
  ["Paper Lantern Run", "drum-and-bass", 175, "8B", 0.7],
  ["Floodlights", "drum-and-bass", 178, "5A", 0.95],
  ["Last Climb Before Town", "drum-and-bass", 180, "8A", 0.85],
];

function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function albumOf(energy: number): string {
  if (energy < 0.45) return "Easy Does It";
  return energy < 0.72 ? "Steady As We Go" : "All the Way Up";
}

export const trackSpecs: readonly TrackSpec[] = rows.map(([title, style, tempoBpm, key, energy]) => ({
  slug: slugOf(title),
  title,
  style,
  tempoBpm,
  beatsPerBar: style === "waltz" ? 3 : 4,
  key,
  energy,
  album: albumOf(energy),
}));

/** Goes into file names: raise it whenever a score or its sound changes, so that files made before are made anew. */
export const compositionRevision = 1;
