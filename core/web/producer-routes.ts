import express, { type Request, type Response, type Router } from "express";
import { z } from "zod";
import { parseDuration } from "../domain/duration.ts";
import { type IdKind, parseId } from "../domain/ids.ts";
import type { Person } from "../domain/person.ts";
import { type ApiKey, type Producer, scopes } from "../domain/producer.ts";
import type { ProducerMistake, ProducerWish } from "../hub/producers.ts";
import { say } from "../words/say.ts";
import { readKeyOwners } from "./api/producer-json.ts";
import { typedOverlap } from "./api/read-overlap.ts";
import { frameOf, sendPage } from "./frame.ts";
import type { PageDeps } from "./page-deps.ts";
import { sendErrorPage, sendNotFound } from "./page-errors.ts";
import type { KeyFormProps, TypedKey } from "./pages/api-keys-parts.tsx";
import type { ProducerFormProps, TypedProducer } from "./pages/producer-form.tsx";
import { type ProducerPageProps, renderProducerPage } from "./pages/producer-page.tsx";
import { renderProducersPage } from "./pages/producers-page.tsx";
import { renderShownOncePage, type ShownOnce } from "./pages/shown-once-page.tsx";
import { saveSession } from "./session.ts";
import { settingsDoor } from "./settings-door.ts";
import { backTo } from "./way-back.ts";

declare module "express-session" {
  interface SessionData {
    /** A producer was saved; said once. */
    producerSaved?: boolean | undefined;
  }
}

const place = "/settings/producers";

/** Producers and keys, under Settings. For admins. */
export function producerPages(deps: PageDeps): Router {
  const router = express.Router();
  const { csrfSynchronisedProtection: csrf } = deps.sessions.csrf;
  router.use(place, settingsDoor(deps, place));
  router.get(place, (request, response) => list(deps, request, response, {}));
  router.post(place, csrf, (request, response) => add(deps, request, response));
  const answers = ["keys", ":id/secret", ":id/remove"].map((step) => `${place}/${step}`);
  router.get(answers, backTo(place));
  router.post(`${place}/keys`, csrf, (request, response) => makeKey(deps, request, response));
  router.post(`${place}/keys/:id/revoke`, csrf, (request, response) =>
    revoke(deps, request, response),
  );
  router.get(`${place}/:id`, withProducer(deps, show));
  router.post(`${place}/:id`, csrf, withProducer(deps, save));
  router.post(`${place}/:id/secret`, csrf, withProducer(deps, newSecret));
  router.post(`${place}/:id/remove`, csrf, withProducer(deps, remove));
  return router;
}

interface Asked {
  readonly deps: PageDeps;
  readonly producer: Producer;
  readonly request: Request;
  readonly response: Response;
}

function withProducer(deps: PageDeps, step: (asked: Asked) => Promise<void>) {
  return async (request: Request, response: Response) => {
    const id = parseId("producer", request.params["id"]);
    const producer = id && (await deps.hub.producers.get(id));
    if (!producer || deps.hub.producers.isBuiltIn(producer.id)) {
      return sendNotFound(deps, request, response, "producer");
    }
    return step({ deps, producer, request, response });
  };
}

interface Drafted {
  readonly drafted?: Pick<ProducerFormProps, "typed" | "mistake">;
  readonly keyDrafted?: Pick<KeyFormProps, "typed" | "mistake">;
}

async function list(
  deps: PageDeps,
  request: Request,
  response: Response,
  drafted: Drafted,
): Promise<void> {
  const { hub } = deps;
  const [frame, producers, keys, ownerOf, people] = await Promise.all([
    frameOf(deps, request),
    hub.producers.list(),
    hub.apiKeys.list(),
    readKeyOwners(hub),
    hub.store.people.scan("byName", { prefix: [hub.organization], limit: 500 }),
  ]);
  const present = people.filter(({ suspended }) => !suspended);
  const { isBuiltIn } = hub.producers;
  const html = renderProducersPage({
    ...{ frame, producers, isBuiltIn, ownerOf, people: present, ...drafted },
    keys: keys.toSorted((one, other) => Number(!!one.revoked) - Number(!!other.revoked)),
  });
  sendPage(response, html, drafted.drafted || drafted.keyDrafted ? 422 : 200);
}

const text = z.string().trim().default("");
const producerForm = z.object({
  name: text,
  callback: text,
  hosts: text,
  records: text,
  may_name_policies: z.string().optional(),
  forget_callback: z.string().optional(),
});

interface ReadForm {
  readonly typed: TypedProducer;
  readonly wish: ProducerWish & { readonly name: string };
}

/** Read what was typed. An empty address stays what it is, unless it is to be forgotten. */
function readForm({ body }: Request): ReadForm {
  const form = producerForm.catch(producerForm.parse({})).parse(body ?? {});
  const mayNamePolicies = form.may_name_policies !== undefined;
  const { name, hosts, records } = form;
  const callback = form.forget_callback !== undefined ? null : form.callback || undefined;
  return {
    typed: { name, callback: form.callback, hosts, mayNamePolicies, records },
    wish: {
      ...{ name, mayNamePolicies, records: { address: records } },
      callbackHosts: hosts.split(/[\s,]+/).filter((host) => host !== ""),
      ...(callback === undefined ? {} : { callback }),
    },
  };
}

const mistakeOf = ({ field, message }: ProducerMistake) => ({ field, message: sentence(message) });
const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

async function add(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { typed, wish } = readForm(request);
  const created = await deps.hub.producers.create(wish);
  if (created.kind === "refused") {
    const mistake = mistakeOf(created.mistake);
    return list(deps, request, response, { drafted: { typed, mistake } });
  }
  const { producer, secret } = created;
  const owner = { kind: "producer", producer: producer.id } as const;
  const by = (request.user as Person).name;
  const key = await deps.hub.apiKeys.create(
    { name: producer.name, owner, scopes: ["events", "read"] },
    by,
  );
  const next = { href: `${place}/${producer.id}`, label: say`See how it posts` };
  await showOnce(deps, request, response, [
    ...(key.kind === "created"
      ? [
          {
            title: say`The key of ${producer.name}`,
            secret: key.text,
            use: say`It posts events with it, in the Authorization header.`,
            next,
          },
        ]
      : []),
    {
      title: say`The callback secret of ${producer.name}`,
      secret,
      use: say`Its receiver verifies with it what it is told.`,
      next,
    },
  ]);
}

async function showOnce(
  deps: PageDeps,
  request: Request,
  response: Response,
  shown: readonly ShownOnce[],
): Promise<void> {
  sendPage(response, renderShownOncePage({ frame: await frameOf(deps, request), shown }), 201);
}

async function show({ deps, producer, request, response }: Asked): Promise<void> {
  const saved = request.session.producerSaved === true;
  delete request.session.producerSaved;
  await showProducer({ deps, producer, request, response }, saved ? { flash: "saved" } : {});
}

async function showProducer(
  { deps, producer, request, response }: Asked,
  told: Pick<ProducerPageProps, "flash" | "drafted" | "usedBy">,
  status = 200,
): Promise<void> {
  const { hub } = deps;
  const [frame, keys] = await Promise.all([
    frameOf(deps, request),
    hub.producers.keysOf(producer.id),
  ]);
  const html = renderProducerPage({ frame, producer, keys, hubUrl: hub.links.hubUrl, ...told });
  sendPage(response, html, status);
}

async function save(asked: Asked): Promise<void> {
  const { deps, producer, request, response } = asked;
  const { typed, wish } = readForm(request);
  const revision = Number((request.body as { readonly revision?: unknown }).revision);
  const changed = await deps.hub.producers.change(producer.id, revision, wish);
  switch (changed.kind) {
    case "saved":
      request.session.producerSaved = true;
      await saveSession(request);
      return response.redirect(303, `${place}/${producer.id}`);
    case "refused":
      return showProducer(
        asked,
        { drafted: { typed, mistake: mistakeOf(changed.mistake) } },
        changed.mistake.code === "name_taken" ? 409 : 422,
      );
    case "stale":
      return showProducer(
        { ...asked, producer: changed.producer },
        { flash: "stale", drafted: { typed } },
        409,
      );
    case "unknown":
    case "built_in":
      return sendNotFound(deps, request, response, "producer");
  }
}

async function newSecret({ deps, producer, request, response }: Asked): Promise<void> {
  const overlapMs = typedOverlap(request);
  const rotated = await deps.hub.producers.rotateSecret(producer.id, overlapMs);
  if (rotated.kind !== "rotated") return sendNotFound(deps, request, response, "producer");
  await showOnce(deps, request, response, [
    {
      title: say`The new callback secret of ${producer.name}`,
      secret: rotated.secret,
      use:
        overlapMs > 0 ? say`Meanwhile the old one signs too.` : say`The old one signs no longer.`,
      next: { href: `${place}/${producer.id}`, label: say`Back to the producer` },
    },
  ]);
}

async function remove(asked: Asked): Promise<void> {
  const { deps, producer, request, response } = asked;
  const revision = Number((request.body as { readonly revision?: unknown }).revision);
  const removed = await deps.hub.producers.remove(producer.id, revision);
  switch (removed.kind) {
    case "removed":
      return response.redirect(303, place);
    case "in_use":
      return showProducer(asked, { usedBy: removed.users }, 409);
    case "stale":
      return showProducer({ ...asked, producer: removed.producer }, { flash: "stale" }, 409);
    case "unknown":
    case "built_in":
      return sendNotFound(deps, request, response, "producer");
  }
}

const keyForm = z.object({
  name: text,
  owner: text,
  scopes: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  expires: text,
});

const keyMistakes = {
  owner_unknown: ["owner", () => say`Choose a producer, or a person who is not suspended.`],
  scope_not_for_producers: [
    "scopes",
    () => say`A producer's key may post events and read, no more.`,
  ],
  admin_role_missing: [
    "scopes",
    () => say`This person is no admin, so neither is a key of theirs.`,
  ],
  expired: ["expires", () => say`Choose a time that lies ahead.`],
} as const;

async function makeKey(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const { hub } = deps;
  const typed: TypedKey = keyForm.catch(keyForm.parse({})).parse(request.body ?? {});
  const refuse = (field: string, message: string) =>
    list(deps, request, response, { keyDrafted: { typed, mistake: { field, message } } });
  const asked = scopes.filter((scope) => typed.scopes.includes(scope));
  const owner = readOwner(typed.owner);
  if (typed.name === "" || typed.name.length > 100) {
    return refuse("name", say`Give it a name of at most 100 characters.`);
  }
  if (asked.length === 0) return refuse("scopes", say`Choose at least one thing that it may do.`);
  const refuseFor = ([field, message]: (typeof keyMistakes)[keyof typeof keyMistakes]) =>
    refuse(field, message());
  if (!owner) return refuseFor(keyMistakes.owner_unknown);
  const span = parseDuration(typed.expires);
  const expires = span ? { expiresAt: new Date(hub.clock.now().getTime() + span) } : {};
  const by = (request.user as Person).name;
  const wish = { name: typed.name, owner, scopes: asked, ...expires };
  const created = await hub.apiKeys.create(wish, by);
  if (created.kind === "refused") return refuseFor(keyMistakes[created.code]);
  await showOnce(deps, request, response, [
    {
      title: say`The key ${typed.name}`,
      secret: created.text,
      use: say`It goes into the Authorization header, behind the word Bearer.`,
      next: { href: `${place}#keys`, label: say`Back to the keys` },
    },
  ]);
}

function readOwner(typed: string): ApiKey["owner"] | undefined {
  const read = <Kind extends IdKind>(kind: Kind) => parseId(kind, typed);
  const [producer, person] = [read("producer"), read("person")];
  if (producer) return { kind: "producer", producer };
  return person && { kind: "person", person };
}

async function revoke(deps: PageDeps, request: Request, response: Response): Promise<void> {
  const id = parseId("key", request.params["id"]);
  const by = (request.user as Person).name;
  const revoked = id && (await deps.hub.apiKeys.revoke(id, by));
  if (!revoked) return sendErrorPage(deps, request, response, noKey());
  const { owner } = revoked;
  const own = owner.kind === "producer" && !deps.hub.producers.isBuiltIn(owner.producer);
  response.redirect(303, own ? `${place}/${owner.producer}` : `${place}#keys`);
}

const noKey = () => ({
  status: 404,
  title: say`No such key`,
  detail: say`This hub has no key of this id, so nothing was revoked.`,
  hint: say`See the list of keys.`,
  next: { href: `${place}#keys`, label: say`API keys` },
});
