/** A video element for a file or an address, ready to be played. */

export interface OpenVideo {
  readonly element: HTMLVideoElement;
  /** Its sound may go through the page's own audio graph. Otherwise the browser plays it past the page. */
  readonly isAudible: boolean;
  close(): void;
}

/** What a server must answer within, or there is no video. */
const openWithinMs = 20_000;

function loaded(element: HTMLVideoElement, src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("The video does not come.")), openWithinMs);
    const over = (settle: () => void) => () => {
      clearTimeout(timer);
      settle();
    };
    element.addEventListener("loadedmetadata", over(resolve), { once: true });
    element.addEventListener(
      "error",
      over(() => reject(new Error(element.error?.message ?? "The video cannot be played."))),
      { once: true },
    );
    element.src = src;
  });
}

function videoElement(): HTMLVideoElement {
  const element = document.createElement("video");
  element.preload = "auto";
  element.playsInline = true;
  element.disableRemotePlayback = true;
  return element;
}

function letGo(element: HTMLVideoElement): void {
  element.pause();
  element.removeAttribute("src");
  element.load();
}

/** Rejects when the browser cannot read the file. */
export async function openVideoFile(file: File): Promise<OpenVideo> {
  const element = videoElement();
  const url = URL.createObjectURL(file);
  const close = () => {
    letGo(element);
    URL.revokeObjectURL(url);
  };
  try {
    await loaded(element, url);
    return { element, isAudible: true, close };
  } catch (error) {
    close();
    throw error;
  }
}

/**
 * Many servers let a page play their videos, few let it listen to them: asked first with the question whether it may (CORS),
 * then without. Rejects when it cannot be played either way.
 */
export async function openVideoAddress(url: string): Promise<OpenVideo> {
  for (const isAudible of [true, false]) {
    const element = videoElement();
    if (isAudible) element.crossOrigin = "anonymous";
    try {
      await loaded(element, url);
      return { element, isAudible, close: () => letGo(element) };
    } catch (error) {
      letGo(element);
      if (!isAudible) throw error;
    }
  }
  throw new Error("The video cannot be played.");
}
