/** One place in a request that is wrong. */
export interface ProblemAt {
  /** A JSON pointer into the body, or the name of a header or parameter. */
  readonly pointer: string;
  readonly message: string;
}

/** Why a request was refused, ready to be told as RFC 9457 problem+json. */
export interface Problem {
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;
  readonly title: string;
  /** What came and what was expected. */
  readonly detail: string;
  /** What to do. */
  readonly hint?: string;
  readonly errors?: readonly ProblemAt[];
  /** Sent as `Retry-After`. */
  readonly retryAfterS?: number;
}
