/**
 * Forty more, in other people's words: children and their parents, older people, Scottish, Irish, Australian, Indian and learnt
 * English, kilometres and miles. Written and graded before the search ran on them; looked at since.
 */
import { queryList, type GradedQuery } from "./graded-query.ts";
import {
  advanced,
  atLeast,
  atMost,
  bare,
  beginner,
  between,
  called,
  easy,
  either,
  hard,
  lowImpact,
  mobility,
  moderate,
  near,
  noHills,
  noJumps,
  noSprints,
  not,
  notHard,
  ride,
  row,
  run,
  speaksOf,
  strength,
  uses,
  walk,
} from "./judges.ts";

const { graded, q } = queryList();

// Children and parents
q("i want to go super fast on my bike for 10 minutes", [ride, near(10)], hard);
q("a walk i can do with my kids, half an hour, easy peasy", [walk, near(30), easy]);
q("jumping around 15 mins no stuff needed", [near(15), bare], speaksOf(/jump/i));
q("mum and toddler nap time, 20 minutes, silent, no jumping", [near(20), noJumps]);
q("my son is 12 and has never rowed, 15 min", [row, beginner, near(15)]);
q("stretchy animal yoga for a 7 year old, 10 minutes", [mobility, near(10)], called(/yoga/i));

// Older people
q("I am 78 and would like to exercise sitting on a chair for a quarter of an hour", [
  uses("chair"),
  near(15),
]);
q("a nice stroll, three quarters of an hour, nothing strenuous", [walk, near(45), notHard]);
q("balance exercises so that I do not fall", [mobility], called(/balance/i));
q("after my hip replacement, something gentle and low impact, twenty minutes", [near(20), lowImpact, easy]);
q("cycling for a pensioner, at most half an hour, no hills", [ride, atMost(30), noHills]);
q("loosen stiff shoulders, ten minutes", [mobility, near(10)]);

// Kilometres, miles, watts and other measures
q("5 mile run", [run]);
q("40 km ride at endurance pace", [ride], called(/endurance/i));
q("row 5000m steady", [row], called(/steady/i));
q("10k training, 50 min, threshold", [run, near(50)], called(/threshold/i));
q("walk two miles at a brisk pace", [walk], called(/brisk/i));
q("25 lb dumbbells, whole body, 30 min", [uses("dumbbells"), strength, near(30)], called(/full body/i));
q("bike 1h 5min", [ride, near(65)]);
q("run 0.5 hours", [run, near(30)]);

// Other Englishes
q("wee jog afore ma tea, 20 minutes", [run, near(20)]);
q("arvo spin, 40 mins, mate, smash me", [ride, near(40), hard]);
q("grand aul' cycle, 45 min, not too tough like", [ride, near(45), notHard]);
q("kindly suggest one rowing workout of 30 minutes duration", [row, near(30)]);
q("i would like making sport with dumbbell 20 minutes", [uses("dumbbells"), near(20)]);
q("quick sesh on the treddie, 25 max", [uses("treadmill"), atMost(25)]);
q("me knees is knackered, 30 min on t'bike", [ride, near(30), lowImpact]);
q("proper hard graft on the rower, half hour", [row, near(30), hard]);
q("y'all got a 30 minute strength class with no equipment", [strength, near(30), bare]);
q("fifteen minute core burner for abs", [strength, near(15)], called(/core/i));

// Trades, sports and moods
q("off-season marathon runner, long and slow, an hour and a half", [run, near(90)], easy);
q("night shift nurse, 20 min wind down stretch", [mobility, near(20)]);
q("office worker, ten minutes, chair, sore neck", [uses("chair"), near(10)]);
q("triathlete brick, 30 min run, moderate", [run, near(30), moderate]);
q("footballer, sprints, no bike", [not(ride)], speaksOf(/sprint/i));
q("experienced rower, between 40 and 60 minutes, no sprints", [row, advanced, between(40, 60), noSprints]);
q("bored of running and cycling, something else, at least 45 minutes", [not(either(run, ride)), atLeast(45)]);
q("kettle bell and mat, 20 min", [strength, uses("kettlebell"), near(20)]);
q("angry, need to hit something hard for 25 min, no running", [near(25), hard, not(run)]);
q("can't sleep, ten quiet minutes", [near(10), easy], called(/breathing|yoga/i));

export const freshQueries: readonly GradedQuery[] = graded;
