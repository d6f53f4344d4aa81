import { type Answer, refuse, textOf } from "./answers.ts";
import {
  channelNeeds,
  describeChannel,
  joinChannel,
  listAll,
  listingNeeds,
  listMine,
} from "./channel-methods.ts";
import { deleteMessage, postEphemeral, postMessage, update } from "./chat-methods.ts";
import type { Grant } from "./grants.ts";
import type { Arguments } from "./http.ts";
import type { Pace, Tier } from "./pace.ts";
import { describeTeam, describeUser, findByEmail, listTeams, testAuth } from "./people-methods.ts";
import type { Caller, Rig } from "./rig.ts";
import { openView, publishView, updateView } from "./view-methods.ts";

interface Method {
  readonly run: (rig: Rig, given: Arguments, caller: Caller) => Answer;
  /** The scopes that it needs, all of them. */
  readonly needs?: (given: Arguments, rig: Rig) => readonly string[];
  /** Absent where Slack has a rule of its own, or none that we know. */
  readonly tier?: Tier;
}

const all =
  (...scopes: readonly string[]) =>
  () =>
    scopes;

/** The methods of the Web API that a token is needed for. Any other is `unknown_method`. */
const methods: Readonly<Record<string, Method>> = {
  "chat.postMessage": { run: postMessage, needs: all("chat:write") },
  "chat.update": { run: update, needs: all("chat:write"), tier: "tier3" },
  "chat.delete": { run: deleteMessage, needs: all("chat:write"), tier: "tier3" },
  "chat.postEphemeral": { run: postEphemeral, needs: all("chat:write"), tier: "tier4" },
  "views.open": { run: openView, tier: "tier4" },
  "views.update": { run: updateView, tier: "tier4" },
  "views.publish": { run: publishView, tier: "tier4" },
  "users.info": { run: describeUser, needs: all("users:read"), tier: "tier4" },
  "users.lookupByEmail": {
    run: findByEmail,
    needs: all("users:read", "users:read.email"),
    tier: "tier3",
  },
  "conversations.info": { run: describeChannel, needs: channelNeeds, tier: "tier3" },
  "conversations.join": { run: joinChannel, needs: all("channels:join"), tier: "tier3" },
  "conversations.list": { run: listAll, needs: listingNeeds, tier: "tier2" },
  "users.conversations": { run: listMine, needs: listingNeeds, tier: "tier2" },
  "auth.test": { run: testAuth },
  "auth.teams.list": { run: listTeams, tier: "tier2" },
  "team.info": { run: describeTeam, needs: all("team:read"), tier: "tier3" },
};

function callerOf(rig: Rig, grant: Grant, token: string, given: Arguments): Caller | Answer {
  const asked = textOf(given["team_id"]);
  const id = grant.isOrg ? asked : grant.id;
  if (grant.isOrg && asked !== "" && !grant.teams.includes(asked))
    return refuse("team_access_not_granted");
  return { grant, token, team: rig.world.teams.find((one) => one.id === id) };
}

/** Run one method by a live token: Slack looks at the pace first, then at the scopes, then does it. */
export function runMethod(
  rig: Rig,
  pace: Pace,
  call: {
    readonly method: string;
    readonly given: Arguments;
    readonly grant: Grant;
    readonly token: string;
  },
): Answer {
  const { method, given, grant, token } = call;
  const known = Object.hasOwn(methods, method) ? methods[method] : undefined;
  if (!known) return refuse("unknown_method");
  const wait = known.tier ? pace.take(`${method} ${grant.id}`, known.tier) : 0;
  if (wait > 0) return { kind: "limited", retryAfter: wait };
  const needed = known.needs?.(given, rig) ?? [];
  const missing = needed.filter((scope) => !grant.scopes.includes(scope));
  if (missing.length > 0) {
    const fields = { needed: missing.join(","), provided: grant.scopes.join(",") };
    return { kind: "error", error: "missing_scope", fields };
  }
  const caller = callerOf(rig, grant, token, given);
  return "kind" in caller ? caller : known.run(rig, given, caller);
}
