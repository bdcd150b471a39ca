/**
 * `npm run bench:conductor -- --browser`: the unmodified page in Chromium, a simulated athlete behind a fake BlueZ, tracks of
 * clicks, and where the clicks are in what the graph puts out. The sensor's angle and delays and the output's are
 * removed only by the product's own taps.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { seededRandom } from "#domain/seeded-random.ts";
import { quantile } from "#domain/units.ts";
import { chooseSensor } from "#test/browser/choose-sensor.ts";
import { FakeBluez } from "#test/browser/fake-bluez.ts";
import { clickTrack, closeBrowser, openBrowser, openPage, startUpbeat } from "#test/browser/harness.ts";
import { cadenceSensor } from "#test/browser/pedalling.ts";
import { pageClockAheadMs } from "#test/browser/recorder.ts";
import { audioThreadsCpuS } from "./audio-threads.ts";
import { byPage, gridLateMs, noteConstant, type Tapped, tappedOn } from "./conductor-constant.ts";
import { directChanges, noteDirect, startTrials, withTone } from "./conductor-direct.ts";
import { type Watched, watchedOn, watchPage } from "./conductor-page.ts";
import { addSensor, Rider, type Sent, tapUntil } from "./conductor-rider.ts";
import { printReport, progress } from "./report.ts";

const seed = 11;
const beatBpm = 166;
const rideS = 75;
const trialS = 50;
/** How early the person taps, ms: `--early MS`. */
const earlyMs = numberAfter("--early", 20);
type Figures = Record<string, number | null>;

function numberAfter(option: string, usual: number): number {
  const at = process.argv.indexOf(option);
  return at === -1 ? usual : Number(process.argv[at + 1]);
}

/** Processor time of the audio threads over so long, as a share of one core. */
async function shareOver(ms: number): Promise<number> {
  const [cpuS, atMs] = [audioThreadsCpuS(), performance.now()];
  await wait(ms);
  return (audioThreadsCpuS() - cpuS) / ((performance.now() - atMs) / 1000);
}

interface Measured {
  readonly watched: Watched;
  /** Page times. */
  readonly strokesMs: readonly number[];
  readonly audioShare: { readonly silent: number; readonly usual: number; readonly utmost: number };
  /** From the sensor's return to the page's listening to it again, ms. */
  readonly backMs: number;
  readonly sent: readonly Sent[];
  readonly tapped: Tapped;
  /** Host times of the first and last stroke that beats are compared with. */
  readonly comparedUntilMs: number;
  readonly blockedUnderruns: number;
}

async function measure(): Promise<Measured> {
  const random = seededRandom(seed);
  const folder = mkdtempSync(path.join(tmpdir(), "upbeat-bus-"));
  const bluez = await FakeBluez.start(folder, [cadenceSensor]);
  const music = { "a.wav": withTone(clickTrack(beatBpm, 190)), "b.wav": withTone(clickTrack(beatBpm, 189)) };
  const upbeat = await startUpbeat(music);
  await upbeat.musicRead();
  const browser = await openBrowser(["--enable-features=WebBluetooth"], {
    DBUS_SYSTEM_BUS_ADDRESS: bluez.busAddress,
  });
  const rider = new Rider(bluez, seed);
  try {
    const { page } = await openPage(browser, upbeat, { bypassCSP: true });
    await watchPage(page);
    await chooseSensor(page, cadenceSensor.name);
    progress("calibrating with taps");
    await page.goto("/you/crank-angle");
    await addSensor(page, bluez);
    await page.getByRole("button", { name: "Start" }).click();
    await tapUntil(page, rider, "Now a good deal faster", { earlyMs, random });
    rider.cadence = 92;
    await tapUntil(page, rider, "Measured.", { earlyMs, random });
    const tapped = await tappedOn(page, rider, await watchedOn(page));
    rider.cadence = beatBpm / 2;
    progress("riding");
    await page.goto("/workout/cycling-endurance-20?source=sensors&mode=follow");
    await addSensor(page, bluez);
    await page.getByRole("button", { name: "Start", exact: true, disabled: false }).waitFor();
    const silent = await shareOver(4000);
    await page.getByRole("button", { name: "Start", exact: true }).click();
    const shares: number[] = [];
    for (let second = 0; second < rideS; second++) {
      shares.push(await shareOver(1000));
      if (second === 40) await page.keyboard.press("ArrowRight");
    }
    const aheadMs = await pageClockAheadMs(page);
    const comparedUntilMs = performance.now() + aheadMs;
    progress("holding commands back");
    await startTrials(page);
    await wait(trialS * 1000);
    const watched = await watchedOn(page);
    const before = watched.underruns.reduce((sum, deck) => sum + deck, 0);
    for (let block = 0; block < 10; block++) {
      await page.evaluate(() => {
        const untilMs = performance.now() + 200;
        while (performance.now() < untilMs);
      });
      await wait(300);
    }
    const after = (await watchedOn(page)).underruns.reduce((sum, deck) => sum + deck, 0);
    bluez.lose(cadenceSensor);
    await page.getByText("lost, looking for it").waitFor();
    await wait(6000);
    bluez.bringBack(cadenceSensor);
    const returnedMs = performance.now();
    await bluez.subscribed(cadenceSensor);
    const backMs = performance.now() - returnedMs;
    shares.sort((a, b) => a - b);
    return {
      watched,
      strokesMs: rider.strokesMs.map((at) => at + aheadMs),
      backMs,
      sent: byPage(rider, aheadMs),
      tapped: { ...tapped, gridLateMs: await gridLateMs(page, beatBpm) },
      comparedUntilMs,
      audioShare: { silent, usual: quantile(shares, 0.5), utmost: quantile(shares, 0.97) },
      blockedUnderruns: after - before,
    };
  } finally {
    rider.stop();
    await closeBrowser(browser);
    await upbeat.close();
    await bluez.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Bin {
  readonly contextS: number;
  /** Host time by the browser's timestamps of the output device. */
  readonly outputMs: number;
  readonly peak: number;
}

function binsOf({ seen }: Watched): Bin[] {
  return seen.flatMap(({ fromFrame, peaks }, batch) => {
    const near = seen.slice(Math.max(0, batch - 2), batch + 3);
    const middle = (of: (entry: (typeof seen)[number]) => number): number =>
      near.map(of).toSorted((a, b) => a - b)[near.length >> 1];
    const outputAheadMs = middle((entry) => entry.outputAheadMs);
    return peaks.map((peak, index) => {
      const ms = fromFrame / 48 + index;
      return { contextS: ms / 1000, outputMs: ms + outputAheadMs, peak };
    });
  });
}

/** From each notification to the moment that the command with its new speed names (`atS`), ms. */
function latencies({ heard, plays, seen }: Watched): number[] {
  return heard.flatMap(({ heardMs }) => {
    const play = plays.find(({ postedMs }) => postedMs >= heardMs && postedMs < heardMs + 40);
    if (play === undefined) return [];
    const frame = play.atS * 48_000;
    const then = seen.findLast(({ fromFrame }) => fromFrame <= frame) ?? seen[0];
    return [play.atS * 1000 + then.renderAheadMs - heardMs];
  });
}

function clicksOf(bins: readonly Bin[]): Bin[] {
  const threshold = bins.reduce((most, { peak }) => Math.max(most, peak), 0) / 2;
  const clicks: Bin[] = [];
  for (const bin of bins) {
    if (bin.peak >= threshold && bin.contextS - (clicks.at(-1)?.contextS ?? -1) > 0.1) clicks.push(bin);
  }
  return clicks;
}

/** How much later each click is than where the commands given so far put it, by the deck that comes nearest, ms. */
function positionErrors(watched: Watched, clicks: readonly Bin[]): number[] {
  return clicks.flatMap(({ contextS }) => {
    const offs = watched.underruns.flatMap((_, deck) => {
      const play = watched.plays.findLast((other) => other.deck === deck && other.atS <= contextS);
      if (play === undefined || contextS - play.atS > 1) return [];
      const beats = ((play.sourceS + (contextS - play.atS) * play.rate) * beatBpm) / 60;
      return [((beats - Math.round(beats)) * 60_000) / beatBpm / play.rate];
    });
    return offs.toSorted((a, b) => Math.abs(a) - Math.abs(b)).slice(0, 1);
  });
}

function note(
  figures: Figures,
  name: string,
  values: readonly number[],
  quantiles: Record<string, number>,
): void {
  const sorted = values.toSorted((a, b) => a - b);
  for (const [label, share] of Object.entries(quantiles)) {
    figures[`${name}, ${label} ms`] = sorted.length === 0 ? null : quantile(sorted, share);
  }
}

export async function benchBrowser(): Promise<void> {
  const { watched, strokesMs, audioShare, blockedUnderruns, backMs, comparedUntilMs, sent, tapped } =
    await measure();
  const bins = binsOf(watched).filter(({ outputMs }) => outputMs < comparedUntilMs);
  const clicks = clicksOf(bins);
  const figures: Figures = {};
  noteDirect(figures, directChanges(watched));
  const change = "notification handled -> the time its command names";
  const changesMs = latencies(watched);
  note(figures, change, changesMs, { p50: 0.5, p99: 0.99 });
  figures["notifications counted"] = changesMs.length;
  const lateMs = positionErrors(watched, clicks);
  note(figures, "click against what the deck was told", lateMs.map(Math.abs), { p50: 0.5, p99: 0.99 });
  const settledMs = (clicks[0]?.outputMs ?? 0) + 30_000;
  const offs = clicks
    .filter(({ outputMs: at }) => at > settledMs && at < (strokesMs.at(-1) ?? 0))
    .map(({ outputMs: at }) =>
      strokesMs.reduce(
        (off, strokeMs) => (Math.abs(at - strokeMs) < Math.abs(off) ? at - strokeMs : off),
        Infinity,
      ),
    );
  note(figures, "beat against stroke from 30 s on", offs.map(Math.abs), { p50: 0.5, p95: 0.95 });
  const typicalMs = quantile(
    offs.toSorted((a, b) => a - b),
    0.5,
  );
  figures["of it a constant (a beat is late by), ms"] = typicalMs;
  const clickLateMs = quantile(
    lateMs.toSorted((a, b) => a - b),
    0.5,
  );
  const compared = { fromMs: settledMs, toMs: comparedUntilMs, typicalMs, clickLateMs, beatBpm };
  noteConstant(figures, { ...compared, heard: watched.heard, sent, strokesMs, tapped });
  note(
    figures,
    "without that constant",
    offs.map((off) => Math.abs(off - typicalMs)),
    { p50: 0.5, p95: 0.95 },
  );
  figures["sensor back in reach -> heard again, ms"] = backMs;
  figures["audio thread, nothing sounds, share of one core, %"] = 100 * audioShare.silent;
  figures["audio thread, usual share of one core, %"] = 100 * audioShare.usual;
  figures["audio thread, utmost share of one core (two decks), %"] = 100 * audioShare.utmost;
  figures["quanta without PCM while the main thread was blocked 10 x 200 ms"] = blockedUnderruns;
  figures["load of the machine (1 minute)"] = loadavg()[0];
  printReport("The page in Chromium, to the graph's output", { figures, peers: {}, seed }, [
    { figure: "notification handled -> first sample at the new tempo, p50 ms", goal: "<= 20" },
    { figure: "notification handled -> first sample at the new tempo, p99 ms", goal: "<= 50" },
    { figure: "controls: commands held back, and a change all the same", goal: "0" },
    { figure: "sensor back in reach -> heard again, ms", goal: "<= 5000" },
    { figure: "click against what the deck was told, p99 ms", goal: "<= 3" },
    { figure: "beat against stroke from 30 s on, p50 ms", goal: "<= 13" },
    { figure: "beat against stroke from 30 s on, p95 ms", goal: "<= 40" },
    { figure: "audio thread, utmost share of one core (two decks), %", goal: "<= 6" },
    { figure: "quanta without PCM while the main thread was blocked 10 x 200 ms", goal: "0" },
  ]);
}
