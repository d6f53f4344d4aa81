import type { Id, IdKind } from "../domain/ids.ts";

/** Where new ids and secrets come from. */
export interface Random {
  /** A fresh id that sorts by time of making. */
  id<Kind extends IdKind>(kind: Kind): Id<Kind>;
  /** 32 random bytes as 43 URL-safe signs. */
  token(): string;
  /** Between 0 and 1, for jitter. */
  fraction(): number;
}
