import { isAdmin, type Person } from "../../domain/person.ts";
import { type SecretLeft, sayEnd } from "../../hub/secret-ends.ts";
import { say } from "../../words/say.ts";
import type { BrokenThing } from "./broken.ts";

/** From when on a secret that runs out stands on the Overview. */
const nearDays = 30;

/** Say that the bot's secret runs out, while there is time to renew it, and after. */
export function endingSecret(left: SecretLeft | undefined, viewer: Person): readonly BrokenThing[] {
  if (!left || left.daysLeft > nearDays) return [];
  const next = { href: "/workspaces/teams/setup", label: say`Renew it` };
  const over = left.daysLeft < 0;
  return [
    {
      tone: over ? "bad" : "warn",
      title: sayEnd(left.daysLeft),
      cause: over
        ? say`Microsoft gives the bot no token any more. An admin makes a new secret in Azure and saves it here.`
        : say`Its last day is ${left.endsOn}. An admin makes a new secret in Azure and saves it here before that.`,
      kept: say`Messages for Teams that wait for it are kept.`,
      ...(isAdmin(viewer) ? { next } : {}),
    },
  ];
}
