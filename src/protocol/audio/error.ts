/** The bytes are not audio we can decode; the message is one clear line, to follow "… cannot be used:". */
export class AudioDecodeError extends Error {
  override name = "AudioDecodeError";
}
