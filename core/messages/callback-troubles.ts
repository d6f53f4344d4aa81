import type { Language } from "../domain/message.ts";
import { codeOf } from "../domain/send-result.ts";
import { textsIn } from "./catalogue.ts";
import type { Trouble } from "./troubles/trouble.ts";

/**
 * Say what the failure of a callback means, and what to do: its cause, and the next step with who does it. A code that
 * nobody named is shown as it came.
 */
export function callbackTrouble(because: string, host: string, language?: Language): Trouble {
  const code = codeOf(because);
  const { callbacks } = textsIn(language).troubles;
  const { other, otherStatus, ...known } = callbacks;
  const named = new Map<string, Trouble>(Object.entries(known)).get(code);
  const { cause, next } = named ?? (code.startsWith("http_") ? otherStatus : other);
  const said = cause
    .replaceAll("{status}", () => code.slice(5))
    .replaceAll("{code}", () => code)
    .replaceAll("{host}", () => host);
  return { cause: said, next };
}

/** Every code of a callback that has sentences of its own. */
export const callbackCodes = (): readonly string[] =>
  Object.keys(textsIn("en").troubles.callbacks).filter((code) => !code.startsWith("other"));
