import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operations } from "../../../../core/web/api/operations.ts";
import type { Problem } from "../../../fixtures/rig/http.ts";
import { type ApiRig, startApi } from "./api-rig.ts";

describe("a query parameter that an operation does not take", () => {
  let api: ApiRig;
  let key: string;
  beforeAll(async () => {
    api = await startApi();
    key = await api.person("Ann", ["admin"], ["events", "read", "vote", "admin"]);
  });
  afterAll(() => api.close());

  const call = async (method: string, path: string) => {
    const { status, body } = await api.call<Problem>(method, path, { key });
    return { status, code: body.code, detail: body.detail, errors: body.errors };
  };

  it.each([
    ["GET", "/v1/approvals?sate=open", "?sate", 'unknown parameter; did you mean "state"?'],
    [
      "GET",
      "/v1/approvals?about=open",
      "?about",
      "unknown parameter; there are limit, order, after, key, state",
    ],
    ["POST", "/v1/apply?dryrun=true", "?dryrun", 'unknown parameter; did you mean "dry_run"?'],
    [
      "POST",
      "/v1/deliveries/redeliver?dry_run=true",
      "?dry_run",
      "unknown parameter; this call takes none",
    ],
    ["GET", "/v1/deliveries?state=dead&state=held", "?state", "expected it once"],
  ])("is refused by %s %s, with what was meant", async (method, path, pointer, message) => {
    const end = message.endsWith("?") ? "" : ".";
    expect(await call(method, path)).toEqual({
      ...{ status: 422, code: "parameter_invalid" },
      detail: `${pointer.slice(1)}: ${message}${end}`,
      errors: [{ pointer, message }],
    });
  });

  it("is told with every other one", async () => {
    const { detail } = await call("GET", "/v1/approvals?sate=open&key=a&key=b");
    expect(detail).toBe('sate: unknown parameter; did you mean "state"? key: expected it once.');
  });

  it("is told to nobody who may not call", async () => {
    const { status } = await api.call("GET", "/v1/approvals?sate=open", { key: "cs_unknown" });
    expect(status).toBe(401);
  });

  it.each(operations.map(({ method, path }) => [method.toUpperCase(), path] as const))(
    "is refused by every operation: %s %s",
    async (method, path) => {
      const { code, errors } = await call(method, `${path.replaceAll(/\{\w+\}/g, "x")}?nobodys=1`);
      expect([code, errors?.[0]?.pointer]).toEqual(["parameter_invalid", "?nobodys"]);
    },
  );

  it.each(
    operations.flatMap(({ method, path, query = [] }) =>
      query.map((name) => [method.toUpperCase(), path, name] as const),
    ),
  )("is none that the document names: %s %s?%s", async (method, path, name) => {
    const { errors } = await call(method, `${path.replaceAll(/\{\w+\}/g, "x")}?${name}=x`);
    expect((errors ?? []).map(({ message }) => message).join()).not.toContain("unknown parameter");
  });
});
