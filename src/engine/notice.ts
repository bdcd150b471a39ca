import type { Seconds } from "#domain/units.ts";

export interface NoticeView {
  readonly distrusted: boolean;
  /** Seconds since a cadence was last known; Infinity when it never was. */
  readonly silentForS: Seconds;
  /** Cadence the music plays. */
  readonly cadence: number;
  readonly letGo: boolean;
  readonly asksForTaps: boolean;
}

/** A silence this short is not worth a word, one this long is no news. */
const silenceFromS = 4;
const silenceUntilS = 60;

/** The one calm sentence the athlete should read now, or null. */
export function noticeFor(view: NoticeView): string | null {
  if (view.distrusted) return "Signal not trusted. The music follows the class.";
  if (view.letGo) return "Your cadence is out of this track's reach. The music keeps its own tempo.";
  const { silentForS: silent } = view;
  if (silent >= silenceFromS && silent <= silenceUntilS) {
    return `No cadence for ${Math.floor(silent)} s. The music holds ${view.cadence} meanwhile.`;
  }
  if (view.asksForTaps) {
    return "Tap along with your foot, a few times. At so even a cadence your sensor does not tell when you push.";
  }
  return null;
}
