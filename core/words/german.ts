import { account } from "./german/account.ts";
import { approvals } from "./german/approvals.ts";
import { deliveries } from "./german/deliveries.ts";
import { doors } from "./german/doors.ts";
import { events } from "./german/events.ts";
import { fieldMistakes } from "./german/field-mistakes.ts";
import { frame } from "./german/frame.ts";
import { lists } from "./german/lists.ts";
import { missingFields } from "./german/missing-fields.ts";
import { mistakes } from "./german/mistakes.ts";
import { overview } from "./german/overview.ts";
import { people } from "./german/people.ts";
import { places } from "./german/places.ts";
import { placesCore } from "./german/places-core.ts";
import { policies } from "./german/policies.ts";
import { producers } from "./german/producers.ts";
import { routing } from "./german/routing.ts";
import { ruleEditor } from "./german/rule-editor.ts";
import { ruleEffects } from "./german/rule-effects.ts";
import { settings } from "./german/settings.ts";
import { shared } from "./german/shared.ts";
import { slackSetup } from "./german/slack-setup.ts";
import { states } from "./german/states.ts";
import { teamsSetup } from "./german/teams-setup.ts";
import { types } from "./german/types.ts";
import { typesAbout } from "./german/types-about.ts";
import { workspaces } from "./german/workspaces.ts";

/** The German of each part of the console; a sentence that several parts say stands in `shared`. */
export const germanParts: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  account,
  approvals,
  deliveries,
  doors,
  events,
  fieldMistakes,
  frame,
  lists,
  missingFields,
  overview,
  mistakes,
  people,
  places,
  placesCore,
  policies,
  producers,
  routing,
  ruleEditor,
  ruleEffects,
  settings,
  shared,
  slackSetup,
  states,
  teamsSetup,
  types,
  typesAbout,
  workspaces,
};

/** What the pages say, by its English. Each file below `german/` holds one part of the console. */
export const german: Readonly<Record<string, string>> = Object.assign(
  {},
  ...Object.values(germanParts),
);
