import { AsyncLocalStorage } from "node:async_hooks";
import type { Language } from "../domain/message.ts";
import { german } from "./german.ts";

/** Who reads right now. As with who acts, it travels beside the calls, so that no page can forget to hand it on. */
const reading = new AsyncLocalStorage<Language>();

/** Run a step, and everything that it begins, for a reader of a language. */
export const readIn = <Result>(language: Language, step: () => Result): Result =>
  reading.run(language, step);

/** The language of whoever reads: English for whatever is not a page that somebody asked for. */
export const languageNow = (): Language => reading.getStore() ?? "en";

/** A piece of a sentence: words, or the number of the value that stands there. */
export type Piece = string | number;

/**
 * Put an English sentence into the reader's language. English itself is the key: the words stand where they are used,
 * and `{0}` holds the place of the first value. A sentence that has no German is read in English; a test finds it.
 */
export function translate(english: TemplateStringsArray): readonly Piece[] {
  const key = keyOf(english);
  return piecesOf(languageNow() === "de" ? (german[key] ?? key) : key);
}

/** Say something to whoever reads: say`Attempt ${number} goes out now.` Nothing is escaped. */
export function say(
  english: TemplateStringsArray,
  ...values: readonly (string | number)[]
): string {
  return translate(english)
    .map((piece) => (typeof piece === "number" ? values[piece] : piece))
    .join("");
}

/** Where one English word stands for two things: sayAs("verb")`Open` has the key `verb: Open`. */
export const sayAs =
  (sense: string) =>
  (english: TemplateStringsArray): string => {
    const word = keyOf(english);
    return languageNow() === "de" ? (german[`${sense}: ${word}`] ?? word) : word;
  };

/** Put a sentence that came as a record, such as what a built-in event type is about, into the reader's language. */
export const sayKept = (english: string): string =>
  languageNow() === "de" ? (german[english] ?? english) : english;

/** Write a count as the reader's language writes it: 1,000 or 1.000. */
export const sayNumber = (count: number): string => count.toLocaleString(languageNow());

const keys = new WeakMap<TemplateStringsArray, string>();

function keyOf(english: TemplateStringsArray): string {
  let key = keys.get(english);
  if (key === undefined) {
    key = english.reduce((before, part, at) => `${before}{${at - 1}}${part}`);
    keys.set(english, key);
  }
  return key;
}

const known = new Map<string, readonly Piece[]>();

/** Sentences are few and come from the source alone, so what was cut once is kept. */
function piecesOf(sentence: string): readonly Piece[] {
  let pieces = known.get(sentence);
  if (!pieces) {
    pieces = sentence
      .split(/\{(\d)\}/u)
      .map((piece, at) => (at % 2 === 1 ? Number(piece) : piece))
      .filter((piece) => piece !== "");
    known.set(sentence, pieces);
  }
  return pieces;
}
