import type { HookKind } from "../domain/destination.ts";
import type { JsonObject } from "../domain/json.ts";
import type { Message } from "../domain/message.ts";
import type { DestinationAdapter, Posting } from "./chat-platform.ts";

/** One setting of a kind of destination. Form, validation and API read the same list. */
export interface ConfigField {
  /** Its name in the API. */
  readonly key: string;
  readonly label: string;
  /** One or two sentences under the field. */
  readonly help: string;
  /** What may be typed; headers are lines of `Name: value`. */
  readonly input: "address" | "choice" | "seconds" | "headers" | "body";
  readonly required?: true;
  /** Sealed at rest; it is never shown again, and stays where it is left empty. */
  readonly secret?: true;
  readonly choices?: readonly string[];
  /** What holds where nothing is typed. */
  readonly initial?: string;
  /** The most characters. */
  readonly most: number;
}

/** What was typed, by the keys of fields; what was left empty is absent. */
export type HookValues = Readonly<Record<string, string>>;

/** What is wrong with one value: a code of FEATURES §6.1, and the words that fill its sentence. */
export interface FieldTrouble {
  readonly key: string;
  readonly code: string;
  readonly detail: string;
}

/** What would go out. */
export interface HookPreview {
  readonly body?: string;
  /** Why nothing would: a code of FEATURES §6.1 with the words of its sentence. */
  readonly trouble?: { readonly code: string; readonly detail: string };
  /** What placeholders may name; absent where a kind has none. */
  readonly scope?: JsonObject;
}

/** The code of a kind that takes messages at an address. */
export interface HookAdapter<Kind extends HookKind = HookKind> extends DestinationAdapter<Kind> {
  readonly fields: readonly ConfigField[];
  /** Say what is wrong with these values before anything is saved or sent; nothing is looked up. */
  check(values: HookValues): readonly FieldTrouble[];
  /** Show what would go out for an event, strictly: a field that it lacks is named. Nothing is sent. */
  preview(values: HookValues, message: Message, posting: Posting): Promise<HookPreview>;
  /** What is worth knowing and no obstacle: an address of an old form. */
  remarks(values: HookValues): readonly FieldTrouble[];
}
