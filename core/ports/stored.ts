import type { OrganizationId } from "../domain/ids.ts";

/** What every stored record has. */
export interface Stored {
  readonly id: string;
  /** Who owns it. Nothing crosses from one organization to another. */
  readonly organization: OrganizationId;
  readonly revision: number;
}

export type KeyPart = string | number | Date;
