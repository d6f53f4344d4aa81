import express, { type Request, type RequestHandler, type Router } from "express";
import type { Hub } from "../../hub.ts";
import type { Feed } from "../../ports/log.ts";
import type { DrawMessage } from "../../ports/pictures.ts";
import type { Rotation } from "../../secrets/rotate-keys.ts";
import { accessOf, endWithAccess, requireOverview, requireScope } from "../access.ts";
import { openEventStream } from "../event-stream.ts";
import { mostBytes } from "../failure.ts";
import { onceGone } from "../gone-signal.ts";
import { guardReserve, type LoadLimits, limitRate, limitWaiting } from "../load-limits.ts";
import { apiKeyRoutes } from "./api-keys.ts";
import { approvalRoutes } from "./approvals.ts";
import { auditRoutes } from "./audit.ts";
import { catalogueRoutes } from "./catalogue.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { destinationRoutes } from "./destinations.ts";
import type { ApiDoors } from "./doors.ts";
import { eventRoutes } from "./events.ts";
import { groupRoutes } from "./groups.ts";
import { keyRoutes } from "./keys.ts";
import { refuseUnknownQuery } from "./known-query.ts";
import { openApiDocument } from "./openapi.ts";
import { peopleRoutes } from "./people.ts";
import { policyRoutes } from "./policies.ts";
import { producerRoutes } from "./producers.ts";
import { ruleTrialRoutes } from "./rule-trials.ts";
import { ruleRoutes } from "./rules.ts";
import { settingsCodeRoutes } from "./settings-code.ts";
import { refuseOtherThanUtf8 } from "./utf8.ts";
import { workspaceRoutes } from "./workspaces.ts";

export interface ApiDeps {
  readonly hub: Hub;
  readonly feed: Feed;
  readonly limits: LoadLimits;
  readonly rotateKeys: () => Promise<Rotation>;
  /** Absent where no chat can be drawn. */
  readonly draw?: DrawMessage | undefined;
  readonly checkCsrf: (request: Request) => boolean;
}

/** The API under `/v1`, and its description. */
export function apiRoutes({ hub, feed, limits, rotateKeys, draw, checkCsrf }: ApiDeps): Router {
  const router = express.Router();
  const doors: ApiDoors = {
    allow: (...scopes) =>
      inTurn(requireScope(hub, checkCsrf, ...scopes), limitRate(limits), refuseUnknownQuery),
    mayWait: inTurn(limitWaiting(limits, "by_query"), endWithAccess),
    waits: inTurn(limitWaiting(limits, "always"), endWithAccess),
    hasRoom: guardReserve(limits),
  };
  const verify = (_: unknown, __: unknown, bytes: Buffer, charset: string) => {
    if (/^utf-?8$/.test(charset)) refuseOtherThanUtf8(bytes);
  };
  router.use(
    "/v1",
    express.text({ type: () => true, limit: mostBytes, defaultCharset: "utf-8", verify }),
  );
  router.use(
    eventRoutes(hub, doors),
    approvalRoutes(hub, doors),
    deliveryRoutes(hub, doors),
    ruleRoutes(hub, doors),
    ruleTrialRoutes(hub, doors),
    workspaceRoutes(hub, doors),
    destinationRoutes(hub, doors),
    catalogueRoutes(hub, doors, draw),
    keyRoutes(hub, rotateKeys, doors),
    peopleRoutes(hub, doors),
    groupRoutes(hub, doors),
    auditRoutes(hub, doors),
    producerRoutes(hub, doors),
    apiKeyRoutes(hub, doors),
    policyRoutes(hub, doors),
    settingsCodeRoutes(hub, doors),
  );

  const overview = requireOverview("everybody's");
  router.get("/v1/feed", doors.allow("read"), overview, doors.waits, (_request, response) => {
    const stream = openEventStream(response);
    const stop = feed.subscribe((entry) => stream.send({ content: { at: new Date(), ...entry } }));
    onceGone(response, stop);
  });

  router.post("/v1/admin/links", doors.allow("admin"), async (_request, response) => {
    // An admin who asks gets a link of their own; else it is that of the first admin, as at the first start.
    const { person } = accessOf(response);
    const asker = person?.roles.includes("admin") ? person.id : undefined;
    const { token, expiresAt } = await hub.signInLinks.make(asker);
    response
      .status(201)
      .json({ url: `${hub.links.hubUrl}/start/${token}`, expires_at: expiresAt.toISOString() });
  });

  let document: string | undefined;
  router.get("/openapi.json", (_request, response) => {
    // Made for the first who asks: it takes a good while, and few starts lead here.
    document ??= JSON.stringify(openApiDocument(hub.links.hubUrl));
    response.type("application/json").send(document);
  });
  return router;
}

/** Steps as one: each runs when the one before lets pass. */
const inTurn = (...steps: readonly RequestHandler[]): RequestHandler =>
  steps.reduceRight(
    (rest, step) => (request, response, next) =>
      step(request, response, (failure?: unknown) =>
        failure === undefined ? rest(request, response, next) : next(failure),
      ),
  );
