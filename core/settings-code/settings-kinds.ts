import { destinationSettings } from "./destinations.ts";
import { eventTypeSettings } from "./event-types.ts";
import { groupSettings } from "./groups.ts";
import { pinSettings } from "./pins.ts";
import { policySettings } from "./policies.ts";
import { producerSettings } from "./producers.ts";
import { ruleSettings } from "./rules.ts";
import type { SettingsKind } from "./settings-kind.ts";

/** Every kind of setting that can be written in a file, in the order in which they are written. */
export const settingsKinds: readonly SettingsKind[] = [
  groupSettings,
  destinationSettings,
  producerSettings,
  policySettings,
  eventTypeSettings,
  pinSettings,
  ruleSettings,
];
