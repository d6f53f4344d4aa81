/** Secrets at rest: AES-256-GCM under a key ring, newest key first. */
export interface Vault {
  /** Seal a secret for one place; opened under another place it fails, so a sealed text cannot be moved. */
  seal(secret: string, place: string): string;
  /** Open a sealed secret. Throws `HubError("secret_unreadable")` when no key of the ring fits. */
  open(sealed: string, place: string): string;
  /** HMAC-SHA256 under a key made for one purpose, 32 hex signs. Stable for the life of the data folder. */
  mac(purpose: string, text: string): string;
}

/** What the vault works with. */
export interface VaultKeys {
  /** Newest first: the first seals, all open. Never empty. */
  readonly ring: readonly Buffer[];
  /** Where the keys of `mac` come from. It outlives every rotation of the ring. */
  readonly root: Buffer;
}
