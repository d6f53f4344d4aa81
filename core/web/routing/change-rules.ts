import type { Request, Response } from "express";
import type { Person } from "../../domain/person.ts";
import type { RuleSet } from "../../domain/rule.ts";
import type { RulesDraft } from "../../hub/rules.ts";
import { say } from "../../words/say.ts";
import { frameOf, sendPage } from "../frame.ts";
import type { PageDeps } from "../page-deps.ts";
import { sendErrorPage, sendNotFound } from "../page-errors.ts";
import { renderRuleRemovalPage } from "../pages/rule-removal-page.tsx";

const textOf = (value: unknown) => (typeof value === "string" ? value : "");

/** Show what a removal would change, and ask for it. */
export async function askRemoval(
  deps: PageDeps,
  request: Request,
  response: Response,
): Promise<void> {
  const { hub } = deps;
  const newest = await hub.rules.current();
  const rule = newest.rules.find(({ name }) => name === textOf(request.query["name"]));
  if (!rule) return sendNotFound(deps, request, response, "rule");
  const rules = newest.rules.filter((one) => one !== rule);
  const comparison = await hub.ruleTrials.compare(
    { rules, ...(newest.fallback === undefined ? {} : { fallback: newest.fallback }) },
    {
      types: rule.types,
      last: 50,
    },
  );
  const { types } = rule;
  const { fallback } = newest;
  const preview =
    comparison.kind === "invalid"
      ? comparison
      : ({ kind: "compared", comparison, types, fallback } as const);
  const frame = await frameOf(deps, request);
  sendPage(response, renderRuleRemovalPage({ frame, rule, newest, preview }));
}

/** Take one rule out of the list. */
export async function removeRule(
  deps: PageDeps,
  request: Request,
  response: Response,
): Promise<void> {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const name = textOf(body["name"]);
  await saveOrTell(deps, request, response, say`Remove ${name}`, (newest) => {
    const rules = newest.rules.filter((rule) => rule.name !== name);
    return rules.length === newest.rules.length ? undefined : { rules };
  });
}

/** Let a rule change places with its neighbour. */
export async function moveRule(
  deps: PageDeps,
  request: Request,
  response: Response,
): Promise<void> {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const name = textOf(body["name"]);
  const up = textOf(body["to"]) === "up";
  const words = up ? say`Move ${name} up` : say`Move ${name} down`;
  await saveOrTell(deps, request, response, words, ({ rules }) => {
    const from = rules.findIndex((rule) => rule.name === name);
    const index = from + (up ? -1 : 1);
    const [rule, other] = [rules[from], rules[index]];
    if (!rule || !other) return undefined;
    const order = rules.map((one) => (one === rule ? other : one === other ? rule : one));
    const query = new URLSearchParams({ moved: name, to: up ? "up" : "down" });
    return { rules: order, address: `/routing?${query}#rule-${index + 1}` };
  });
}

/** Say where events go that no rule took. */
export async function saveFallback(
  deps: PageDeps,
  request: Request,
  response: Response,
): Promise<void> {
  const body = (request.body ?? {}) as Readonly<Record<string, unknown>>;
  const name = textOf(body["fallback"]);
  const words = name === "" ? say`No fallback` : say`Fallback ${name}`;
  await saveOrTell(deps, request, response, words, ({ rules }) => ({ rules, fallback: name }));
}

interface SmallChange {
  readonly rules: RulesDraft["rules"];
  /** Where to go afterwards. */
  readonly address?: string;
  /** Another fallback; empty for none. */
  readonly fallback?: string;
}

/** Save a change that needs no form; where somebody saved meanwhile, or it cannot be, tell so and change nothing. */
async function saveOrTell(
  deps: PageDeps,
  request: Request,
  response: Response,
  words: string,
  change: (newest: RuleSet) => SmallChange | undefined,
): Promise<void> {
  const { hub } = deps;
  const newest = await hub.rules.current();
  const version = Number((request.body as { readonly version?: unknown } | undefined)?.version);
  const changed = version === newest.version ? change(newest) : undefined;
  if (!changed) return tellStale(deps, request, response, newest);
  const fallback = changed.fallback ?? newest.fallback ?? "";
  const saved = await hub.rules.save(
    { rules: changed.rules, description: words, ...(fallback === "" ? {} : { fallback }) },
    version,
    (request.user as Person).name,
  );
  if (saved.kind === "saved") return response.redirect(303, changed.address ?? "/routing");
  if (saved.kind === "stale") return tellStale(deps, request, response, saved.newest);
  return sendErrorPage(deps, request, response, {
    status: 422,
    title: say`Nothing was saved`,
    detail: saved.errors.map(({ pointer, message }) => `${pointer}: ${message}`).join("; "),
    hint: say`Correct these rules first.`,
    next: { href: "/routing", label: say`Back to the rules` },
  });
}

const tellStale = (deps: PageDeps, request: Request, response: Response, newest: RuleSet) =>
  sendErrorPage(deps, request, response, {
    status: 409,
    title: say`The rules have changed meanwhile`,
    detail: say`${newest.author} saved version ${newest.version} after you opened the page. Nothing was changed by you.`,
    hint: say`Look at the rules as they are now, and do it again if it still fits.`,
    next: { href: "/routing", label: say`Show the rules` },
  });
