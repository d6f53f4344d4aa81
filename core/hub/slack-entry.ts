import type { ProblemAt } from "../domain/problem.ts";
import type { Transport } from "../ports/app-setup.ts";
import type { SlackPlaces, SlackSettings } from "../ports/platform-settings.ts";
import { say } from "../words/say.ts";

/**
 * What an admin types of the operator's Slack app. A secret that is left empty stays as it was; the signing secret or
 * the app-level token of Socket Mode may be missing, not both.
 */
export interface SlackEntry {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly appToken: string;
}

/** Make settings of what was typed. */
export const slackSettingsOf = (entry: SlackEntry, places: SlackPlaces): SlackSettings => {
  const { signingSecret, appToken, ...keys } = entry;
  return {
    ...keys,
    ...(signingSecret === "" ? {} : { signingSecret }),
    ...(appToken === "" ? {} : { appToken }),
    ...places,
  };
};

/** How Slack reaches the hub with these keys. */
export const transportOf = ({ appToken }: { readonly appToken?: string | undefined }): Transport =>
  appToken ? "socket" : "http";

/** Another app has other secrets, so they are kept only under the same client id; HTTP needs no token. */
export function completeSlack(
  typed: SlackEntry,
  transport: Transport,
  before: SlackEntry | undefined,
): SlackEntry {
  const kept = before?.clientId === typed.clientId ? before : undefined;
  return {
    clientId: typed.clientId,
    clientSecret: typed.clientSecret || (kept?.clientSecret ?? ""),
    signingSecret: typed.signingSecret || (kept?.signingSecret ?? ""),
    appToken: transport === "http" ? "" : typed.appToken || (kept?.appToken ?? ""),
  };
}

/** The forms that Slack gives these values; another one was copied from the wrong place. */
const forms: readonly {
  readonly field: keyof SlackEntry;
  readonly pattern: RegExp;
  readonly expected: () => string;
}[] = [
  {
    field: "clientId",
    pattern: /^[\w.-]{3,100}$/,
    expected: () => say`the Client ID, two numbers with a dot between them`,
  },
  {
    field: "clientSecret",
    pattern: /^\S{8,200}$/,
    expected: () => say`the Client Secret, without blanks`,
  },
  {
    field: "signingSecret",
    pattern: /^\S{8,200}$/,
    expected: () => say`the Signing Secret, without blanks; with Socket Mode it may be left out`,
  },
  {
    field: "appToken",
    pattern: /^xapp-\S{4,400}$/,
    expected: () => say`the app-level token, which begins with xapp-`,
  },
];

/** Name every value that Slack would not have given. */
export function slackMistakes(entry: SlackEntry, transport: Transport): readonly ProblemAt[] {
  const mayMiss = transport === "http" ? "appToken" : "signingSecret";
  return forms.flatMap(({ field, pattern, expected }) =>
    pattern.test(entry[field]) || (field === mayMiss && entry[field] === "")
      ? []
      : [
          {
            pointer: `/${field}`,
            message:
              entry[field] === "" ? say`Missing: ${expected()}.` : say`Expected ${expected()}.`,
          },
        ],
  );
}
