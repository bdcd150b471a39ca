/**
 * Everyday words a slip away from a word of the lexicon: a child is not "chill", a shin is no "spin" and a mile no minute. They are
 * never corrected, nor read as a form of another word.
 */
export const plainWords: ReadonlySet<string> = new Set(
  "stuff,mile,miles,lounge,supper,beer,wine,play,song,stop,move,standing,weak,kinda,mind,minds,wild,lungs,hand,hands,ankle,ankles,shin,shins,calf,calves,thigh,skinny,loose,aches,friend,friends,boss,beach,snow,spring,ball,bell,ski,match,races,event,miss,last,lots,wee,pair,sofa,film,book,read,talk,heard,wake,handy,touch,gave,knew,tried,wish,wall,plates,bars,chain,boat,river,lake,opened,older,left,child,children,deal,notice,based,list,text,given,then,same,shows,world,plain,code,line,gran,page,place,part,tests,must,less,loss,related,built,build,sure,works,call,calm,wait,unit,times,cost,able,come,likely,flag,port,past,ever,breaking,depending,word,expect,though,sent,replaced,acting,share,this,fine,store,fill,fall,fell,full,sister,shorts,lights,concepts,metres,meters,yards,pounds,kilometres,kilometers,years,months,kilos,calories,laps,stone".split(
    ",",
  ),
);
