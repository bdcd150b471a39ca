import type { Style } from "../score.ts";
import type { StyleRecipe } from "../style-recipe.ts";
import { ambient } from "./ambient.ts";
import { downtempo } from "./downtempo.ts";
import { waltz } from "./waltz.ts";
import { house } from "./house.ts";
import { techno } from "./techno.ts";
import { trance } from "./trance.ts";
import { drumAndBass } from "./drum-and-bass.ts";
import { funk } from "./funk.ts";
import { rock } from "./rock.ts";
import { synthwave } from "./synthwave.ts";

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
