/** They turn the meaning of what follows. */
export const negations: ReadonlySet<string> = new Set(
  "no,not,can't,cant,cannot,couldn't,won't,wont,neither,without,avoid,dont,didn't,haven't,avoiding,skip,except,minus,nothing,never,don't,doesn't,doesnt,aren't,arent,ain't,aint,wouldn't,wouldnt,shouldn't,shouldnt,mustn't,hate,hates,dislike,loathe,sans,nae,cannae,dinnae,zero,isn't,non".split(
    ",",
  ),
);
/** Spellings of one word for several, and of several for one. */
export const rewrites: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    sweetspot: ["sweet", "spot"],
    overunders: ["over", "unders"],
    "over/unders": ["over", "unders"],
    kettlebells: ["kettlebell"],
    z2: ["zone", "2"],
    vo2max: ["vo2"],
    c25k: ["run", "couch", "to", "5k"],
    wk: ["week"],
    n: ["and"],
    "w/out": ["without"],
    "w/o": ["without"],
    "w/": ["with"],
    ">=": ["at", "least"],
    "<=": ["at", "most"],
    ">": ["over"],
    "<": ["under"],
  }),
);
/** Two words that negate together. */
export const pairedNegations: ReadonlySet<string> = new Set(
  "sport but,sports but,everything but,other than,anything but,rather than,instead of,apart from,except for,bored of,bored with,sick of,tired of,fed up,enough of,break from,leave out,allergic to".split(
    ",",
  ),
);
/** Things whose absence means a class without equipment. */
export const kitWords: ReadonlySet<string> = new Set(
  "equipment,gear,kit,weights,stuff,props,apparatus,tools".split(","),
);
/** Words between a negation and its object that leave it standing. */
export const negationCarriers: ReadonlySet<string> = new Set(
  "to,too,any,a,an,the,very,so,or,nor,really,much,more,of,want,need,do,like,with,super,have,got,own,using,use,doing,on,feel,been,wanna,fancy,keen,into,fan,gonna,going,involving,including,that,as,all,overly,particularly,especially,terribly,stand,bear,face,my".split(
    ",",
  ),
);
/** "Stretch after a run": the sport is when, not what. */
export const contextMarkers: ReadonlySet<string> = new Set("after,before,post,pre,following".split(","));
export const stopWords: ReadonlySet<string> = new Set(
  "sport,sports,a,an,the,and,or,of,for,to,in,on,my,mine,me,i,i'm,im,is,it,with,some,something,class,classes,workout,workouts,session,please,want,need,would,like,give,find,show,that,this,today,tonight,can,do,at,be,am,but,so,have,got,just,one,only,let's,lets,legs,day,feel,feeling,kind,minute,minutes,min,mins,hour,hours,around,about,roughly,under,over,least,most,max,maximum,up,than,less,longer,shorter,no,not,without,after,before,any,training,train,exercise,exercises,body,impact,low,tired,long,short,needed,required,kindly,suggest,recommend,pls,plz,hey,hi,hello,ok,okay,thanks,you,could,mate,play,start".split(
    ",",
  ),
);
