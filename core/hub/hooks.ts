import { isAlone } from "../channels/destination-name.ts";
import { openValues, sealValues, signingKey } from "../destinations/hook-values.ts";
import { type Destination, type Hook, type HookKind, isChannel } from "../domain/destination.ts";
import type { DestinationId, OrganizationId } from "../domain/ids.ts";
import { nameTakenText } from "../messages/channel-texts.ts";
import { troubleOf } from "../messages/platform-troubles.ts";
import type { ConfigField, HookAdapter, HookValues } from "../ports/destination-hook.ts";
import type { Random } from "../ports/random.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";
import { languageNow, say } from "../words/say.ts";
import {
  type DestinationWish,
  type WishTrouble,
  wishTroubles,
  withWish,
} from "./destination-wish.ts";

/** The code of the kinds that this hub has. */
export type HookAdapters = ReadonlyMap<HookKind, HookAdapter>;

export interface HooksDeps {
  readonly organization: OrganizationId;
  readonly store: Store;
  readonly vault: Vault;
  readonly random: Random;
  readonly hooks: HookAdapters;
}

/** A hook that is to be made. */
export interface HookDraft extends DestinationWish {
  readonly kind: HookKind;
  readonly name: string;
  readonly values: HookValues;
}

export type HookMade =
  | {
      readonly kind: "saved";
      readonly destination: Hook;
      /** The key that its calls are signed with; nobody is shown it again. */
      readonly signingSecret?: string;
    }
  | { readonly kind: "refused"; readonly troubles: readonly WishTrouble[] };

/** Make a hook. Of two who write one name at the same moment, one is refused. */
export async function createHook(deps: HooksDeps, draft: HookDraft): Promise<HookMade> {
  const id = deps.random.id("destination");
  const values = valuesWith({}, draft.values);
  const bare = blankHook(deps, id, draft.kind);
  const troubles = [
    ...(await wishTroubles(deps, bare, { types: null, ...draft })),
    ...valueTroubles(deps, draft.kind, draft.name, values),
  ];
  if (troubles.length > 0) return { kind: "refused", troubles };
  const signingSecret = draft.kind === "webhook" ? newSigningSecret(deps.random) : undefined;
  const sealed = sealFor(deps, bare, {
    ...values,
    ...(signingSecret === undefined ? {} : { [signingKey]: signingSecret }),
  });
  const { formerNames: _, ...destination } = withWish(sealed, draft) as Hook;
  await deps.store.destinations.insert(destination as Destination);
  if (!(await isAlone(deps, destination as Destination))) {
    await deps.store.destinations.remove(id);
    const text = nameTakenText(draft.name, languageNow());
    return { kind: "refused", troubles: [{ key: "name", code: "name_taken", text }] };
  }
  return {
    kind: "saved",
    destination,
    ...(signingSecret === undefined ? {} : { signingSecret }),
  };
}

/** A key as Standard Webhooks writes it. */
export const newSigningSecret = (random: Pick<Random, "token">): string =>
  `whsec_${Buffer.from(random.token(), "base64url").toString("base64")}`;

const blankHook = (
  { organization }: Pick<HooksDeps, "organization">,
  id: DestinationId,
  kind: HookKind,
): Destination =>
  ({
    ...{ id, organization, revision: 1, name: "", kind },
    ...{ settings: {}, sealed: "", shown: {} },
  }) as Destination;

/** Put values into a hook, sealed for its id. */
export function sealFor(
  { vault, hooks }: Pick<HooksDeps, "vault" | "hooks">,
  hook: Destination,
  values: HookValues,
): Destination {
  const fields = hooks.get(hook.kind as HookKind)?.fields ?? [];
  return { ...hook, ...sealValues(vault, hook.id, fields, values) } as Destination;
}

/** What holds when this was typed over what was kept. An empty text takes away what is not secret. */
export function valuesWith(kept: HookValues, typed: HookValues, secret = new Set<string>()) {
  const said = Object.entries(typed).filter(
    ([key, text]) => text.trim() !== "" || !secret.has(key),
  );
  const all = { ...kept, ...Object.fromEntries(said.map(([key, text]) => [key, text.trim()])) };
  return Object.fromEntries(Object.entries(all).filter(([, text]) => text !== ""));
}

/** The values of a stored hook with what was typed over them. */
export function typedOver(
  { vault, hooks }: Pick<HooksDeps, "vault" | "hooks">,
  hook: Hook,
  typed: HookValues,
): HookValues {
  const fields = hooks.get(hook.kind)?.fields ?? [];
  const secret = new Set(fields.flatMap(({ key, secret: isSecret }) => (isSecret ? [key] : [])));
  return valuesWith(openValues(vault, hook), typed, secret);
}

/** Say what is wrong with the values of a kind: each field by its own rules, then all by the kind's. */
export function valueTroubles(
  { hooks }: Pick<HooksDeps, "hooks">,
  kind: HookKind,
  name: string,
  values: HookValues,
): readonly WishTrouble[] {
  const adapter = hooks.get(kind);
  if (!adapter) return [];
  const shape = adapter.fields.flatMap((field) => fieldTrouble(field, values[field.key]));
  const place = name === "" ? say`this destination` : name;
  const deeper = adapter.check(values).map(({ key, code, detail }) => {
    const { cause, next } = troubleOf(kind, `${code}: ${detail}`, place, languageNow());
    return { key, code, text: `${cause} ${next}` };
  });
  return [...shape, ...deeper];
}

function fieldTrouble(field: ConfigField, value: string | undefined): readonly WishTrouble[] {
  const { key, label, most, input, choices } = field;
  if (value === undefined) return [];
  const refuse = (text: string) => [{ key, code: "value_bad", text }];
  if (value.length > most)
    return refuse(say`${label} may have ${most} characters; it has ${value.length}.`);
  if (choices && !choices.includes(value))
    return refuse(say`${label} is one of ${choices.join(", ")}.`);
  const seconds = Number(value);
  return input === "seconds" && !(Number.isInteger(seconds) && seconds >= 1 && seconds <= 30)
    ? refuse(say`${label} is a whole number from 1 to 30.`)
    : [];
}

/** What is worth knowing of a saved hook and no obstacle. */
export function remarksOn(
  deps: Pick<HooksDeps, "vault" | "hooks">,
  destination: Destination,
): readonly string[] {
  if (isChannel(destination)) return [];
  const adapter = deps.hooks.get(destination.kind);
  const found = adapter?.remarks(openValues(deps.vault, destination)) ?? [];
  return found.map(({ code, detail }) => {
    const { cause, next } = troubleOf(
      destination.kind,
      `${code}: ${detail}`,
      destination.name,
      languageNow(),
    );
    return `${cause} ${next}`;
  });
}
