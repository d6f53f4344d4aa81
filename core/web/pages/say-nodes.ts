import type { ComponentChildren } from "preact";
import { translate } from "../../words/say.ts";

/** Say a sentence that holds markup: sayNodes`Sent to ${<b>{name}</b>}.` Texts among the values are escaped as ever. */
export function sayNodes(
  english: TemplateStringsArray,
  ...values: readonly ComponentChildren[]
): ComponentChildren {
  return translate(english).map((piece) => (typeof piece === "number" ? values[piece] : piece));
}
