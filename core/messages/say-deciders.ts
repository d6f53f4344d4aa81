import { anyApprover, type Policy, sayApprovers } from "../domain/policy.ts";
import type { Catalogue } from "./catalogue.ts";

/** Say in the catalogue's language what `sayApprovers` said. */
export const translateDeciders = (said: string, { card }: Catalogue): string =>
  said
    .split(", ")
    .map((who) => (who === anyApprover ? card.anyApprover : who))
    .join(", ");

/** Name those who may decide: groups and people by their names, and every approver as such. */
export const sayDeciders = (policy: Policy, texts: Catalogue): string =>
  translateDeciders(sayApprovers(policy), texts);
