/** A class somebody made or imported, sealed. Its id here says nothing: the class's own is made from its title. */
export interface OwnClassRow {
  readonly personId: string;
  readonly id: string;
  readonly sealed: Uint8Array;
}

/** Classes people made or imported; the built-in catalogue is code. */
export interface OwnClassStore {
  /** Insert or replace. */
  putOwnClass(row: OwnClassRow): Promise<void>;
  /** In no order. */
  ownClassesOf(personId: string): Promise<readonly OwnClassRow[]>;
  removeOwnClass(personId: string, id: string): Promise<void>;
  /** JSON of classes from before they were a person's and sealed: they are the owner's, until they are forgotten here. */
  earlierClasses(): Promise<readonly string[]>;
  forgetEarlierClasses(): Promise<void>;
}
