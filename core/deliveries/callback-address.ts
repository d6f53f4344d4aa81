import { type CallbackAddress, producerCallbackPlace } from "../domain/callback-address.ts";
import type { EventId, ProducerId } from "../domain/ids.ts";
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
