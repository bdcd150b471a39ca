import type { Intensity, Level, Sport } from "../class-plan.ts";
import { contextMarkers, negationCarriers, negations, stopWords } from "./function-words.ts";
import type { Concept, Feel } from "./query.ts";

/** People by their sport: "advanced cyclists only" is cycling, "yoga for cyclists" is not. */
export const sportOfPeople: ReadonlyMap<string, Sport> = new Map([
  ...["cyclist", "cyclists", "rider", "riders", "bikers"].map((word) => [word, "cycling"] as const),
  ...["runners", "joggers"].map((word) => [word, "running"] as const),
  ...["walker", "walkers", "hiker", "hikers"].map((word) => [word, "walking"] as const),
  ["rowers", "rowing"],
  ["lifters", "strength"],
  ["yogis", "mobility"],
]);

/** What a word or phrase means. `alsoText`: it is matched as text too, because it names a kind of class. */
export type Meaning = {
  readonly alsoText?: boolean;
  /** Words of classes that mean the same: matched as text instead of the phrase. */
  readonly as?: string;
} & (
  | { readonly kind: "sport"; readonly sports: readonly Sport[] }
  | { readonly kind: "intensity"; readonly intensities: readonly Intensity[] }
  | { readonly kind: "level"; readonly level: Level }
  | { readonly kind: "equipment"; readonly equipment: string; readonly sports?: readonly Sport[] }
  | { readonly kind: "no-equipment"; readonly sports?: readonly Sport[] }
  | { readonly kind: "low-impact" }
  | { readonly kind: "concept"; readonly concept: Concept; readonly feel?: Feel }
  | {
      readonly kind: "feel";
      readonly feel: Feel;
      readonly name: string;
      readonly intensities?: readonly Intensity[];
    }
  | { readonly kind: "length"; readonly minMinutes: number; readonly maxMinutes: number }
  | { readonly kind: "music" }
);

function entries(phrases: string, meaning: Meaning): (readonly [string, Meaning])[] {
  return phrases.split(",").map((phrase) => [phrase.trim(), meaning]);
}

const sportEntries = [
  ...entries(
    "ride,rides,riding,spin,spinning,bike,bikes,biking,bicycle,bicycles,bicycling,cycle,cycling,pedal,pedalling,pedaling,turbo,turbo trainer,exercise bike,stationary bike,spin bike,spin class,peloton,velo,saddle,zwift,wattbike,smart trainer,velodrome,gran fondo,century ride,sportive,cyclocross,mtb,mountain bike,mountain biking,road bike,gravel bike,watopia",
    {
      kind: "sport",
      sports: ["cycling"],
    },
  ),
  ...entries(
    "run,runs,running,runner,jog,jogging,jogs,jogger,trot,5k,10k,parkrun,half marathon,marathon,ultramarathon,ultra marathon,trail run,trail running,canicross",
    {
      kind: "sport",
      sports: ["running"],
    },
  ),
  ...entries(
    "walk,walks,walking,stroll,strolls,strolling,hike,hikes,hiking,ramble,rambling,march,wander,nordic walking,power walk,ruck,rucking,dog walk,dog walking,hill walking,trek,trekking,amble,saunter",
    { kind: "sport", sports: ["walking"] },
  ),
  ...entries(
    "row,rows,rowing,rower,erg,ergs,erging,ergo,ergometer,rowing machine,indoor rower,rowing erg,concept,concept2,c2,sculling,sculls,skiff,oars,regatta",
    {
      kind: "sport",
      sports: ["rowing"],
    },
  ),
  ...entries("run walk,walk run,run and walk,run/walk,fartlek", {
    kind: "sport",
    sports: ["running"],
    alsoText: true,
  }),
  ...entries("strength,weights,lifting,weight training,strength training,bodybuilding,resistance training", {
    kind: "sport",
    sports: ["strength"],
  }),
  ...entries(
    "ab,abs,abdominals,obliques,six pack,sixpack,tummy,belly,plank,planks,sit up,sit ups,situps,crunches",
    {
      kind: "sport",
      sports: ["strength"],
      as: "core",
    },
  ),
  ...entries(
    "arms,biceps,triceps,chest,pecs,delts,push up,pushup,press up,pull up,push ups,pushups,press ups,pressups,pull ups",
    {
      kind: "sport",
      sports: ["strength"],
      as: "upper body",
    },
  ),
  ...entries(
    "leg day,leg workout,legs workout,squat,squats,lunge,lunges,glutes,quads workout,booty,bum,butt,thighs",
    {
      kind: "sport",
      sports: ["strength"],
      as: "lower body",
    },
  ),
  ...entries(
    "hyrox,bootcamp,boot camp,metcon,amrap,emom,wod,powerlifting,weightlifting,barbell,barbells,pump iron,body pump,bodypump,build muscle,bulk up,swole,toned,calisthenics,deadlift,deadlifts,bench press,kettlebell swings,sculpt,tone up,gym,muscle,muscles,toning,weight lifting,lift weights,crossfit",
    {
      kind: "sport",
      sports: ["strength"],
    },
  ),
  ...entries("core,upper body,lower body,full body,circuit,circuits", {
    kind: "sport",
    sports: ["strength"],
    alsoText: true,
  }),
  ...entries("cool down,cooldown,warm down,stretch off", {
    kind: "sport",
    sports: ["mobility"],
    as: "stretch",
  }),
  ...entries(
    "mobility,flexibility,flexible,supple,stiff,stiffness,tight hips,tight hamstrings,tight back,tight shoulders,tight muscles,feel tight,feeling tight,posture,limber up,loosen up,hip opener,hip openers,the splits,tai chi,qigong,meditation,meditate,mindfulness,sun salutation,sun salutations,foam roll,back pain,back ache,backache",
    { kind: "sport", sports: ["mobility"] },
  ),
  ...entries(
    "yoga,stretch,stretching,stretches,stretch out,pilates,breathing,breathwork,balance,cool down stretch",
    {
      kind: "sport",
      sports: ["mobility"],
      alsoText: true,
    },
  ),
];

const intensityEntries = [
  ...entries(
    "easy,gentle,gently,easily,light,lightly,relaxed,relaxing,chill,chilled,effortless,leisurely,comfortable,casual,mellow,laid back,low key,easy going,easygoing,easier,nice and easy,take it easy,easy peasy,mild,recovery,rest day,restorative",
    {
      kind: "intensity",
      intensities: ["easy"],
      alsoText: true,
    },
  ),
  ...entries(
    "tired,tired legs,sore,sore legs,heavy legs,worn out,exhausted,hungover,day off,lazy,knackered,shattered,wrecked,drained,wiped out,fatigued,no energy,low energy,under the weather,jet lagged,poorly,toast,fried,cooked,achy,aching,jelly,dead legs,legs are dead,dead tired,spent,weary,sleepy,low intensity,low effort,little effort,minimal effort",
    {
      kind: "intensity",
      intensities: ["easy"],
    },
  ),
  ...entries("moderate,moderately,medium,middling,middle effort", {
    kind: "intensity",
    intensities: ["moderate"],
  }),
  ...entries(
    "hard,tough,intense,challenging,demanding,strenuous,high intensity,hiit,vigorous,suffer,suffering,gruelling,grueling,punishing,killer,hardcore,push me,push myself,smash,crush,beast,go hard,fierce,vicious,ruthless,relentless,insane,extreme,exhausting,tiring,hammer,destroy me,kill me",
    {
      kind: "intensity",
      intensities: ["hard", "very hard"],
    },
  ),
  ...entries(
    "very hard,brutal,all out,max effort,maximum effort,flat out,full gas,empty the tank,maximal,savage,hardest,super hard,extremely hard,really hard",
    {
      kind: "intensity",
      intensities: ["very hard"],
    },
  ),
];

const levelEntries = [
  ...entries(
    "beginner,beginners,novice,newbie,starter,first time,new to,just starting,getting started,unfit,newcomer,out of shape,couch potato,rookie,noob,first workout,never exercised,complete beginner,absolute beginner,starting out,first timer,first timers,basics,intro,introduction,introductory,no experience,inexperienced,untrained",
    {
      kind: "level",
      level: "beginner",
    },
  ),
  ...entries("intermediate,improver,improvers", { kind: "level", level: "intermediate" }),
  ...entries("advanced,expert,experienced,seasoned,competitive,elite,pro", {
    kind: "level",
    level: "advanced",
  }),
];

const equipmentEntries = [
  ...entries("treadmill,treadmills,treddie,treddies,treadie,tready,dreadmill", {
    kind: "equipment",
    equipment: "treadmill",
    sports: ["running", "walking"],
  }),
  ...entries("dumbbell,dumbbells,dumb bells,free weights,with weights,hand weights,dumbbell set,db,dbs", {
    kind: "equipment",
    equipment: "dumbbells",
    sports: ["strength"],
  }),
  ...entries("kettlebell,kettlebells,kettle bell,kettle bells,kb,kbs", {
    kind: "equipment",
    equipment: "kettlebell",
    sports: ["strength"],
  }),
  ...entries(
    "band,bands,resistance band,resistance bands,exercise band,exercise bands,theraband,loop band,loop bands,elastic band,elastic bands",
    {
      kind: "equipment",
      equipment: "resistance band",
    },
  ),
  ...entries("mat,yoga mat", { kind: "equipment", equipment: "mat" }),
  ...entries("chair,seated,armchair,sitting down,sat down,sit down", {
    kind: "equipment",
    equipment: "chair",
  }),
  ...entries("foam roller,roller,foam rolling", {
    kind: "equipment",
    equipment: "foam roller",
    sports: ["mobility"],
  }),
  ...entries("bodyweight,body weight", { kind: "no-equipment", sports: ["strength"] }),
  ...entries("equipment free,no kit", { kind: "no-equipment" }),
  ...entries(
    "low impact,lowimpact,joint friendly,knee friendly,knees,knee,joints,bad knees,bad knee,knees hurt,knee hurts,knee pain,hurt knees,joint pain,sore knees,easy on the knees,easy on the joints,easy on my knees,kind to my knees,gentle on the knees,knees are bad,dodgy knees,dodgy knee,arthritis,pregnant,pregnancy,seniors,senior,elderly,older adults,over 60s,no impact,zero impact,impact free,non impact,minimal impact,quiet,quietly,silent,silently,thin walls,arthritic,osteoarthritis,osteoporosis,rheumatism,tendonitis,sciatica,plantar fasciitis,shin splints,slipped disc,postnatal,postpartum,rehab,physio,injury,injured,sprain,sprained,overweight,obese",
    {
      kind: "low-impact",
    },
  ),
];

/** Any joint in trouble asks for low impact: "dodgy ankle", "hip replacement". */
const troubledJoints = "hip,hips,ankle,ankles,achilles,foot,feet,knee,knees,shin,shins"
  .split(",")
  .flatMap((joint) => [
    ...[
      "bad",
      "dodgy",
      "sore",
      "hurt",
      "injured",
      "twisted",
      "sprained",
      "gammy",
      "creaky",
      "wonky",
      "painful",
      "weak",
    ].map((trouble) => `${trouble} ${joint}`),
    ...["bad", "dodgy", "sore", "knackered", "shot", "gone", "painful", "weak"].flatMap((trouble) => [
      `${joint} is ${trouble}`,
      `${joint} are ${trouble}`,
    ]),
    ...[
      "pain",
      "injury",
      "replacement",
      "surgery",
      "op",
      "hurts",
      "hurt",
      "operation",
      "trouble",
      "problem",
      "problems",
    ].map((trouble) => `${joint} ${trouble}`),
  ]);

const conceptEntries = [
  ...entries(troubledJoints.join(","), { kind: "low-impact" }),
  ...entries("sprint,sprints,sprinting", {
    kind: "concept",
    concept: "sprints",
    feel: { peak: 1 },
    alsoText: true,
  }),
  ...entries("interval,intervals", {
    kind: "concept",
    concept: "intervals",
    feel: { variety: 1 },
    alsoText: true,
  }),
  ...entries("hill,hills,hilly,climb,climbs,climbing,mountain,mountains,incline", {
    kind: "concept",
    concept: "hills",
    feel: { cadence: -0.8 },
    alsoText: true,
  }),
  ...entries("jump,jumps,jumping,plyo,plyometric,plyometrics,burpees", {
    kind: "concept",
    concept: "jumps",
    alsoText: true,
  }),
  ...entries("floor work,floor exercises,lying down", { kind: "concept", concept: "floor work" }),
];

const feelEntries = [
  ...entries("steady,even,constant,continuous,base,zone 2", {
    kind: "feel",
    name: "steady",
    feel: { variety: -1, peak: -0.5 },
    alsoText: true,
  }),
  ...entries("sweaty,sweat,energetic,energising,energizing,punchy,fun,varied,lively", {
    kind: "feel",
    name: "lively",
    feel: { variety: 0.8, exertion: 0.5 },
  }),
  ...entries("fast legs,high cadence,fast cadence,spinny,quick feet,quick legs", {
    kind: "feel",
    name: "quick cadence",
    feel: { cadence: 1 },
    alsoText: true,
  }),
  ...entries("low cadence,big gear,heavy gear,grind,grinding", {
    kind: "feel",
    name: "slow cadence",
    feel: { cadence: -1 },
    alsoText: true,
  }),
  ...entries(
    "calm,calming,wind down,unwind,bedtime,evening,stress,stressed,stressed out,sleep,anxious,anxiety,insomnia,can't sleep,cant sleep,cannot sleep,nod off,switch off,soothing,peaceful,tranquil,serene",
    {
      kind: "feel",
      intensities: ["easy", "moderate"],
      name: "calm",
      feel: { exertion: -1, peak: -1, variety: -0.5 },
      alsoText: true,
    },
  ),
];

const lengthEntries = [
  ...entries("short,quick,express,quickie,brief,mini,shortest", {
    kind: "length",
    minMinutes: 0,
    maxMinutes: 20,
  }),
  ...entries("long,lengthy,longest,longer,epic,extended,endless", {
    kind: "length",
    minMinutes: 60,
    maxMinutes: 1000,
  }),
];

/** Music is the soundtrack's business: understood, shown, and kept out of the search of classes. */
const musicEntries = entries(
  "hard rock,classic rock,soft rock,rock,pop,techno,house,hard house,deep house,trance,drum and bass,hip hop,rap,metal,heavy metal,punk,indie,disco,funk,soul,jazz,reggae,latin,k pop,electro,electronic,country,blues,classical,ambient,edm,dance music,easy listening,music,songs,tunes,playlist,90s,80s,70s,60s,00s,2000s,1990s,1980s",
  { kind: "music" },
);

/** Every phrase, up to five words, and what it means. */
export const lexicon: ReadonlyMap<string, Meaning> = new Map([
  ...sportEntries,
  ...intensityEntries,
  ...levelEntries,
  ...equipmentEntries,
  ...conceptEntries,
  ...feelEntries,
  ...lengthEntries,
  ...musicEntries,
]);

export const longestPhrase = 5;
/** Names of protocols and other words of titles: never to be "corrected" into something else, and good corrections themselves. */
const protocolWords =
  "split,trial,sweet,spot,threshold,tempo,tabata,norwegian,pyramid,pyramids,ladder,ladders,fartlek,progression,cruise,strides,endurance,cadence,ramp,test,couch,rolling,surges,engine,gear,repeats,power,brisk,flow,vinyasa,hips,shoulders,spine,back,ankles,neck,rest,pace,step,steps,stroke,strokes,start,starts,rate,race,time,warm,cool,down,post,steep,alpine,rollers,sawtooth,coast,ridge,criterium,group,sunday,pressure,racing,balance,riders,runners,rowers,walkers,cyclists,jump,quick,feet,high,staircase,spin,ups,bursts,tempo,plan,week,run,firm,light,errand,park,loops,lamp,morning,desk,travel,salutation,slow,fast,rounds,ladder,over,unders,under,wave,waves,crit,breakaway,lunch,office,minute,push,pull,squat,lunge";
const unitWords =
  "minute,minutes,mins,hour,hours,half,quarter,under,least,most,between,less,more,than,about,around,maximum,minimum,twenty,thirty,forty,fifty,sixty,fifteen,ninety,without,equipment";
/** What a misspelt word may have been meant to be. */
export const knownWords: ReadonlySet<string> = new Set([
  ...[...lexicon.keys()].flatMap((phrase) => phrase.split(" ")),
  ...protocolWords.split(","),
  ...contextMarkers,
  ...negationCarriers,
  ...unitWords.split(","),
  ...negations,
  ...stopWords,
  ...sportOfPeople.keys(),
]);
