/** What a platform's error code means for people. */
export interface Trouble {
  /** One sentence: what is the case. */
  readonly cause: string;
  /** One sentence: what to do, and who does it. */
  readonly next: string;
}
