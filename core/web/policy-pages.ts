import express, { type Request, type Response, type Router } from "express";
import { mayAsk } from "../domain/event-type.ts";
import type { Person } from "../domain/person.ts";
import { sayIssue } from "../ingest/say-issue.ts";
import { isHubType } from "../routing/compile.ts";
import { type PolicyText, policySchema } from "../routing/policy-schema.ts";
import { say } from "../words/say.ts";
import { frameOf, sendPage } from "./frame.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendNotFound } from "./page-errors.ts";
import { type PoliciesPageProps, renderPoliciesPage } from "./pages/policies-page.tsx";
import type { PolicyForm } from "./pages/policy-fields.tsx";
import { type PolicyPageProps, renderPolicyPage } from "./pages/policy-page.tsx";
import { readTypeNames } from "./read-type-names.ts";
import { settingsDoor } from "./settings-door.ts";
import { backTo } from "./way-back.ts";

/** The pages of policies and of what they are pinned to. For admins. */
export function policyPages(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  const place = "/settings/policies";
  router.use(place, settingsDoor(deps, place));
  router.get(place, (request, response) => list(deps, request, response));
  router.get(`${place}/edit`, (request, response) => edit(deps, request, response));
  router.post(place, csrf, (request, response) => save(deps, request, response));
  const answers = ["remove", "pin", "unpin"].map((step) => `${place}/${step}`);
  router.get(answers, backTo(place));
  router.post(`${place}/remove`, csrf, (request, response) => remove(deps, request, response));
  router.post(`${place}/pin`, csrf, (request, response) => pin(deps, request, response));
  router.post(`${place}/unpin`, csrf, async (request, response) => {
    const { kind, name } = bodyOf(request);
    const known = kind === "type" || kind === "producer" ? kind : undefined;
    const gone = known !== undefined && (await deps.hub.policies.unpin(known, textOf(name)));
    const text = gone
      ? say`${textOf(name)} is not pinned any more.`
      : say`There is no such pin any more.`;
    await list(deps, request, response, { tone: gone ? "ok" : "warn", text });
  });
  return router;
}

const bodyOf = (request: Request) => (request.body ?? {}) as Readonly<Record<string, unknown>>;
const textOf = (value: unknown) => (typeof value === "string" ? value.trim() : "");
const listOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");

async function list(
  deps: PageDeps,
  request: Request,
  response: Response,
  note?: PoliciesPageProps["note"],
): Promise<void> {
  const { hub } = deps;
  const [frame, stored, pins, types, known, producers] = await Promise.all([
    frameOf(deps, request),
    hub.policies.list(),
    hub.policies.pins(),
    readTypeNames(hub),
    hub.eventTypes.list(),
    hub.store.producers.scan("byName", { prefix: [hub.organization], limit: 1_000 }),
  ]);
  const policies = await Promise.all(
    stored.map(async (one) => ({
      stored: one,
      users: await hub.policies.usersOf(one.policy.name),
    })),
  );
  const saved = textOf(request.query["saved"]);
  const silent = new Set(known.filter((type) => !mayAsk(type)).map(({ name }) => name));
  const said = saved === "" ? undefined : ({ tone: "ok", text: say`${saved} is saved.` } as const);
  const html = renderPoliciesPage({
    ...{ frame, policies, pins, note: note ?? said },
    // What tells of a request, and what the hub itself raises, opens none, so there is nothing to pin.
    types: types.filter((type) => !isHubType(type) && !silent.has(type)),
    producers: producers.map(({ name }) => name),
  });
  sendPage(response, html, note?.tone === "warn" ? 409 : 200);
}

const blank: PolicyForm = {
  ...{ name: "", groups: [], people: "", anyone: false, votes: "1", rejections: "1" },
  ...{ self: false, requester: "optional", reason: "on_reject", expires_in: "24h" },
  assurance: "click",
  via: ["slack", "teams", "web"],
};

function formOf({ approvers, votes, rejections, ...text }: PolicyText): PolicyForm {
  return {
    ...text,
    groups: approvers.flatMap((one) => ("group" in one ? [one.group] : [])),
    people: approvers.flatMap((one) => ("person" in one ? [one.person] : [])).join(", "),
    anyone: approvers.some((one) => "anyone" in one),
    votes: String(votes),
    rejections: String(rejections),
  };
}

function readForm(body: Readonly<Record<string, unknown>>): PolicyForm {
  return {
    name: textOf(body["name"]),
    groups: listOf(body["groups"]),
    people: textOf(body["people"]),
    anyone: textOf(body["anyone"]) === "true",
    votes: textOf(body["votes"]),
    rejections: textOf(body["rejections"]),
    self: textOf(body["self"]) === "true",
    requester: textOf(body["requester"]) === "required" ? "required" : "optional",
    reason: policySchema.shape.reason.safeParse(textOf(body["reason"])).data ?? "on_reject",
    assurance: textOf(body["assurance"]) === "sso" ? "sso" : "click",
    via: policySchema.shape.via.safeParse(listOf(body["via"])).data ?? [],
    expires_in: textOf(body["expires_in"]),
  };
}

async function sendForm(
  deps: PageDeps,
  request: Request,
  response: Response,
  form: PolicyForm,
  more: Partial<Pick<PolicyPageProps, "errors" | "meanwhile" | "revision">> = {},
): Promise<void> {
  const { hub } = deps;
  const all = { prefix: [hub.organization], limit: 1_000 };
  // A form that is corrected stays what was read at first, so that nobody who saved meanwhile is overwritten.
  const isNew = form.name === "" || more.revision === 0;
  const stored = isNew ? undefined : await hub.policies.get(form.name);
  const [frame, groups, people, versions, users] = await Promise.all([
    frameOf(deps, request),
    hub.store.groups.scan("byName", all),
    hub.store.people.scan("byName", all),
    stored ? hub.policies.versions(form.name) : [],
    stored ? hub.policies.usersOf(form.name) : [],
  ]);
  const { errors = new Map(), meanwhile } = more;
  const status = meanwhile !== undefined ? 409 : errors.size > 0 ? 422 : 200;
  const html = renderPolicyPage({
    ...{ frame, form, stored, versions, users, errors, meanwhile },
    revision: more.revision ?? stored?.revision ?? 0,
    groups: groups.map(({ name }) => name),
    people: people.map(({ name, email }) => email ?? name),
  });
  sendPage(response, html, status);
}

async function edit(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const name = textOf(request.query["name"]);
  if (name === "") return sendForm(deps, request, response, blank);
  const stored = await deps.hub.policies.get(name);
  if (!stored) return sendNotFound(deps, request, response, "policy");
  await sendForm(deps, request, response, formOf(await deps.hub.policies.write(stored.policy)));
}

async function save(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const form = readForm(bodyOf(request));
  const revision = Number(textOf(bodyOf(request)["revision"])) || 0;
  const { groups, people, anyone, votes, rejections, ...rest } = form;
  const named = people.split(",").map((one) => one.trim());
  const read = policySchema.safeParse({
    ...rest,
    votes: Number(votes),
    rejections: Number(rejections),
    approvers: [
      ...groups.map((group) => ({ group })),
      ...named.filter(Boolean).map((person) => ({ person })),
      ...(anyone ? [{ anyone: true }] : []),
    ],
  });
  if (!read.success) {
    const errors = new Map(
      read.error.issues.map((issue) => [String(issue.path[0] ?? ""), sayIssue(issue)] as const),
    );
    if (errors.has("approvers")) errors.set("approvers", say`Say who may decide.`);
    if (errors.has("via")) errors.set("via", say`Choose at least one place.`);
    return sendForm(deps, request, response, form, { errors, revision });
  }
  const by = (request.user as Person).name;
  const saved = await deps.hub.policies.save(read.data, revision || undefined, by);
  switch (saved.kind) {
    case "saved":
    case "unchanged":
      return response.redirect(
        303,
        `/settings/policies?${new URLSearchParams({ saved: form.name })}`,
      );
    case "invalid": {
      const errors = new Map(
        saved.errors.map(({ pointer, message }) => [pointer.split("/")[1] ?? "", message] as const),
      );
      return sendForm(deps, request, response, form, { errors, revision });
    }
    case "unread":
      return sendForm(deps, request, response, form, {
        meanwhile: say`There is a policy ${form.name} already.`,
      });
    case "stale": {
      const by = saved.stored?.author ?? say`Somebody`;
      const text = saved.stored
        ? say`${by} saved version ${saved.stored.policy.version} while you were writing.`
        : say`${form.name} was removed while you were writing.`;
      return sendForm(deps, request, response, form, { meanwhile: text });
    }
  }
}

async function remove(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { name, revision } = bodyOf(request);
  const removed = await deps.hub.policies.remove(textOf(name), Number(revision));
  const said = {
    removed: { tone: "ok", text: say`${textOf(name)} is removed. Its versions are kept.` },
    unknown: { tone: "warn", text: say`There is no policy ${textOf(name)} any more.` },
    stale: { tone: "warn", text: say`${textOf(name)} has changed meanwhile; nothing was removed.` },
    in_use: { tone: "warn", text: say`${textOf(name)} is in use; nothing was removed.` },
  } as const;
  await list(deps, request, response, said[removed.kind]);
}

async function pin(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const body = bodyOf(request);
  const [, kind = "", name = ""] = /^(type|producer) (.+)$/.exec(textOf(body["to"])) ?? [];
  const policy = textOf(body["policy"]);
  const text = kind === "type" ? { type: name, policy } : { producer: name, policy };
  const by = request.user as Person;
  const saved = await deps.hub.policies.pin(text, { name: by.name, person: by.id });
  switch (saved.kind) {
    case "saved":
      return list(deps, request, response, {
        tone: "ok",
        text: say`${name} is pinned to ${policy}. No rule and no event changes that.`,
      });
    case "taken":
      return list(deps, request, response, {
        tone: "warn",
        text: say`${name} is pinned to ${saved.pin.policy} already. Take that pin away first.`,
      });
    case "invalid":
      return list(deps, request, response, {
        tone: "warn",
        text: saved.errors.map(({ message }) => message).join("; "),
      });
  }
}
