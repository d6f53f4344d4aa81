/** Seals secrets for places. */
export interface Sealer {
  /** Seal a secret for one place; opened under another place it fails, so a sealed text cannot be moved. */
  seal(secret: string, place: string): string;
  /** Open a sealed secret. Throws `HubError("secret_unreadable")` when no key of the ring fits. */
  open(sealed: string, place: string): string;
}

/** Secrets at rest: AES-256-GCM under a key ring, newest key first. */
export interface Vault extends Sealer {
  /**
   * Seals for records that nobody writes again. Its key comes from the root as those of `mac` do, so no rotation retires
   * it; it keeps from a copy of the database what is not worth a look at every event whenever keys are rotated. The same
   * secret for the same place gives the same text, so a step that is taken again writes what it wrote before.
   */
  readonly lasting: Sealer;
  /** HMAC-SHA256 under a key made for one purpose, 32 hex signs. Stable for the life of the database. */
  mac(purpose: string, text: string): string;
}

/** A vault whose ring is exchanged while it works. */
export interface RotatingVault extends Vault {
  /** Work with these keys from now on, newest first. */
  useRing(ring: readonly Buffer[]): void;
  /** Tell whether the newest key sealed this text; it may still not open. */
  isNewest(sealed: string): boolean;
  /** The fingerprint of the newest key, which says nothing about it. */
  newestName(): string;
}

/** Where the key ring is kept from one start to the next. */
export interface KeyRing {
  /** The operator's keys stand in COUNTERSIGN_KEYS: the hub cannot make a newer one. */
  readonly keptBy: "hub" | "operator";
  /** Newest first. */
  read(): readonly Buffer[];
  /** Put a fresh key before all others. It is on disk when the ring is answered. */
  add(): readonly Buffer[];
  /** Forget, on disk, every key of the hub's own that is not the newest of the ring. Answers the ring that is left. */
  retire(): readonly Buffer[];
}

/** What the vault works with. */
export interface VaultKeys {
  /** Newest first: the first seals, all open. Never empty. */
  readonly ring: readonly Buffer[];
  /** Where the keys of `mac` come from. It outlives every rotation of the ring. */
  readonly root: Buffer;
}
