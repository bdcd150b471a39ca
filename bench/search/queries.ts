/**
 * What people type when they look for a class, written by hand in the words of many kinds of people, before the search ran on
 * them: slips, units, negations, British and American. `hard` must hold for a class to be an answer at all; `wish` makes it a good one.
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
  intermediate,
  lowImpact,
  mobility,
  moderate,
  near,
  noHills,
  noIntervals,
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
  veryHard,
  walk,
} from "./judges.ts";

const { graded, q } = queryList();

// Cycling
q("gentle 20 minute spin on the bike, my quads are wrecked", [near(20), ride, easy]);
q("i want to suffer for 45 minutes on the bike", [near(45), ride, hard]);
q("60min z2 ride", [near(60), ride], called(/endurance|recovery/i));
q("sweetspot 1hr", [near(60)], called(/sweet spot/i));
q("2 x 20 ftp intervals", [], called(/2\s?[x×]\s?20/i));
q("hour long endurance ride no intervals", [near(60), ride, noIntervals], called(/endurance/i));
q("climbing session, 50 mins", [near(50)], called(/climb|hill|mountain/i));
q("bike workout under half an hour", [ride, atMost(30)]);
q("VO2 max intervals bike 45", [near(45), ride], called(/vo2/i));
q("Tabata on the bike please", [ride], called(/tabata/i));
q("indoor cycling for complete beginners, 30 minutes", [ride, beginner, near(30)]);
q("turbo trainer session 75 minutes threshold", [ride, near(75)], called(/threshold/i));
q("flat ride no climbs 40 min", [ride, near(40), noHills]);
q("high cadence drills on the bike", [ride], called(/cadence/i));
q("spin class 50mins hard", [ride, near(50), hard]);
q("cycling but nothing hard, about an hour", [ride, near(60), notHard]);
q("30 minute cycle, easy", [ride, near(30), easy]);
q("quick bike blast", [ride, atMost(20)]);
q("recovery spin after yesterdays race", [ride, easy], called(/recovery/i));
q("ftp ramp test", [], called(/ramp test/i));
q("over unders 60 mins bike", [ride, near(60)], called(/over.unders/i));
q("40/20s bike", [ride], called(/40.20/i));
q("bicycle 35 minutes moderate", [ride, near(35), moderate]);
q("long ride, at least an hour and a quarter", [ride, atLeast(75)]);
q("pelaton style 20 min hiit ride", [ride, near(20), hard]);
q("ride with 90s dance music, half hour", [ride, near(30)]);
q("hilly 45 min ride w/ metal", [ride, near(45)], speaksOf(/hill|climb/i));
q("advanced bike racing simulation", [ride, advanced], called(/race|criterium|crit|breakaway/i));
q("cycling 25-35 min", [ride, between(25, 35)]);
q("biking for an hour, steady, no surprises", [ride, near(60)]);

// Running
q("easy jog 30", [run, easy, near(30)]);
q("5k training for beginners", [run, beginner], called(/couch|5k/i));
q("c25k week 4", [run], called(/week 4/i));
q("couch to five k wk 1", [run], called(/week 1\b/i));
q("tempo run forty minutes", [run, near(40)], called(/tempo/i));
q("fartlek!!", [], called(/fartlek/i));
q("hill sprints running", [run], called(/hill/i));
q("running intervals 400m", [run], called(/400|track/i));
q("treadmil run 30 mins", [run, uses("treadmill"), near(30)]);
q("run outside 50 minutes easy pace", [run, near(50), easy]);
q("long slow run over 80 minutes", [run, atLeast(80)]);
q("run/walk 25 min", [run, near(25)], called(/run.walk|couch/i));
q("runnning 45 minites moderate", [run, near(45), moderate]);
q("I haven't run in years, 20 minutes max", [run, atMost(20)]);
q(
  "speed work for runners, no more than 40 min",
  [run, atMost(40)],
  called(/30.30|15.15|40.20|vo2|track|sprint|stride|minute/i),
);
q("progression run", [run], called(/progression/i));
q("hard run but no hills, 35 min", [run, hard, noHills, near(35)]);
q("jogging for 15 mins", [run, near(15)]);
q("1 hr run", [run, near(60)]);
q("threshold running 50min", [run, near(50)], called(/threshold/i));
q("advanced track workout run", [run, advanced], called(/track/i));
q("norwegian 4x4 running", [run], called(/norwegian/i));
q("run cadence 180", [run], called(/cadence/i));
q("strides", [], called(/strides/i));
q("pyramid intervals run 45 minutes", [run, near(45)], called(/pyramid/i));
q("a run that lasts between 30 and 40 minutes, not too tough", [run, between(30, 40), notHard]);
q("run without intervals 30 min", [run, noIntervals, near(30)]);

// Walking
q("lunchtime walk 20 minutes", [walk, near(20)]);
q("power walking half an hour", [walk, near(30)], called(/power/i));
q("brisk walk 40 mins", [walk, near(40)], called(/brisk/i));
q("treadmill incline walk 30", [walk, uses("treadmill"), near(30)], called(/incline/i));
q("12-3-30", [walk], called(/incline/i));
q("easy stroll for a rest day", [walk, easy]);
q("walking workout for seniors low impact 25 min", [walk, lowImpact, near(25)]);
q("nordic walking an hour", [walk, near(60)]);
q("hike training, incline, 45 minutes", [walk, near(45)], called(/incline/i));
q("walk no treadmill 35min", [walk, not(uses("treadmill")), near(35)]);
q("short walk", [walk, atMost(20)]);
q("walking intervals beginner", [walk, beginner], called(/interval/i));
q("fast walk up to 30 min", [walk, atMost(30)]);
q("stroll with the dog, quarter of an hour", [walk, near(15)]);

// Rowing
q("erg 30 min steady state", [row, near(30)], called(/steady/i));
q("rowing machine hiit twenty minutes", [row, hard, near(20)]);
q("8x500m row", [row], called(/8\s?[x×]\s?500|pieces/i));
q("concept2 45 minute endurance", [row, near(45)]);
q("beginner rower 15 min", [row, beginner, near(15)]);
q("row at low stroke rate, power strokes", [row], called(/power|pressure/i));
q("rate ladder on the ergo", [row], called(/rate ladder/i));
q("indoor rowing moderate 40", [row, moderate, near(40)]);
q("rowing no sprints 30 minutes", [row, near(30), noSprints]);
q("very hard rowing, 25 minutes or less", [row, veryHard, atMost(25)]);
q("row pyramids", [row], called(/pyramid/i));
q("long row >= 60 min", [row, atLeast(60)]);
q("rowing technique easy", [row, easy]);
q("racing starts rowing", [row], called(/racing starts/i));
q("ergometer 1/2 hour", [row, near(30)]);

// Strength
q("dumbell full body 30 mins", [strength, uses("dumbbells"), near(30)], called(/full body/i));
q("kettlebells 20 minutes hard", [strength, uses("kettlebell"), near(20), hard]);
q("no equipment strength 20min", [strength, bare, near(20)]);
q("bodyweight legs", [strength, bare], called(/lower body|leg/i));
q("arms and shoulders with weights", [strength, uses("dumbbells")], called(/upper body/i));
q(
  "upper body resistance bands 25 minutes",
  [strength, uses("resistance band"), near(25)],
  called(/upper body/i),
);
q("ab workout 10 minutes", [strength, near(10)], called(/core/i));
q("core, no equipment, beginner", [strength, bare, beginner], called(/core/i));
q("home circuit training 40 min without jumping", [strength, near(40), noJumps], called(/circuit/i));
q("strength for cyclists", [strength], called(/cycl|rid|bike|sport/i));
q("strength training for runners 20 minutes", [strength, near(20)], called(/run|sport/i));
q("plyometrics", [strength], called(/jump/i));
q("quiet workout, downstairs neighbours, no jumping, 20 min", [near(20), noJumps]);
q("lifting weights 45min intermediate", [strength, intermediate, near(45)]);
q("glutes and hamstrings kettlebell", [strength, uses("kettlebell")], called(/lower body/i));
q("leg day dumbbells advanced", [strength, uses("dumbbells"), advanced], called(/lower body/i));
q("no weights full body half hour", [strength, bare, near(30)], called(/full body/i));
q("press ups and planks, 15 mins", [strength, near(15)]);
q("hyrox", [strength], called(/station/i));

// Mobility and yoga
q("morning yoga 20 min", [mobility, near(20)], called(/yoga|morning|salutation/i));
q("yoga flow 60 mins", [mobility, near(60)], called(/yoga|flow/i));
q("bedtime stretch", [mobility], called(/stretch|yoga|breath|evening|sleep/i));
q("stretches for tight hips", [mobility], called(/hip/i));
q("back pain mobility 10 minutes", [mobility, near(10)], called(/back|spine/i));
q("foam rolling", [mobility, uses("foam roller")]);
q("desk break, chair, 5 minutes", [uses("chair"), near(5)]);
q("post run stretch 10 mins", [mobility, near(10)], called(/run|stretch/i));
q("breathing exercises to calm down", [mobility], called(/breath/i));
q("balance training for older adults", [mobility], called(/balance/i));
q("flexibility 30 minutes no mat", [mobility, not(uses("mat")), near(30)]);
q("cool down after cycling 10 min", [mobility, near(10)], called(/stretch|cycl|ride/i));
q("restorative yoga, three quarters of an hour", [mobility, near(45)], called(/yoga/i));
q("shoulder mobility", [mobility], called(/shoulder/i));
q("vinyasa hard 45", [mobility, near(45), hard], called(/yoga|flow|vinyasa/i));
q("stretch everything in 15 minutes", [mobility, near(15)]);
q("pilates 30 min", [either(mobility, strength), near(30)]);

// Across sports
q("30 min low impact cardio", [near(30), lowImpact]);
q("something easy, 20 min, no bike", [easy, near(20), not(ride)]);
q("knackered. 15 minutes of anything gentle", [easy, near(15)]);
q("I've got ten minutes", [near(10)]);
q("anything but running, 45 minutes, hard", [not(run), near(45), hard]);
q("low-impact HIIT for bad knees 25 min", [lowImpact, hard, near(25)]);
q("row or ride 40 minutes", [either(row, ride), near(40)]);
q("cardio without equipment 30 minutes", [bare, near(30)]);
q("not strength, not yoga, 30 min, moderate", [not(strength), not(mobility), near(30), moderate]);
q("full hour sweat fest", [near(60)]);
q("beginner friendly 20 minutes no equipment", [beginner, near(20), bare]);
q("recovery day", [easy]);
q("hungover, need to move a bit", [easy]);
q("intervals 30 seconds on 30 off", [], called(/30.30/i));
q("pyramid workout 50 minutes", [near(50)], called(/pyramid/i));
q("longest class you have", [atLeast(60)]);
q("less than a quarter of an hour", [atMost(15)]);
q("1h15 anything endurance", [near(75)], called(/endurance|long|steady/i));
q("90 min", [near(90)]);
q("sixty to seventy five minutes cycling", [ride, between(60, 75)]);
q("half an hour, brutal, on the rower", [near(30), veryHard, row]);
q("no jumping, no running, 30 min, sweaty", [noJumps, not(run), near(30)]);
q("cardio for someone pregnant, low impact, easy, 20 min", [lowImpact, easy, near(20)]);
q("walking or yoga, 30 minutes, easy", [either(walk, mobility), near(30), easy]);
q("bike then stretch 40", [near(40)]);
q("exercise bike, old lady, 15 minutes, very easy", [ride, near(15), easy]);
q(
  "gimme a killer leg workout 30min dumbbells",
  [strength, uses("dumbbells"), near(30)],
  called(/lower body|full body/i),
);
q("moderate or hard rowing, 35-45 minutes", [row, either(moderate, hard), between(35, 45)]);
q("minimum 50 minutes bike, maximum effort", [ride, atLeast(50), veryHard]);
q("cycle 3/4 hour not easy", [ride, near(45), not(easy)]);
q("expert level run, no treadmill, 60 min", [run, advanced, not(uses("treadmill")), near(60)]);
q("mums first workout, 10-15 min", [between(10, 15)]);
q("excercise 25 mins lowimpact begginer", [near(25), lowImpact, beginner]);
q("strenth kettlbell 25 mn", [strength, uses("kettlebell"), near(25)]);
q("yog 30 mins", [mobility, near(30)]);
q("rownig 20 minuets intermediate", [row, near(20), intermediate]);
q("cyclin easy 1 hour 30 minutes", [ride, easy, near(90)]);
q("nothing longer than 20 min, walking or cycling", [atMost(20), either(walk, ride)]);
q("run, but not intervals and no hills, forty-five minutes", [run, noIntervals, noHills, near(45)]);
q("tired but want to ride for 30-45 minutes", [ride, between(30, 45), notHard]);
q("stressed out, need to unwind, 20 minutes", [near(20), notHard]);
q("my knees are bad but i want a hard workout, 40 minutes", [lowImpact, hard, near(40)]);
q("energetic 30 minute class to wake me up", [near(30)]);
q("zone 2 base 75min cycling", [ride, near(75)], called(/endurance|progression/i));
q("seated workout", [uses("chair")]);
q("20 minutes or so of rowing, gently", [row, easy, near(20)]);
q("ride w/out sprints or hills 30m", [ride, noSprints, noHills, near(30)]);
q("60 minutes of running, can be hard or very hard", [run, hard, near(60)]);
q("anything with a band", [uses("resistance band")]);
q("i don't have any equipment and only 15 minutes", [bare, near(15)]);
q("couch potato wants to start moving", [beginner]);

export const queries: readonly GradedQuery[] = graded;
