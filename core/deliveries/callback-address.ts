import type { Approval } from "../domain/approval.ts";
import { type CallbackAddress, producerCallbackPlace } from "../domain/callback-address.ts";
import type { EventId, ProducerId } from "../domain/ids.ts";
import type { Store } from "../ports/store.ts";
import type { Vault } from "../ports/vault.ts";

const placeOf = (event: EventId) => `callback of ${event}`;

/** Seal an address for the event that names it, and for the request that this event opens. What is sealed stays so. */
export function sealAddress(
  vault: Pick<Vault, "lasting">,
  event: EventId,
  address: CallbackAddress,
): CallbackAddress {
  if (typeof address !== "string") return address;
  const sealed = vault.lasting.seal(address, placeOf(event));
  return { origin: new URL(address).origin, sealed };
}

/** Open an address to call it. One that was stored before addresses were sealed is in clear. */
export const openAddress = (
  vault: Pick<Vault, "lasting">,
  event: EventId,
  address: CallbackAddress,
): string =>
  typeof address === "string" ? address : vault.lasting.open(address.sealed, placeOf(event));

type Called = Pick<Approval, "event" | "producer" | "callbackOf"> & {
  readonly callback: CallbackAddress;
};

/** The own address of a request's producer as it is now; undefined where its event named one, or where there is none. */
export async function ownAddressOf(
  { producers }: Pick<Store, "producers">,
  { callbackOf, producer }: Called,
): Promise<CallbackAddress | undefined> {
  return callbackOf === "producer" ? (await producers.get(producer))?.callback : undefined;
}

/**
 * Open the address at which the end of a request is told. A wrong one of the producer may have been corrected since the
 * request was opened; then what is tried or asked for again goes there.
 */
export async function openCallback(
  store: Pick<Store, "producers">,
  vault: Pick<Vault, "lasting" | "open">,
  request: Called,
): Promise<string> {
  const own = await ownAddressOf(store, request);
  return own === undefined
    ? openAddress(vault, request.event, request.callback)
    : openOwnAddress(vault, request.producer, own);
}

/** Seal the address at which a producer is called back by default. Keys are rotated over it like over its secret. */
export function sealOwnAddress(
  vault: Pick<Vault, "seal">,
  producer: ProducerId,
  address: string,
): CallbackAddress {
  const sealed = vault.seal(address, producerCallbackPlace(producer));
  return { origin: new URL(address).origin, sealed };
}

/** Open a producer's own address. One that was stored before addresses were sealed is in clear. */
export const openOwnAddress = (
  vault: Pick<Vault, "open">,
  producer: ProducerId,
  address: CallbackAddress,
): string =>
  typeof address === "string"
    ? address
    : vault.open(address.sealed, producerCallbackPlace(producer));
