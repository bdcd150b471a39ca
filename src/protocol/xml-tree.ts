import { SaxesParser } from "saxes";
import { ClassFileError } from "./class-file-error.ts";

/** An element; names and attribute names in lower case, because files in the wild differ in nothing but that. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Its own text, without that of its children. */
  readonly text: string;
}

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
  text: string;
}

/** Class files nest four deep. */
const maxDepth = 16;
const maxElements = 20_000;

/**
 * Reads a small XML document into a tree. No DOCTYPE, hence no entities of its own and nothing external.
 * @throws ClassFileError for what is not well-formed, has a DOCTYPE, or is too deep or too large
 */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: false });
  const open: OpenElement[] = [];
  let root: XmlElement | null = null;
  let elements = 0;
  parser.on("error", (error) => {
    throw new ClassFileError(
      `The file is not well-formed XML (line ${parser.line}): ${shorten(error.message)}`,
    );
  });
  parser.on("doctype", () => {
    throw new ClassFileError("The file has a DOCTYPE, which class files never need; it is refused.");
  });
  parser.on("opentag", (tag) => {
    elements += 1;
    if (open.length >= maxDepth) throw new ClassFileError(`The file nests deeper than ${maxDepth} elements.`);
    if (elements > maxElements) throw new ClassFileError(`The file has more than ${maxElements} elements.`);
    const attributes = new Map(
      Object.entries(tag.attributes).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const element: OpenElement = { name: tag.name.toLowerCase(), attributes, children: [], text: "" };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (piece: string): void => {
    const current = open.at(-1);
    if (current !== undefined) current.text += piece;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => void open.pop());
  parser.write(text).close();
  if (root === null) throw new ClassFileError("The file holds no XML element.");
  return root;
}

/** The parser's complaint without its position, on one line. */
function shorten(message: string): string {
  return message
    .replace(/^(\d+:)+\d*:?\s*/, "")
    .replace(/\s+/g, " ")
    .slice(0, 160);
}

/** Text made safe for an attribute or an element; characters XML cannot carry are dropped. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "")
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\t/g, "&#9;")
    .replace(/\n/g, "&#10;")
    .replace(/\r/g, "&#13;");
}
