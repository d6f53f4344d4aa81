import type { Event } from "../domain/event.ts";
import type { Rule } from "../domain/rule.ts";
import { isHubType } from "../routing/compile.ts";

/** Tell whether the hub itself raised an event. */
export const isHubEvent = ({ type }: Event) => isHubType(type);

/** Tell whether a rule brings people what the hub itself has to tell: something ended, broke or failed. */
export const takesHubEvents = (rule: Rule) => rule.types.some(isHubType);
