import type { Destination, DestinationState, HookKind } from "../../domain/destination.ts";
import { isChannel, stateOf } from "../../domain/destination.ts";
import type { DestinationId } from "../../domain/ids.ts";
import { parseId } from "../../domain/ids.ts";
import type { Language } from "../../domain/message.ts";
import type { DestinationWish } from "../../hub/destination-wish.ts";
import type { ConfigField } from "../../ports/destination-hook.ts";

/** What stands in the form of a destination, as typed. */
export interface TypedPlace {
  readonly name: string;
  /** By the keys of the kind's fields. A secret that stays is empty. */
  readonly values: Readonly<Record<string, string>>;
  /** Every type, whatever is chosen below; only channels may. */
  readonly allTypes: boolean;
  readonly types: readonly string[];
  readonly state: DestinationState;
  readonly testTarget: string;
  readonly fallback: string;
  readonly language: Language;
  readonly description: string;
  readonly application: string;
  readonly environment: string;
  /** The event type whose sample a test posts. */
  readonly sample: string;
}

type Form = Readonly<Record<string, unknown>>;

const textAt = (form: Form, key: string): string => {
  const value = form[key];
  return typeof value === "string" ? value.replaceAll("\r\n", "\n") : "";
};

const listAt = (form: Form, key: string): readonly string[] => {
  const value = form[key];
  const all = Array.isArray(value) ? value : [value];
  return all.filter((one): one is string => typeof one === "string" && one !== "");
};

/** Read the form. */
export function readPlaceForm(form: Form, fields: readonly ConfigField[]): TypedPlace {
  const state = textAt(form, "state");
  const others = textAt(form, "other_types")
    .split(/[\s,]+/)
    .filter((one) => one !== "");
  return {
    name: textAt(form, "name").trim(),
    values: Object.fromEntries(fields.map(({ key }) => [key, textAt(form, `field_${key}`)])),
    allTypes: textAt(form, "all_types") === "on",
    types: [...new Set([...listAt(form, "types"), ...others])],
    state: state === "disabled" || state === "test" ? state : "active",
    testTarget: textAt(form, "test_target"),
    fallback: textAt(form, "fallback"),
    language: textAt(form, "language") === "de" ? "de" : "en",
    description: textAt(form, "description").trim(),
    application: textAt(form, "application").trim(),
    environment: textAt(form, "environment").trim(),
    sample: textAt(form, "sample"),
  };
}

/** What the form of a saved destination shows. Secrets are never written back into a page. */
export function typedOf(destination: Destination): TypedPlace {
  const { name, types, testTarget, fallback, labels } = destination;
  return {
    name,
    values: isChannel(destination) ? {} : destination.settings,
    allTypes: types === undefined,
    types: types ?? [],
    state: stateOf(destination),
    testTarget: testTarget ?? "",
    fallback: fallback ?? "",
    language: destination.language ?? "en",
    description: labels?.description ?? "",
    application: labels?.application ?? "",
    environment: labels?.environment ?? "",
    sample: "",
  };
}

/** What the form of a new destination begins with. */
export const blankPlace = (fields: readonly ConfigField[]): TypedPlace => ({
  name: "",
  values: Object.fromEntries(fields.map(({ key, initial }) => [key, initial ?? ""])),
  allTypes: false,
  types: [],
  state: "active",
  language: "en",
  ...{ testTarget: "", fallback: "", description: "", application: "", environment: "" },
  sample: "",
});

const idOrNull = (text: string): DestinationId | null => parseId("destination", text) ?? null;

/** What the form asks for. */
export function wishOfForm(typed: TypedPlace, kind: HookKind | "channel"): DestinationWish {
  const { name, allTypes, types, state, description, application, environment } = typed;
  const isHook = kind !== "channel";
  return {
    name,
    types: !isHook && allTypes ? null : types,
    state,
    testTarget: idOrNull(typed.testTarget),
    fallback: idOrNull(typed.fallback),
    language: typed.language,
    labels: { description, application, environment },
    ...(isHook ? { values: typed.values } : {}),
  };
}
