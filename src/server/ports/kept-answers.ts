/** What a request that creates was answered, kept so that the same request again creates nothing. */
export interface KeptAnswer {
  /** Of the request's body, so that a key that stands for something else shows. */
  readonly bodyHash: string;
  readonly status: number;
  /** As it was sent. */
  readonly body: string;
}

export interface KeptAnswers {
  /** Null when there is none, or it is a day old. */
  get(key: string): Promise<KeptAnswer | null>;
  put(key: string, personId: string, answer: KeptAnswer): Promise<void>;
}
