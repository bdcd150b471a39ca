/**
 * Fifty more, of many kinds: to a voice assistant, chatty, in slang, with slips, in other Englishes, with units, ranges, refusals,
 * injuries and what stands at home. Written and graded before the search ran on them and before fresh-queries.ts was looked at.
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
  noIntervals,
  noJumps,
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

// Spoken to a machine
q("hey google play me a half hour bike workout that isnt too hard", [ride, near(30), notHard]);
q("alexa start a fifteen minute stretch please", [mobility, near(15)], called(/stretch/i));
q("siri find something for my abs ten minutes", [strength, near(10)], called(/core/i));

// Chatty, slang, slips
q("knackered after night shift, want a dead easy pedal", [ride, easy]);
q("wanna get absolutely smashed on the rower for twenty five mins", [row, near(25), hard]);
q("me and my mate fancy a jog, nothing over 40 minutes", [run, atMost(40)]);
q("yo need a quick pump b4 school, 15 min, only got dumbells", [uses("dumbbells"), near(15)]);
q("full on hiit, 20 mins, neighbours downstairs so no jumping", [near(20), noJumps], hard);
q("ok so like 35ish mins cardio on the bike nothing crazy, feelin meh today", [ride, near(35), notHard]);
q("kettlebel swings n stuff 25 min intermediate", [uses("kettlebell"), intermediate, near(25)]);
q("treadmil run 30-40 minutes not intervals pls", [run, between(30, 40), noIntervals]);
q("half hour to an hour of walking for a beginer", [walk, beginner, between(30, 60)]);
q("arvo ride, heaps hard, about an hour", [ride, hard, near(60)]);
q("powerwalk in the park b4 brekkie, 3 km", [walk], called(/power/i));
q("super chill 10 minute cooldown after football", [near(10), easy], called(/stretch/i));

// Older people, injuries, care
q("gran here, just a wee gentle walk, twenty minutes or so", [walk, near(20), notHard], easy);
q("I am 74 years old and use a chair for balance", [either(uses("chair"), called(/balance/i)), lowImpact]);
q("doctor says no impact, recovering from a knee replacment, 20 to 30 minutes", [lowImpact, between(20, 30)]);
q("no running for me, shin splints, but i want to sweat half an hour", [not(run), near(30)], hard);
q(
  "my back is killing me from sitting at the desk all day, something short",
  [lowImpact, atMost(25)],
  mobility,
);
q("pregnant and want to keep moving gently 20 min", [lowImpact, near(20), notHard]);
q(
  "twisted ankle so nothing on my feet, need cardio 30 min",
  [near(30), not(run), not(walk)],
  either(ride, row),
);
q("wheelchair user, upper body only, 20 min", [near(20), either(called(/upper/i), uses("chair"))]);
q(
  "kindly suggest one light exercise for senior citizen, maximum 15 minutes",
  [atMost(15), notHard],
  lowImpact,
);
q("my hips are so tight from cycling", [mobility]);
q("foam rolling for sore calves", [uses("foam roller")]);
q("stressed out of my mind need to breathe", [either(mobility, easy)], called(/breath/i));

// Lengths and ranges
q("three quarters of an hour on the treadmill walking uphill", [walk, uses("treadmill"), near(45)]);
q(
  "quarter hour core blast without weights",
  [strength, near(15), not(uses("dumbbells")), not(uses("kettlebell"))],
  called(/core/i),
);
q("at least 90 minutes easy spin for base miles", [ride, atLeast(90)], notHard);
q("a proper leg burner on my turbo trainer, 1h15", [ride, near(75)], hard);
q("lunch break, 25 min tops, don't want to get sweaty", [atMost(25), notHard]);
q(
  "interval training for runners who hate long stuff, under half an hour",
  [run, atMost(30)],
  not(noIntervals),
);
q("sprints on the bike but not more than 35 min", [ride, atMost(35)], speaksOf(/sprint/i));
q("sunday long run, hour and a half", [run, near(90)]);
q("5 minutes to loosen my neck and shoulders at my desk", [mobility, near(5)]);
q("bit of yoga before bed 20min", [mobility, near(20)], called(/yoga/i));

// Distances
q("10 km run for somebody who runs regularly", [run], not(beginner));
q("5 mile jog easy", [run, easy]);

// What is at hand, and what is not
q("I've got a rubber band thing and twenty minutes", [uses("resistance band"), near(20)]);
q("I search a training for the legs without machine, 30 minutes", [strength, near(30)], called(/lower/i));
q("P.E. at home for my eight year old, no kit, fifteen mins", [bare, near(15)], beginner);
q("no bike no rower no treadmill just my body and 20 mins", [bare, near(20)]);
q("anything but cycling, 45 mins, tough", [not(ride), hard, near(45)]);
q("row or ride, dont mind, 30 mins, medium effort", [either(row, ride), moderate, near(30)]);
q("dumbbells or bands, upper, 40 minutes", [
  strength,
  either(uses("dumbbells"), uses("resistance band")),
  near(40),
]);
q("spinning class with big hills, fifty minutes", [ride, near(50)], speaksOf(/hill|climb/i));

// Level and purpose
q("an advanced running workout that'll break me, hour tops", [run, advanced, hard, atMost(60)], veryHard);
q("learn to row properly, short session, never touched one", [row, beginner]);
q("my husband is a rower and wants threshold work, 50 min", [row, near(50)], called(/threshold/i));

export const laterQueries: readonly GradedQuery[] = graded;
