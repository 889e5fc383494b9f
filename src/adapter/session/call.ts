/** One request while it is worked on: what a request that takes long looks at in between. */
export interface Call {
  /** Its number. */
  readonly request: number;
  /** The client no longer wants the answer. */
  readonly isCancelled: boolean;
}

export class OpenCall implements Call {
  isCancelled = false;

  constructor(readonly request: number) {}
}
