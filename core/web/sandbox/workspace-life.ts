import type { Request, Response, Router } from "express";
import { z } from "zod";
import type { Problem } from "../../domain/problem.ts";
import type { SandboxDone, SandboxLife, SlackLife, TeamsLife } from "../../ports/sandbox-life.ts";
import { sendProblem } from "../problem.ts";
import { readOrRefuse, unknown } from "./requests.ts";
import type { SandboxApiDeps } from "./sandbox-deps.ts";

const place = {
  platform: z.enum(["slack", "teams"]).default("slack"),
  workspace: z.string().optional(),
};
const name = z.string().min(1).max(100);
const slackAlone = z.literal("slack").default("slack");
const teamsAlone = z.literal("teams").default("teams");

/** Bodies of the routes about workspace life (SURFACE §7). Where no platform is named, Slack is meant, if it can do it. */
const bodies = {
  install: z.strictObject({
    ...place,
    as: z.string().optional(),
    outcome: z.enum(["accept", "cancel", "wrong_state", "wrong_tenant"]),
    without: z.array(z.string()).optional(),
    rotating: z.boolean().optional(),
  }),
  uninstall: z.strictObject({
    ...place,
    how: z.enum(["uninstalled", "revoked", "forgotten"]).optional(),
    first: z.enum(["app_uninstalled", "tokens_revoked"]).optional(),
    silent: z.boolean().optional(),
    after_ms: z.int().min(0).max(600_000).optional(),
  }),
  access: z.strictObject({
    ...place,
    do: z.enum(["grant", "withdraw", "expire", "narrow"]),
    without: z.array(z.string()).optional(),
  }),
  channels: z.strictObject({
    ...place,
    do: z.enum([
      "create",
      "archive",
      "unarchive",
      "rename",
      "delete",
      "restore",
      "invite",
      "remove",
      "hide",
      "share",
      "restrict",
      "change_id",
      "crowd",
    ]),
    channel: z.string().optional(),
    name: name.optional(),
    private: z.boolean().optional(),
    team: z.string().optional(),
    type: z.enum(["standard", "private", "shared"]).optional(),
    person: z.string().optional(),
    count: z.int().min(1).max(50_000).optional(),
    repeat: z.boolean().optional(),
  }),
  people: z.strictObject({
    ...place,
    name,
    email: z.string().optional(),
    guest: z.boolean().optional(),
    deactivated: z.boolean().optional(),
  }),
  home: z.strictObject({ ...place, person: z.string(), says: z.string().optional() }),
  address: z.strictObject({ platform: slackAlone }),
  sockets: z.strictObject({
    platform: slackAlone,
    do: z.enum(["refresh", "drop", "count"]),
  }),
  teams: z.strictObject({
    ...place,
    platform: teamsAlone,
    do: z.enum([
      "create",
      "rename",
      "archive",
      "unarchive",
      "delete",
      "restore",
      "add_app",
      "remove_app",
      "add_member",
      "remove_member",
    ]),
    team: z.string().optional(),
    name: name.optional(),
    region: z.enum(["emea", "amer"]).optional(),
    person: z.string().optional(),
    channel: z.string().optional(),
    announce: z
      .array(z.enum(["installationUpdate", "conversationUpdate"]))
      .max(2)
      .optional(),
    repeat: z.boolean().optional(),
  }),
  catalogue: z.strictObject({
    ...place,
    platform: teamsAlone,
    do: z.enum(["publish", "remove", "block", "allow", "forbid_custom", "permit_custom"]),
  }),
} as const;

type Bodies = { readonly [Name in keyof typeof bodies]: z.infer<(typeof bodies)[Name]> };

/** The life of the platforms that a body may name. */
type LifeFor<Asked> = Asked extends { readonly platform: "teams" }
  ? TeamsLife
  : Asked extends { readonly platform: "slack" }
    ? SlackLife
    : SandboxLife;

/** What is done for each route, and what is answered. */
type Doings = {
  readonly [Name in keyof Bodies]: (
    life: LifeFor<Bodies[Name]>,
    asked: WithoutUndefined<Omit<Bodies[Name], "platform">>,
  ) => Promise<SandboxDone | object | undefined> | SandboxDone | object | undefined;
};

/** What a body says; a field that was left out is not there. */
type WithoutUndefined<Fields> = {
  [Key in keyof Fields]: Exclude<Fields[Key], undefined>;
};

const doings: Doings = {
  install: (life, wish) => {
    life.consent(wish);
    return undefined;
  },
  uninstall: (life, wish) => life.uninstall(wish),
  access: (life, wish) => life.access(wish),
  channels: (life, wish) => life.changeChannel(wish),
  people: (life, wish) => life.changePerson(wish),
  home: (life, { person, says }) => life.home(person, says),
  address: (life) => life.verifyAddress(),
  sockets: (life, wish) => ({ connections: life.sockets(wish.do) }),
  teams: (life, wish) => life.changeTeam(wish),
  catalogue: (life, wish) => life.catalogue(wish),
};

/** Add the routes by which workspaces live: install and leave, teams, channels, people, the Home. */
export function addWorkspaceLife(router: Router, deps: SandboxApiDeps): void {
  router.get("/workspaces", (_request, response) => {
    const items = deps.platforms.flatMap(({ platform, life }) =>
      life.workspaces().map((one) => ({ platform, ...one })),
    );
    response.json({ items });
  });
  for (const route of Object.keys(bodies) as (keyof Bodies)[]) {
    router.post(`/${route}`, (request, response) => serve(deps, route, request, response));
  }
}

async function serve(
  { platforms }: SandboxApiDeps,
  route: keyof Bodies,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = readOrRefuse(request, response, bodies[route]);
  if (!asked) return;
  const { platform, ...wish } = asked;
  const life = platforms.find((one) => one.platform === platform)?.life;
  if (!life) return sendProblem(response, lifeless(platform));
  const doing = doings[route] as (life: SandboxLife, wish: object) => unknown;
  answer(response, await doing(life, wish));
}

function answer(response: Response, outcome: unknown): void {
  if (outcome === undefined) return void response.status(204).end();
  if (!isDone(outcome)) return void response.json(outcome);
  switch (outcome.kind) {
    case "done": {
      const { kind: _kind, ...rest } = outcome;
      response.json(rest);
      break;
    }
    case "unknown":
      sendProblem(response, unknown(outcome.what, outcome.asked, []));
      break;
    case "refused":
      sendProblem(response, refused(outcome.code));
      break;
  }
}

const isDone = (outcome: unknown): outcome is SandboxDone =>
  typeof outcome === "object" && outcome !== null && "kind" in outcome;

const refused = (code: string): Problem => ({
  status: 409,
  code,
  title: "The platform does not do that",
  detail: `It says ${code}. Nothing has changed.`,
  hint: "The code is the platform's own; its documentation names what it wants.",
});

const lifeless = (platform: string): Problem => ({
  status: 409,
  code: "workspace_life_missing",
  title: "This sandbox has no such platform",
  detail: `There is no ${platform} here.`,
  hint: "Give the platform that GET /sandbox/api/state names.",
});
