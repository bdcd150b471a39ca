/** What a progress bar is drawn from; the shape in which the server tells of its library. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly failed: number;
  readonly tracksPerMinute: number;
  readonly secondsLeft: number | null;
  readonly current: string | null;
}

const barCells = 24;
const clearLine = "\u001B[2K";

function clockOf(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** One line without its end, such as "[######......] 12/24, 45 a minute, 0:16 left  Song.flac". */
export function progressLine(progress: Progress): string {
  const { done, total, failed, tracksPerMinute, secondsLeft, current } = progress;
  const cells = total === 0 ? 0 : Math.round((done / total) * barCells);
  const parts = [`${done}/${total}`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (tracksPerMinute > 0) parts.push(`${Math.round(tracksPerMinute)} a minute`);
  if (secondsLeft !== null && done < total) parts.push(`${clockOf(secondsLeft)} left`);
  return `[${"#".repeat(cells)}${".".repeat(barCells - cells)}] ${parts.join(", ")}  ${current ?? ""}`.trimEnd();
}

export interface ProgressBar {
  show(progress: Progress): void;
  /** Leaves the last state standing. */
  end(): void;
}

/** Draws over one line of a terminal; elsewhere writes a line at each tenth. */
export function createProgressBar(stream: NodeJS.WriteStream): ProgressBar {
  let tenth = -1;
  return {
    show(progress) {
      if (progress.total === 0) return;
      if (stream.isTTY) {
        const line = progressLine(progress).slice(0, Math.max(20, stream.columns - 1));
        stream.write(`\r${clearLine}${line}`);
        return;
      }
      const reached = Math.floor((progress.done / progress.total) * 10);
      if (reached === tenth) return;
      tenth = reached;
      stream.write(`${progressLine(progress)}\n`);
    },
    end() {
      if (stream.isTTY) stream.write("\n");
    },
  };
}
