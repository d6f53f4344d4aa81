import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import type { Router } from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Scope } from "../../../../core/domain/producer.ts";
import { apiRoutes } from "../../../../core/web/api/api.ts";
import { openApiDocument } from "../../../../core/web/api/openapi.ts";
import { createLoadLimits } from "../../../../core/web/load-limits.ts";
import type { Problem } from "../../../fixtures/rig/http.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

interface Described {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}
interface DescribedOperation {
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: unknown;
  readonly responses: Readonly<Record<string, unknown>>;
}

const document = openApiDocument("https://hub.example") as Described;
const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
);

/** Which scopes let each operation pass; one of them is enough. */
const scopes: Readonly<Record<string, readonly Scope[]>> = {
  "POST /v1/events": ["events"],
  "GET /v1/events": ["read"],
  "GET /v1/events/{id}": ["read"],
  "GET /v1/event-types": ["read"],
  "GET /v1/event-types/{name}": ["read"],
  "PUT /v1/event-types/{name}": ["read", "admin"],
  "DELETE /v1/event-types/{name}": ["read", "admin"],
  "GET /v1/approvals": ["read"],
  "GET /v1/approvals/{id}": ["read"],
  "GET /v1/approvals/{id}/stream": ["read"],
  "POST /v1/approvals/{id}/votes": ["vote"],
  "POST /v1/approvals/{id}/cancel": ["events", "vote", "admin"],
  "POST /v1/approvals/{id}/outcome": ["events"],
  "POST /v1/approvals/{id}/revoke": ["admin"],
  "POST /v1/approvals/{id}/unlock": ["admin"],
  "GET /v1/deliveries": ["read", "admin"],
  "GET /v1/deliveries/{id}": ["read", "admin"],
  "POST /v1/deliveries/redeliver": ["read", "admin"],
  "POST /v1/deliveries/{id}/redeliver": ["read", "admin"],
  "GET /v1/rules": ["read", "admin"],
  "PUT /v1/rules": ["read", "admin"],
  "GET /v1/rules/versions": ["read", "admin"],
  "POST /v1/rules/rollback": ["read", "admin"],
  "POST /v1/rules/explain": ["read", "admin"],
  "POST /v1/rules/backtest": ["read", "admin"],
  "GET /v1/workspaces": ["read", "admin"],
  "GET /v1/workspaces/{id}": ["read", "admin"],
  "PATCH /v1/workspaces/{id}": ["admin"],
  "GET /v1/workspaces/{id}/channels": ["read", "admin"],
  "POST /v1/workspaces/{id}/check": ["admin"],
  "POST /v1/workspaces/{id}/disconnect": ["admin"],
  "GET /v1/destinations": ["read", "admin"],
  "POST /v1/destinations": ["read", "admin"],
  "POST /v1/destinations/test": ["read", "admin"],
  "GET /v1/destinations/{id}": ["read", "admin"],
  "PATCH /v1/destinations/{id}": ["read", "admin"],
  "DELETE /v1/destinations/{id}": ["read", "admin"],
  "POST /v1/destinations/{id}/rotate-secret": ["read", "admin"],
  "POST /v1/destinations/{id}/test": ["read", "admin"],
  "GET /v1/feed": ["read"],
  "GET /v1/audit": ["read", "admin"],
  "GET /v1/audit/verify": ["read", "admin"],
  "GET /v1/people": ["admin"],
  "POST /v1/people": ["admin"],
  "GET /v1/people/{id}": ["admin"],
  "PATCH /v1/people/{id}": ["admin"],
  "POST /v1/people/{id}/links": ["admin"],
  "GET /v1/groups": ["admin"],
  "POST /v1/groups": ["admin"],
  "GET /v1/groups/{id}": ["admin"],
  "PUT /v1/groups/{id}": ["admin"],
  "DELETE /v1/groups/{id}": ["admin"],
  "POST /v1/people/{id}/suspend": ["admin"],
  "POST /v1/people/{id}/restore": ["admin"],
  "GET /v1/policies": ["read", "admin"],
  "GET /v1/policies/{name}": ["read", "admin"],
  "GET /v1/policies/{name}/versions": ["read", "admin"],
  "PUT /v1/policies/{name}": ["admin"],
  "DELETE /v1/policies/{name}": ["admin"],
  "GET /v1/export": ["admin"],
  "POST /v1/apply": ["admin"],
  "GET /v1/pins": ["read", "admin"],
  "POST /v1/pins": ["admin"],
  "DELETE /v1/pins/{kind}/{name}": ["admin"],
  "GET /v1/producers": ["admin"],
  "POST /v1/producers": ["admin"],
  "GET /v1/producers/{id}": ["admin"],
  "PUT /v1/producers/{id}": ["admin"],
  "DELETE /v1/producers/{id}": ["admin"],
  "POST /v1/producers/{id}/rotate-secret": ["admin"],
  "GET /v1/keys": ["admin"],
  "POST /v1/keys": ["admin"],
  "DELETE /v1/keys/{id}": ["admin"],
  "POST /v1/admin/links": ["admin"],
  "POST /v1/admin/keys/rotate": ["admin"],
};
const allScopes = ["events", "read", "vote", "admin"] as const;

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** Ask for the status alone; a stream that opens is hung up on. */
async function statusOf(
  operation: string,
  key?: string,
): Promise<{ status: number; code?: string }> {
  const [method = "", path = ""] = operation.split(" ");
  const hangUp = new AbortController();
  const response = await fetch(api.url + path.replaceAll(/\{\w+\}/g, "nothing"), {
    method,
    signal: hangUp.signal,
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
  });
  const isProblem = response.headers.get("content-type")?.includes("problem");
  const answer = isProblem ? ((await response.json()) as Problem) : undefined;
  hangUp.abort();
  return { status: response.status, ...(answer ? { code: answer.code } : {}) };
}

/** Every route below a router, as the document writes it. */
function routesOf(router: Router): readonly string[] {
  return router.stack.flatMap(({ route, handle }) => {
    if (!route) return "stack" in handle ? routesOf(handle as unknown as Router) : [];
    const path = route.path.replaceAll(/:(\w+)/g, "{$1}");
    return route.stack.map(({ method }) => `${method.toUpperCase()} ${path}`);
  });
}

describe("the OpenAPI document", () => {
  it("H2: describes every route under /v1, and nothing that has none", () => {
    const limits = createLoadLimits({ nowMs: () => 0, freeBytes: async () => undefined });
    const { hub, log: feed } = api;
    const rotateKeys = () => Promise.reject(new Error("not here"));
    const router = apiRoutes({ hub, feed, limits, rotateKeys, checkCsrf: () => false });
    const routes = new Set(routesOf(router).filter((route) => route.includes(" /v1/")));
    expect([...routes].sort()).toEqual([...operations].sort());
  });

  it("H2: is served as it is made, to everybody", async () => {
    const { body, status } = await api.call<Described>("GET", "/openapi.json");
    expect(status).toBe(200);
    expect(body).toEqual(JSON.parse(JSON.stringify(openApiDocument(api.url))));
    expect(body.openapi).toBe("3.1.0");
  });

  it("H2: names every parameter of a path, refers to nothing that is missing, and describes every refusal", () => {
    const text = JSON.stringify(document);
    const refs = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(refs)).toEqual(new Set(["#/components/schemas/Problem"]));
    for (const [path, item] of Object.entries(document.paths)) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const { parameters, responses } of Object.values(item)) {
        const named = parameters.filter((one) => one.in === "path").map(({ name }) => name);
        expect(named).toEqual(inPath);
        expect(Object.keys(responses)).toEqual(expect.arrayContaining(["401", "403"]));
      }
    }
  });
});

describe("what the document says of events", () => {
  const posted = document.paths["/v1/events"]?.["post"]?.requestBody as {
    readonly content: Readonly<Record<string, { readonly schema: object }>>;
  };
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const validate = ajv.compile(posted.content["application/json"]?.schema ?? false);

  const actions = [{ id: "deploy", choice: "approve", label: "Deploy" }];
  const ask = (approval: unknown) => ({
    ...{ type: "deploy.requested", subject: "web/1.4.2", link: "/deploys/812" },
    data: { title: "Deploy web 1.4.2", service: "web", approval },
  });
  const cloud = { specversion: "1.0", id: "812", source: "/ci" };
  it.each<[boolean, unknown]>([
    [true, ask({ expires_in: "30m", requested_by: "chloe@example.com", actions })],
    [true, { ...ask({}), ...cloud }],
    [true, [ask({ expires_at: "2999-01-31T14:02:00Z" }), { type: "a", data: { any: [null] } }]],
    [false, ask({ expires: "30m" })],
    [false, ask({ actions: [{ id: "deploy", choice: "yes", label: "Deploy" }] })],
    [false, { ...ask({ requested_by: "" }), ...cloud }],
    [false, []],
    [false, Array.from({ length: 501 }, () => ({ type: "a" }))],
  ])("H2: is what the hub takes (%j, %#)", async (taken, body) => {
    const { key } = await api.producer("ci");
    const { status } = await api.call("POST", "/v1/events", { key, body });
    expect([status, validate(body)]).toEqual([taken ? 202 : 422, taken]);
  });
});

describe("the scopes of a key", () => {
  it("are named here for every operation", () => {
    expect(Object.keys(scopes).sort()).toEqual([...operations].sort());
  });

  it.each(Object.entries(scopes))(
    "let %s pass with one of %j and no other",
    async (operation, wanted) => {
      for (const scope of allScopes) {
        const key = await api.person("Ann", ["admin", "approver"], [scope]);
        const { code } = await statusOf(operation, key);
        expect([scope, code === "scope_missing"]).toEqual([scope, !wanted.includes(scope)]);
      }
    },
  );

  it.each(operations)("are of no use to nobody: %s", async (operation) => {
    expect(await statusOf(operation)).toEqual({ status: 401, code: "key_missing" });
    expect(await statusOf(operation, "cs_unknown")).toEqual({ status: 401, code: "key_unknown" });
  });
});

describe("what is not everybody's to see", () => {
  const theirs = ["GET /v1/rules", "GET /v1/feed"];
  const anybodys = ["GET /v1/events", "GET /v1/events/{id}"];

  it.each([...theirs, ...anybodys])(
    "is %s, with a key of somebody who only decides",
    async (operation) => {
      const key = await api.person("Dov", ["approver"], ["read"]);
      expect(await statusOf(operation, key)).toEqual({ status: 403, code: "role_missing" });
      const nobody = await api.person("Eve", [], ["read"]);
      expect(await statusOf(operation, nobody)).toEqual({ status: 403, code: "role_missing" });
    },
  );

  it.each(theirs)("is %s, with a key of a producer, which is not alone here", async (operation) => {
    const { key } = await api.producer("ci", ["events", "read"]);
    expect(await statusOf(operation, key)).toEqual({ status: 403, code: "role_missing" });
  });

  it("but a producer's key that may change the rules reads them, and sees no more of others' events", async () => {
    const { key } = await api.producer("ci", ["events", "read", "admin"]);
    expect((await statusOf("GET /v1/rules", key)).status).toBe(200);
    expect(await statusOf("GET /v1/feed", key)).toEqual({ status: 403, code: "role_missing" });
  });

  it.each([...theirs, "GET /v1/events"])(
    "but %s is shown to admins, routers and auditors",
    async (operation) => {
      for (const role of ["admin", "router", "auditor"] as const) {
        const key = await api.person(role, [role], ["read"]);
        expect([role, (await statusOf(operation, key)).status]).toEqual([role, 200]);
      }
      const operator = await api.person("Operator", [], ["read", "admin"]);
      expect((await statusOf(operation, operator)).status).toBe(200);
    },
  );
});
