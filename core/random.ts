import { randomBytes } from "node:crypto";
import { v7 } from "uuid";
import { formatId } from "./domain/ids.ts";
import type { Random } from "./ports/random.ts";

const tokenBytes = 32;

/** Make ids and secrets from the machine's own randomness. Ids are UUID v7 inside: of one process, they sort by making. */
export function createRandom(): Random {
  return {
    id: (kind) => formatId(kind, v7(undefined, new Uint8Array(16))),
    token: () => randomBytes(tokenBytes).toString("base64url"),
    fraction: () => randomBytes(4).readUInt32BE() / 2 ** 32,
  };
}
