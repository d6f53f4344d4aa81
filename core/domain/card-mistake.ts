/** One thing in a message that its chat refuses or draws wrongly. */
export interface CardMistake {
  /** A JSON pointer into what is sent: `/blocks/2/text`, `/body/0/text`. */
  readonly pointer: string;
  /** What is wrong there. */
  readonly message: string;
  /** What to do about it. */
  readonly todo: string;
  /** Who found it: the limits of the chat, or Microsoft's own parser of cards. */
  readonly found_by: "limits" | "parser";
}
