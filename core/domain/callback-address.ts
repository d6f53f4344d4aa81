import type { ProducerId } from "./ids.ts";

/**
 * Where a producer is called back: an address as it came, or as it is stored. Stored, only its origin is in clear, for
 * the rest may hold a secret.
 */
export type CallbackAddress = string | { readonly origin: string; readonly sealed: string };

/** The part of an address that is always in clear. */
export const callbackOrigin = (address: CallbackAddress): URL =>
  new URL(typeof address === "string" ? address : address.origin);

/** What people read of an address: its host, with the port where one is named. */
export const callbackHost = (address: CallbackAddress): string => callbackOrigin(address).host;

/** Where a producer's own address is sealed: another place than its secret's, so that the two cannot be exchanged. */
export const producerCallbackPlace = (producer: ProducerId) => `callback of ${producer}`;
