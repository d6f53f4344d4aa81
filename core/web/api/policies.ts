import express, { type Request, type Response, type Router } from "express";
import { z } from "zod";
import type { Pin } from "../../domain/pin.ts";
import type { Problem, ProblemAt } from "../../domain/problem.ts";
import { type PolicyUser, writePin } from "../../hub/policies.ts";
import type { Hub } from "../../hub.ts";
import type { StoredPolicy } from "../../ports/small-records.ts";
import { pinSchema, policySchema } from "../../routing/policy-schema.ts";
import { accessOf, requireOverview } from "../access.ts";
import { sendProblem } from "../problem.ts";
import type { ApiDoors } from "./doors.ts";
import { etagOf, matchMissing, readIfMatch } from "./if-match.ts";
import { isProblem } from "./lists.ts";
import { notFound } from "./not-found.ts";
import type { PinJson, PolicyJson, PolicyVersionJson } from "./policy-operations.ts";
import { readBody } from "./read-body.ts";

/** Policies and pins: reading them for those who look after the hub, changing them for admins. */
export function policyRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  const mayRead = [allow("read", "admin"), requireOverview("settings")];
  const { policies } = hub;
  router.get("/v1/policies", ...mayRead, async (_request, response) => {
    const items = await Promise.all((await policies.list()).map((one) => policyJson(hub, one)));
    response.json({ items, next: null });
  });
  router.get("/v1/policies/:name", ...mayRead, async (request, response) => {
    const stored = await policies.get(String(request.params["name"]));
    if (!stored) return sendProblem(response, notFound("policy", "name"));
    return send(hub, response, stored);
  });
  router.get("/v1/policies/:name/versions", ...mayRead, async (request, response) => {
    const kept = await policies.versions(String(request.params["name"]));
    if (kept.length === 0) return sendProblem(response, notFound("policy", "name"));
    response.json({
      items: await Promise.all(kept.map((one) => versionJson(hub, one))),
      next: null,
    });
  });
  router.put("/v1/policies/:name", allow("admin"), (request, response) =>
    replace(hub, request, response),
  );
  router.delete("/v1/policies/:name", allow("admin"), (request, response) =>
    remove(hub, request, response),
  );
  router.get("/v1/pins", ...mayRead, async (_request, response) => {
    response.json({ items: (await policies.pins()).map(pinJson), next: null });
  });
  router.post("/v1/pins", allow("admin"), (request, response) => pin(hub, request, response));
  router.delete("/v1/pins/:kind/:name", allow("admin"), async (request, response) => {
    const { kind, name } = request.params as { readonly kind: string; readonly name: string };
    const isKind = kind === "type" || kind === "producer";
    if (!isKind || !(await policies.unpin(kind, name))) {
      return sendProblem(response, notFound("pin", "name"));
    }
    response.status(204).end();
  });
  return router;
}

async function policyJson(hub: Hub, { policy, revision }: StoredPolicy): Promise<PolicyJson> {
  return { ...(await hub.policies.write(policy)), version: policy.version, revision };
}

async function versionJson(hub: Hub, stored: StoredPolicy): Promise<PolicyVersionJson> {
  const { author, savedAt, policy } = stored;
  return {
    ...(await hub.policies.write(policy)),
    version: policy.version,
    author: author ?? null,
    saved_at: savedAt?.toISOString() ?? null,
  };
}

const pinJson = (pin: Pin): PinJson => ({
  ...writePin(pin),
  author: pin.author,
  pinned_at: pin.pinnedAt.toISOString(),
});

async function send(hub: Hub, response: Response, stored: StoredPolicy, status = 200) {
  response.setHeader("etag", etagOf(stored.revision));
  const users = await hub.policies.usersOf(stored.policy.name);
  response.status(status).json({ ...(await policyJson(hub, stored)), used_by: users });
}

/** What a reader of a policy sends back with it. */
const readOnly = ["version", "revision", "used_by"];

async function replace(hub: Hub, request: Request, response: Response): Promise<void> {
  const name = String(request.params["name"]);
  const body = readBody(request, draftSchema, [...Object.keys(policySchema.shape), ...readOnly]);
  if (isProblem(body)) return sendProblem(response, body);
  const { version: _, revision: __, used_by: ___, ...text } = body;
  if (text.name !== name) return sendProblem(response, otherName(name, text.name));
  const saved = await hub.policies.save(text, readIfMatch(request), accessOf(response).name);
  switch (saved.kind) {
    case "saved":
    case "unchanged":
      return send(hub, response, saved.stored, saved.stored.revision === 1 ? 201 : 200);
    case "unread":
      return sendProblem(response, matchMissing("a policy", `/v1/policies/${name}`));
    case "stale":
      return sendProblem(response, stale(name, saved.stored));
    case "invalid":
      return sendProblem(response, policyInvalid(saved.errors));
  }
}

const passedOver = z.json().optional().describe("Of the policy that was read; passed over");
const draftSchema = policySchema.extend({
  version: passedOver,
  revision: passedOver,
  used_by: passedOver,
});

async function remove(hub: Hub, request: Request, response: Response): Promise<void> {
  const name = String(request.params["name"]);
  const revision = readIfMatch(request);
  if (revision === undefined) {
    return sendProblem(response, matchMissing("a policy", `/v1/policies/${name}`));
  }
  const removed = await hub.policies.remove(name, revision);
  switch (removed.kind) {
    case "unknown":
      return sendProblem(response, notFound("policy", "name"));
    case "stale":
      return sendProblem(response, stale(name, removed.stored));
    case "in_use":
      return sendProblem(response, inUse(name, removed.users));
    case "removed":
      response.status(204).end();
      return;
  }
}

async function pin(hub: Hub, request: Request, response: Response): Promise<void> {
  const text = readBody(request, pinSchema, ["type", "producer", "policy"]);
  if (isProblem(text)) return sendProblem(response, text);
  const { name, person } = accessOf(response);
  const by = { name, ...(person ? { person: person.id } : {}) };
  const saved = await hub.policies.pin(text, by);
  switch (saved.kind) {
    case "saved":
      response.status(201).json(pinJson(saved.pin));
      return;
    case "taken":
      return sendProblem(response, pinTaken(saved.pin));
    case "invalid":
      return sendProblem(response, policyInvalid(saved.errors));
  }
}

const otherName = (name: string, said: string): Problem => ({
  status: 422,
  code: "policy_name_differs",
  title: "The name in the body is another than in the address",
  detail: `The address says ${name}, the body ${said}. Rules and pins name a policy, so it keeps its name.`,
  hint: "Save it under the new name, let rules and pins name that one, and remove the old one.",
});

const stale = (name: string, stored: StoredPolicy | undefined): Problem => ({
  status: 412,
  code: "policy_stale",
  title: "The policy has changed meanwhile",
  detail: stored
    ? `${name} is at revision ${stored.revision}; If-Match names another.`
    : `There is no policy ${name} any more.`,
  hint: stored
    ? "Read it again, bring your change in, and send it with the new ETag."
    : "Leave If-Match out to save it as a new one.",
});

const policyInvalid = (errors: readonly ProblemAt[]): Problem => ({
  status: 422,
  code: "policy_invalid",
  title: "The policy is not valid",
  detail: errors.map(({ pointer, message }) => `${pointer}: ${message}`).join("; "),
  hint: "Correct these places and send it again. Nothing was saved.",
  errors,
});

const inUse = (name: string, users: readonly PolicyUser[]): Problem => ({
  status: 409,
  code: "policy_in_use",
  title: "The policy is in use",
  detail: `${name} is named by ${users.map(({ kind, name: user }) => `the ${kind} ${user}`).join(", ")}.`,
  hint: "Let these name another policy, then remove it.",
  errors: users.map(({ kind, name: user }) => ({ pointer: "", message: `${kind}: ${user}` })),
});

const pinTaken = ({ on, policy, author }: Pin): Problem => ({
  status: 409,
  code: "pin_taken",
  title: "It is pinned already",
  detail: `The ${on.kind} ${on.name} is pinned to ${policy}, by ${author}.`,
  hint: `Remove that pin first: DELETE /v1/pins/${on.kind}/${encodeURIComponent(on.name)}.`,
});
