/** What a platform's error code means for people. `{place}` stands for the channel or person that the message was for. */
export interface Trouble {
  /** One sentence: what is the case. */
  readonly cause: string;
  /** One sentence: what to do, and who does it. */
  readonly next: string;
}

/** Codes of one meaning, with their two sentences. */
export type TroubleRow = readonly [codes: readonly string[], cause: string, next: string];

export const nothingToDo = "Nothing to do: the hub tries again by itself.";
