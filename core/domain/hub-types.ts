/** Every type that the hub raises itself (FEATURES §5.2, and what it says besides): the catalogue has each, and no other. */
export const hubTypes = [
  "approval.created",
  "approval.approved",
  "approval.rejected",
  "approval.expired",
  "approval.cancelled",
  "approval.pin_failed",
  "approval.locked",
  "approval.executed",
  "approval.granted",
  "approval.failed",
  "approval.fulfilled",
  "approval.revoked",
  "installation.revoked",
  "installation.secret_expiring",
  "installation.account_linked",
  "destination.broken",
  "destination.hello",
  "callback.failed",
] as const;

export type HubType = (typeof hubTypes)[number];
