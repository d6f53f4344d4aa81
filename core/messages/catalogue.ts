import type { Language } from "../domain/message.ts";
import { de } from "./catalogue/de.ts";
import { en } from "./catalogue/en.ts";

/** The members of a catalogue, whatever its language: a text that one has and another lacks is a compile error. */
type Texts<Sample> = Sample extends string
  ? string
  : Sample extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { readonly [Name in keyof Sample]: Texts<Sample[Name]> };

export type Catalogue = Texts<typeof en>;

const catalogues: Readonly<Record<Language, Catalogue>> = { en, de };

/** The texts of a language; English where none is chosen. */
export const textsIn = (language: Language | undefined): Catalogue => catalogues[language ?? "en"];
