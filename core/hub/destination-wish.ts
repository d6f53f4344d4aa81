import { nameTrouble } from "../channels/destination-name.ts";
import {
  type Destination,
  type DestinationLabels,
  type DestinationState,
  isChannel,
  stateOf,
} from "../domain/destination.ts";
import type { EventTexts } from "../domain/event-type.ts";
import type { DestinationId, OrganizationId } from "../domain/ids.ts";
import type { Language } from "../domain/message.ts";
import { noEventTypeText } from "../messages/channel-texts.ts";
import { textMistakes } from "../messages/text-mistakes.ts";
import type { HookValues } from "../ports/destination-hook.ts";
import type { Store } from "../ports/store.ts";
import { languageNow, say } from "../words/say.ts";

/** What to change of a destination; what is left out stays. The channel of a chat is changed by `Channels.move`. */
export interface DestinationWish {
  readonly name?: string;
  readonly fallback?: DestinationId | null;
  readonly state?: DestinationState;
  readonly testTarget?: DestinationId | null;
  /** Null: all types, which only channels may take. */
  readonly types?: readonly string[] | null;
  readonly labels?: DestinationLabels;
  readonly language?: Language;
  /** Null: the texts of types and rules. */
  readonly message?: EventTexts | null;
  /** For a hook: what was typed. What is left out stays, and an empty text takes a value away that is not secret. */
  readonly values?: HookValues;
}

/** What is wrong with one part of a wish. */
export interface WishTrouble {
  /** The part, or the key of a hook's field. */
  readonly key: string;
  /** A code of FEATURES §6.1, or one of our own. */
  readonly code: string;
  readonly text: string;
}

interface Reads {
  readonly organization: OrganizationId;
  readonly store: Store;
}

/** A type as rules name it: whole, or a beginning with a star. */
const typePattern = /^(?:\*|[A-Za-z0-9][A-Za-z0-9._-]{0,127}\*?)$/;

/** Say what of a wish cannot be, whatever kind the destination is. `found` is as it stands, or as it would be made. */
export async function wishTroubles(
  deps: Reads,
  found: Destination,
  wish: DestinationWish,
): Promise<readonly WishTrouble[]> {
  const { name, types, state } = wish;
  const named =
    name !== undefined && name !== found.name ? await nameTrouble(deps, name, found.id) : undefined;
  const target = wish.testTarget === undefined ? found.testTarget : wish.testTarget;
  const targetTrouble = await testTargetTrouble(deps, found, target ?? undefined, state);
  return [
    ...(named ? [{ key: "name", code: named.code, text: named.text }] : []),
    ...typeTroubles(found, types),
    ...messageTroubles(wish),
    ...(await fallbackTroubles(deps, found, wish.fallback)),
    ...(targetTrouble ? [targetTrouble] : []),
  ];
}

function messageTroubles({ message }: DestinationWish): readonly WishTrouble[] {
  const [mistake] = message ? textMistakes(message, "/message") : [];
  if (!mistake) return [];
  const text = `${mistake.pointer}: ${mistake.message}`;
  return [{ key: "message", code: "template_invalid", text }];
}

function typeTroubles(
  found: Destination,
  types: readonly string[] | null | undefined,
): readonly WishTrouble[] {
  if (types === undefined || (types === null && isChannel(found))) return [];
  const bad = types?.find((type) => !typePattern.test(type));
  if (bad !== undefined) {
    const text = say`“${bad}” is no event type: a whole type such as deploy.requested, or a beginning with a star.`;
    return [{ key: "types", code: "type_bad", text }];
  }
  return types && types.length > 0
    ? []
    : [{ key: "types", code: "no_event_type", text: noEventTypeText(languageNow()) }];
}

async function fallbackTroubles(
  deps: Reads,
  found: Destination,
  fallback: DestinationId | null | undefined,
): Promise<readonly WishTrouble[]> {
  if (fallback === undefined || fallback === null) return [];
  const place = await deps.store.destinations.get(fallback);
  if (place && place.organization === found.organization && place.id !== found.id) return [];
  const text = say`The fallback is another destination of this hub.`;
  return [{ key: "fallback", code: "fallback_unknown", text }];
}

async function testTargetTrouble(
  deps: Reads,
  found: Destination,
  target: DestinationId | undefined,
  wished: DestinationState | undefined,
): Promise<WishTrouble | undefined> {
  const isTesting = (wished ?? (found.testing ? "test" : "active")) === "test";
  const refuse = (text: string) => ({ key: "test_target", code: "test_target_bad", text });
  if (target === undefined) {
    return isTesting
      ? refuse(say`In test, everything goes to a test target. Name one, then switch to test.`)
      : undefined;
  }
  const place = await deps.store.destinations.get(target);
  if (!place || place.organization !== found.organization || place.id === found.id) {
    return refuse(say`The test target is another destination of this hub.`);
  }
  return isTesting && (place.testing || place.disabled)
    ? refuse(
        say`${place.name} is not active itself, so nothing would arrive there. Pick another one.`,
      )
    : undefined;
}

/** Make what a wish makes of a destination, values apart. */
export function withWish(found: Destination, wish: DestinationWish): Destination {
  const { disabled: _, testing: __, testTarget, types, labels, fallback, ...rest } = found;
  const { language, message, ...plain } = rest;
  const said = wish.language ?? language;
  const state = wish.state ?? stateOf(found);
  return {
    ...withName(plain as Destination, wish.name ?? found.name),
    ...(state === "disabled" ? { disabled: true } : {}),
    ...(state === "test" ? { testing: true } : {}),
    ...chosen("testTarget", wish.testTarget, testTarget),
    ...chosen("types", wish.types && [...new Set(wish.types)], types),
    ...chosen("fallback", wish.fallback, fallback),
    ...chosen("message", wish.message, message),
    ...(said === undefined || said === "en" ? {} : { language: said }),
    ...withLabels({ ...labels, ...wish.labels }),
  } as Destination;
}

/** What is wished for under a key, else what was there; null takes it away. */
function chosen<Value>(key: string, wished: Value | null | undefined, kept: Value | undefined) {
  const value = wished === undefined ? kept : (wished ?? undefined);
  return value === undefined ? {} : { [key]: value };
}

/** A channel that is renamed here is still called what it is called there. */
function withName(found: Destination, name: string): Destination {
  const { channelName, formerNames = [], ...plain } = found;
  const label = isChannel(found) ? (channelName ?? found.name) : name;
  const names = [...formerNames, found.name].filter((former) => former !== name);
  return {
    ...plain,
    name,
    ...(label === name ? {} : { channelName: label }),
    ...(names.length > 0 ? { formerNames: [...new Set(names)] } : {}),
  } as Destination;
}

function withLabels(labels: DestinationLabels): { readonly labels?: DestinationLabels } {
  const said = Object.entries(labels).filter(([, text]) => text !== "");
  return said.length === 0 ? {} : { labels: Object.fromEntries(said) };
}
