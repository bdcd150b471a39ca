/** Where a list goes on: after the entry with this time (or number) and id. What comes or goes meanwhile shifts nothing. */
export interface Position {
  readonly at: number;
  readonly id: string;
}

export interface PageWish {
  readonly after: Position | null;
  readonly limit: number;
}
