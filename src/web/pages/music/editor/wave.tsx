/** The wave of the track with its beats over it: look, zoom, scroll, choose a place or a stretch. */
import { useEffect, useRef, type KeyboardEvent, type PointerEvent } from "react";
import { nearestBeat, type Region } from "#domain/beat-grid/edit.ts";
import type { BeatGrid } from "#domain/track.ts";
import { peakRate, type TrackSound } from "../../../device/audio/track-sound.ts";
import { scrolled, showing, zoomed, type View } from "./view.ts";

interface WaveProps {
  readonly durationS: number;
  readonly sound: TrackSound | null;
  readonly grid: BeatGrid;
  readonly region: Region | null;
  readonly onRegion: (region: Region | null) => void;
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly playing: boolean;
  readonly positionS: () => number;
  readonly onSeek: (atS: number) => void;
}

const pageS = 10;
const zoomStep = 1.5;
/** A press that moves less is a tap. */
const dragPx = 6;

function drawWave(context: CanvasRenderingContext2D, width: number, height: number, props: WaveProps): void {
  const { view, sound } = props;
  const secondsPerPx = (view.toS - view.fromS) / width;
  const middle = height / 2;
  context.beginPath();
  for (let x = 0; x < width; x++) {
    const from = Math.floor((view.fromS + x * secondsPerPx) * peakRate);
    const to = Math.max(from + 1, Math.floor((view.fromS + (x + 1) * secondsPerPx) * peakRate));
    let peak = 0;
    for (let at = from; at < to; at++) peak = Math.max(peak, sound?.peaks[at] ?? 0);
    const half = Math.max(0.5, peak * (middle - 14));
    context.rect(x, middle - half, 1, 2 * half);
  }
  context.fill();
}

function drawLines(
  context: CanvasRenderingContext2D,
  timesS: readonly number[],
  props: WaveProps,
  size: Size,
): void {
  const { view } = props;
  context.beginPath();
  for (const timeS of timesS) {
    if (timeS < view.fromS) continue;
    if (timeS > view.toS) break;
    const x = ((timeS - view.fromS) / (view.toS - view.fromS)) * size.width;
    context.moveTo(x, size.top);
    context.lineTo(x, size.bottom);
  }
  context.stroke();
}

interface Size {
  readonly width: number;
  readonly top: number;
  readonly bottom: number;
}

function draw(canvas: HTMLCanvasElement, props: WaveProps): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
  }
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(name);
  const { view, region, grid } = props;
  const xOf = (atS: number) => ((atS - view.fromS) / (view.toS - view.fromS)) * width;
  if (region !== null) {
    context.fillStyle = colour("--region");
    context.fillRect(xOf(region.fromS), 0, xOf(region.toS) - xOf(region.fromS), height);
  }
  context.fillStyle = colour("--wave");
  drawWave(context, width, height, props);
  context.strokeStyle = colour("--beat");
  // Where lines would touch, beats are left out and bars alone remain.
  const beatPx = (width * (grid.beatsS.length / props.durationS) ** -1) / (view.toS - view.fromS);
  context.lineWidth = 1;
  if (beatPx > 5)
    drawLines(context, grid.beatsS, props, { width, top: height * 0.22, bottom: height * 0.78 });
  context.lineWidth = beatPx > 5 ? 2.5 : 1;
  if (beatPx > 1) drawLines(context, grid.downbeatsS, props, { width, top: 4, bottom: height - 4 });
  context.strokeStyle = colour("--playhead");
  context.lineWidth = 2;
  drawLines(context, [props.positionS()], props, { width, top: 0, bottom: height });
}

/** "1:23.45, beat 164 of 512" */
function placeText(atS: number, { beatsS }: BeatGrid): string {
  const minutes = Math.floor(atS / 60);
  const clock = `${minutes}:${(atS - minutes * 60).toFixed(2).padStart(5, "0")}`;
  return beatsS.length === 0 ? clock : `${clock}, beat ${nearestBeat(beatsS, atS) + 1} of ${beatsS.length}`;
}

function useDrawing(props: WaveProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
    if (canvas.current !== null) draw(canvas.current, props);
  });
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => draw(element, latest.current));
    observer.observe(element);
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const { view, durationS, onView } = latest.current;
      const perPx = (view.toS - view.fromS) / element.clientWidth;
      const isZoom = event.ctrlKey || Math.abs(event.deltaY) > Math.abs(event.deltaX);
      const atS = view.fromS + event.offsetX * perPx;
      onView(
        isZoom
          ? zoomed(view, Math.exp(event.deltaY / 400), atS, durationS)
          : scrolled(view, event.deltaX * perPx, durationS),
      );
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => {
      observer.disconnect();
      element.removeEventListener("wheel", onWheel);
    };
  }, []);
  useEffect(() => {
    if (!props.playing) return;
    let frame = 0;
    const follow = () => {
      frame = requestAnimationFrame(follow);
      const { view, durationS, positionS, onView } = latest.current;
      const next = showing(view, positionS(), durationS);
      if (next !== view) onView(next);
      else if (canvas.current !== null) draw(canvas.current, latest.current);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [props.playing]);
  return canvas;
}

/** One finger or the mouse: a tap sets the playhead, a drag scrolls, a drag with Shift chooses a stretch; two fingers zoom. */
function usePointers(props: WaveProps) {
  const pointers = useRef(new Map<number, { startX: number; x: number }>());
  const drag = useRef<{ view: View; fromS: number; selects: boolean } | null>(null);
  const secondsAt = (event: PointerEvent<HTMLElement>, view = props.view) => {
    const box = event.currentTarget.getBoundingClientRect();
    return view.fromS + ((event.clientX - box.left) / box.width) * (view.toS - view.fromS);
  };
  return {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      event.currentTarget.setPointerCapture(event.pointerId);
      pointers.current.set(event.pointerId, { startX: event.clientX, x: event.clientX });
      drag.current = { view: props.view, fromS: secondsAt(event), selects: event.shiftKey };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const pointer = pointers.current.get(event.pointerId);
      if (pointer === undefined || drag.current === null) return;
      const all = [...pointers.current.values()];
      const spread = () => Math.abs((all[0]?.x ?? 0) - (all[1]?.x ?? 0));
      const before = spread();
      pointer.x = event.clientX;
      if (all.length === 2) {
        const factor = Math.max(0.2, before) / Math.max(20, spread());
        props.onView(
          zoomed(props.view, Math.min(2, Math.max(0.5, factor)), secondsAt(event), props.durationS),
        );
        return;
      }
      if (Math.abs(pointer.x - pointer.startX) < dragPx) return;
      const { view, fromS, selects } = drag.current;
      const atS = secondsAt(event, view);
      if (selects)
        props.onRegion({
          fromS: Math.max(0, Math.min(fromS, atS)),
          toS: Math.min(props.durationS, Math.max(fromS, atS)),
        });
      else props.onView(scrolled(view, fromS - atS, props.durationS));
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const pointer = pointers.current.get(event.pointerId);
      const alone = pointers.current.size === 1;
      pointers.current.delete(event.pointerId);
      if (pointer !== undefined && alone && Math.abs(pointer.x - pointer.startX) < dragPx)
        props.onSeek(secondsAt(event));
    },
    onPointerCancel(event: PointerEvent<HTMLElement>) {
      pointers.current.delete(event.pointerId);
    },
  };
}

/** Where a key takes the playhead; null when it is not for that. */
function movedBy(key: string, atS: number, { beatsS }: BeatGrid, durationS: number): number | null {
  if (key === "Home") return 0;
  if (key === "End") return durationS;
  if (key === "PageUp" || key === "PageDown") return atS + (key === "PageUp" ? -pageS : pageS);
  const step = 0.002;
  if (key === "ArrowRight") return beatsS.find((beatS) => beatS > atS + step) ?? durationS;
  if (key === "ArrowLeft") return beatsS.findLast((beatS) => beatS < atS - step) ?? 0;
  return null;
}

export function Wave(props: WaveProps) {
  const { durationS, grid, view, onView, positionS, onSeek } = props;
  const canvas = useDrawing(props);
  const pointers = usePointers(props);
  const atS = positionS();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "+" || event.key === "-") {
      onView(
        zoomed(
          view,
          event.key === "+" ? 1 / zoomStep : zoomStep,
          showing(view, atS, durationS) === view ? atS : (view.fromS + view.toS) / 2,
          durationS,
        ),
      );
      return;
    }
    const toS = movedBy(event.key, positionS(), grid, durationS);
    if (toS === null) return;
    event.preventDefault();
    const placeS = Math.min(durationS, Math.max(0, toS));
    onSeek(placeS);
    onView(showing(view, placeS, durationS));
  };
  return (
    <div
      className="wave"
      role="slider"
      tabIndex={0}
      aria-label="Place in the track"
      aria-valuemin={0}
      aria-valuemax={Math.round(durationS)}
      aria-valuenow={Math.round(atS)}
      aria-valuetext={placeText(atS, grid)}
      onKeyDown={onKeyDown}
      {...pointers}
    >
      <canvas ref={canvas} aria-hidden="true" />
    </div>
  );
}
