import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sandboxApi } from "../../../../core/web/sandbox/sandbox-api.ts";
import type { SandboxApiDeps } from "../../../../core/web/sandbox/sandbox-deps.ts";
import { projectRoot } from "../../../fixtures/runner/source-tree.ts";

interface Layer {
  readonly route?: {
    readonly path: string;
    readonly stack: readonly { readonly method: string }[];
  };
}

/** The routes that are there, as the page of the documentation writes them. */
function routesServed(): readonly string[] {
  const deps = { platforms: [], producer: { onChange: () => {} } } as unknown as SandboxApiDeps;
  const { stack } = sandboxApi(deps, (_request, _response, next) => next()) as unknown as {
    readonly stack: readonly Layer[];
  };
  return stack.flatMap(({ route }) =>
    (route?.stack ?? []).map(
      ({ method }) => `${method.toUpperCase()} /sandbox/api${route?.path ?? ""}`,
    ),
  );
}

describe("the page about the sandbox", () => {
  it("names every route of its API, and none that is not there", () => {
    const page = readFileSync(join(projectRoot, "core/docs/sandbox.md"), "utf8");
    const named = [...page.matchAll(/^\| `((?:GET|POST|DELETE) \/sandbox\/api\/\w+)/gm)];
    const served = routesServed();
    expect(served.length).toBeGreaterThan(20);
    expect(named.map(([, route]) => route).toSorted()).toEqual(served.toSorted());
  });
});
