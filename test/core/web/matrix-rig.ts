import type { Express, Router } from "express";
import { deriveId } from "../../../core/domain/ids.ts";
import type { Person, Role } from "../../../core/domain/person.ts";
import { scopes } from "../../../core/domain/producer.ts";
import { type ConsoleVisitor, visit, visitAs } from "../../fixtures/rig/console-visitor.ts";
import type { ApiRig } from "./api/api-rig.ts";

/** Every route of the console and the API, as `GET /people/{id}`, in the order in which they stand. */
export function routesOf({ router }: Pick<Express, "router">): readonly string[] {
  const below = (stack: Router["stack"]): readonly string[] =>
    stack.flatMap(({ route, handle }) => {
      if (!route) return "stack" in handle ? below((handle as unknown as Router).stack) : [];
      const paths = [route.path].flat() as readonly string[];
      const methods = new Set(route.stack.map(({ method }) => method.toUpperCase()));
      return [...methods].flatMap((method) =>
        paths.map((path) => `${method} ${path.replaceAll(/[:*](\w+)/g, "{$1}")}`),
      );
    });
  return [...new Set(below((router as unknown as Router).stack))];
}

/** Everybody who may come by a browser: one for each role, somebody without any, a stranger. */
export const visitors = ["admin", "router", "auditor", "approver", "nobody", "stranger"] as const;
export type Visitor = (typeof visitors)[number];

/** One request as somebody; answers whether the door let it pass, whatever became of it behind. */
export type Knock = (route: string) => Promise<boolean>;

const addressOf = (route: string) => {
  const [method = "", path = ""] = route.split(" ");
  return { method, path: path.replaceAll(/\{\w+\}/g, "nothing") };
};

/** Codes with which the API turns somebody away; all others are about the request. */
const turnedAway = new Set(["key_missing", "key_unknown", "scope_missing", "role_missing"]);

/** Make the doors of the API and of the console, by a session for each visitor and by a key for each scope. */
export async function makeDoors(api: ApiRig) {
  const cookies = new Map<Visitor, { readonly cookie: string; readonly csrf: string }>();
  for (const visitor of visitors) {
    cookies.set(visitor, await (visitor === "stranger" ? lookIn(api) : signIn(api, visitor)));
  }
  const byKey = await Promise.all(
    scopes.map(
      async (scope) => [scope, (await api.producer(`with ${scope}`, [scope])).key] as const,
    ),
  );
  const answer = async (route: string, headers: Record<string, string>, form?: string) => {
    const { method, path } = addressOf(route);
    const hangUp = new AbortController();
    const response = await fetch(api.url + path, {
      ...{ method, redirect: "manual", headers, signal: hangUp.signal },
      ...(form === undefined || method === "GET" ? {} : { body: form }),
    });
    const isProblem = response.headers.get("content-type")?.includes("problem") ?? false;
    const { code = "" } = isProblem ? ((await response.json()) as { code?: string }) : {};
    const { status } = response;
    const to = response.headers.get("location");
    hangUp.abort();
    return { status, code, to };
  };
  return {
    bySession:
      (visitor: Visitor): Knock =>
      async (route) => {
        const { cookie = "", csrf = "" } = cookies.get(visitor) ?? {};
        const headers = { cookie, "x-csrf-token": csrf };
        return !turnedAway.has((await answer(route, headers, "{}")).code);
      },
    byKey: byKey.map(([scope, key]) => ({
      scope,
      knock: (async (route) =>
        !turnedAway.has(
          (await answer(route, { authorization: `Bearer ${key}` }, "{}")).code,
        )) as Knock,
    })),
    page:
      (visitor: Visitor): Knock =>
      async (route) => {
        const ends = /sign-out|logout|password$|welcome$/.test(route) && route.startsWith("POST");
        const fresh =
          ends && visitor !== "stranger" ? await signIn(api, visitor, "leaver") : undefined;
        const { cookie = "", csrf = "" } = fresh ?? cookies.get(visitor) ?? {};
        const headers = { cookie, "content-type": "application/x-www-form-urlencoded" };
        const { status, to } = await answer(route, headers, `_csrf=${encodeURIComponent(csrf)}`);
        return status !== 403 && to !== "/auth/login";
      },
  };
}

async function signIn(
  api: ApiRig,
  visitor: Exclude<Visitor, "stranger">,
  called: "keeper" | "leaver" = "keeper",
) {
  const roles: Person["roles"] = visitor === "nobody" ? [] : [visitor satisfies Role];
  const id = deriveId("person", called, visitor);
  const fields = { id, organization: api.hub.organization, revision: 1, name: visitor, roles };
  await api.store.people.insert(fields);
  return carried(await visitAs(api, id), "/account");
}

const lookIn = (api: ApiRig) => carried(visit(api.url), "/auth/login");

async function carried(browser: ConsoleVisitor, page: string) {
  const { body } = await browser.get(page);
  const csrf = /name="_csrf" value="([^"]+)"/.exec(body)?.[1] ?? "";
  return { cookie: browser.cookie(), csrf };
}
