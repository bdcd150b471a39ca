/** Classes people make themselves: saving, deleting, taking out as files, and their soundtrack before they are saved. */
import { Type, type Static } from "typebox";
import { ClassDocument } from "../class-json.ts";

export { ClassDocument } from "../class-json.ts";

/** POST /v1/soundtracks/preview {class, seed?} -> SoundtrackAnswer; nothing is kept. */
export const PreviewRequest = Type.Object({
  class: ClassDocument,
  seed: Type.Optional(Type.Integer({ minimum: 0, maximum: 2 ** 31 })),
});

/** GET /v1/classes/{id}/file?format=zwo|json: the class as a file, and in plain sentences what the format cannot say. */
export const ClassFileQuery = Type.Object({ format: Type.Enum(["zwo", "json"]) });
export const ClassFile = Type.Object({
  fileName: Type.String(),
  text: Type.String(),
  losses: Type.Array(Type.String()),
});
export type ClassFile = Static<typeof ClassFile>;
