/** Essentia's modules as a browser can load them: those the package names first expect to be compiled before they are used. */
import Essentia from "essentia.js/dist/essentia.js-core.es.js";
import { EssentiaWASM } from "essentia.js/dist/essentia-wasm.es.js";

export default { Essentia, EssentiaWASM };
