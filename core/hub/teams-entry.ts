import type { ProblemAt } from "../domain/problem.ts";
import type { TeamsCloud, TeamsKeys, TeamsSettings } from "../ports/platform-settings.ts";
import { say } from "../words/say.ts";

/** What an admin types of the operator's Azure Bot. A secret that is left empty stays as it was. */
export type TeamsEntry = TeamsKeys;

/** Make settings of what was typed. */
export const teamsSettingsOf = (entry: TeamsEntry, cloud: TeamsCloud): TeamsSettings => ({
  ...entry,
  ...cloud,
});

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Another app has another secret, so it is kept only under the same app id. Ids are the same in small letters. */
export function completeTeams(typed: TeamsEntry, before: TeamsEntry | undefined): TeamsEntry {
  const appId = typed.appId.toLowerCase();
  const kept = before?.appId === appId ? before.appPassword : "";
  return {
    appId,
    appPassword: typed.appPassword || kept,
    tenantId: typed.tenantId.toLowerCase(),
  };
}

/** Name every value that has not the form that Microsoft gives it. */
export function teamsMistakes({ appId, appPassword, tenantId }: TeamsEntry): readonly ProblemAt[] {
  const example = say`an id such as 00000000-0000-0000-0000-000000000000`;
  return [
    ...idMistake("/appId", appId, say`the Application (client) ID, ${example}`),
    ...idMistake("/tenantId", tenantId, say`the Directory (tenant) ID, ${example}`),
    ...secretMistake(appPassword),
  ];
}

function idMistake(pointer: string, typed: string, expected: string): readonly ProblemAt[] {
  if (guid.test(typed)) return [];
  return [
    { pointer, message: typed === "" ? say`Missing: ${expected}.` : say`Expected: ${expected}.` },
  ];
}

function secretMistake(typed: string): readonly ProblemAt[] {
  const pointer = "/appPassword";
  if (typed === "") return [{ pointer, message: say`Missing: the client secret's Value.` }];
  if (guid.test(typed)) {
    const message = say`This looks like the Secret ID. Copy the Value beside it; where it is hidden by now, make a new secret.`;
    return [{ pointer, message }];
  }
  if (/^\S{8,200}$/.test(typed)) return [];
  return [
    {
      pointer,
      message: say`Expected the client secret's Value, 8 to 200 characters without blanks.`,
    },
  ];
}
