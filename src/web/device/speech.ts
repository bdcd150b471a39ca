/** Some browsers never say that an utterance ended; after this long per character the music comes back anyway. */
const longestMsPerCharacter = 150;
const longestBaseMs = 2_000;

/**
 * Speaks a text in the page's language. `onSpeaking` tells when the voice begins and when it is silent again, so that
 * music can be ducked under it. A new text replaces the one under way. Without voices nothing happens.
 */
export class Coach {
  readonly #onSpeaking: (speaking: boolean) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #current: SpeechSynthesisUtterance | null = null;

  constructor(onSpeaking: (speaking: boolean) => void) {
    this.#onSpeaking = onSpeaking;
  }

  say(text: string): void {
    if (!("speechSynthesis" in globalThis) || speechSynthesis.getVoices().length === 0) return;
    this.silence();
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.lang = document.documentElement.lang || "en";
    utterance.addEventListener("start", () => {
      if (this.#current === utterance) this.#onSpeaking(true);
    });
    const over = () => {
      if (this.#current === utterance) this.#over();
    };
    utterance.addEventListener("end", over);
    utterance.addEventListener("error", over);
    this.#current = utterance;
    this.#timer = setTimeout(over, longestBaseMs + text.length * longestMsPerCharacter);
    speechSynthesis.speak(utterance);
  }

  silence(): void {
    if (this.#current === null) return;
    speechSynthesis.cancel();
    this.#over();
  }

  #over(): void {
    clearTimeout(this.#timer);
    this.#current = null;
    this.#onSpeaking(false);
  }
}
