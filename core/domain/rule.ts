import type { Level } from "./event.ts";
import type { OrganizationId } from "./ids.ts";
import type { JsonObject } from "./json.ts";

/** Where events go: a matcher, destinations by name, and what to do next. */
export interface Rule {
  readonly name: string;
  /** Exact names, or a prefix with `*` at its end; `*` alone is every producer type. */
  readonly types: readonly string[];
  /** At least this level. */
  readonly level?: Level;
  /** An EventBridge event pattern over the CloudEvents JSON of the event. */
  readonly pattern?: JsonObject;
  /** A CEL condition over `event`, asked only where all else fits. */
  readonly when?: string;
  /** Names of destinations. */
  readonly to: readonly string[];
  /** Name of the policy under which matching events open an approval. */
  readonly policy?: string;
  /** Go on to the next rule after this one matched. */
  readonly continue: boolean;
}

/** An immutable, numbered version of all rules in their order. */
export interface RuleSet {
  readonly id: string;
  readonly organization: OrganizationId;
  readonly revision: number;
  readonly version: number;
  readonly author: string;
  readonly rules: readonly Rule[];
  /** Where events go that no rule matched; a destination's name. */
  readonly fallback?: string;
  readonly savedAt: Date;
}
