import type { Style } from "../score.ts";
import type { StyleRecipe } from "../style-recipe.ts";
import { ambient, downtempo, waltz } from "./calm.ts";
import { house, techno, trance } from "./club.ts";
import { drumAndBass, funk, rock, synthwave } from "./road.ts";

export const recipes: Readonly<Record<Style, StyleRecipe>> = {
  ambient,
  downtempo,
  waltz,
  funk,
  synthwave,
  house,
  techno,
  trance,
  rock,
  "drum-and-bass": drumAndBass,
};
