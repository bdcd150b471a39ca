/** The folders of the server's machine. */
export interface Folders {
  /** The absolute path of a readable folder, links resolved; rejects with `Refusal` "invalid" otherwise. */
  real(path: string): Promise<string>;
}
