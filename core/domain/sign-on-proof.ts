/** A sign-in at the issuer of single sign-on, as its token vouches for it. */
export interface SignOnProof {
  readonly issuer: string;
  /** The issuer's own id of the account. */
  readonly subject: string;
  /** When the person signed in there: `auth_time`, not when they came back here. */
  readonly at: Date;
}

/**
 * How long a sign-in proves votes, in minutes: enough to read a request, and no longer than somebody stays at their
 * desk. A vote after that needs another sign-in.
 */
export const freshMinutes = 10;

/** How far the issuer's clock may be ahead of ours. */
const aheadMs = 60_000;

/** Tell whether a sign-in is fresh enough to prove a vote at this moment. */
export function isFresh(proof: Pick<SignOnProof, "at"> | undefined, at: Date): boolean {
  if (!proof) return false;
  const age = at.getTime() - proof.at.getTime();
  return age >= -aheadMs && age <= freshMinutes * 60_000;
}
