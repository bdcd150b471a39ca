/** Everything that runs on the audio thread, as one module for `audioWorklet.addModule`. */
import "./deck-processor.ts";
import "./metronome-processor.ts";
import "./microphone-processor.ts";
