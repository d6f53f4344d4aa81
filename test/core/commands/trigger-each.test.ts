import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtinTypes } from "../../../core/event-types/builtin-types.ts";
import { isHubType } from "../../../core/routing/compile.ts";
import { type ApiRig, startApi } from "../web/api/api-rig.ts";
import { run, smallWorld } from "./small-world.ts";

/** A member of a sample that is a plain text, by which `--data` can be seen. */
const textIn = (data: object): string | undefined =>
  Object.entries(data).find(
    ([, value]) => typeof value === "string" && !/^\d{4}-/.test(value),
  )?.[0];

const all = [...builtinTypes.values()];
const sent = all.filter(({ name }) => !isHubType(name)).map((type) => [type.name, type] as const);
const raised = all.filter(({ name }) => isHubType(name)).map(({ name }) => name);

let api: ApiRig;
let flags: readonly string[];
beforeAll(async () => {
  api = await startApi();
  const { key } = await api.producer("ci");
  flags = ["--url", api.url, "--key", key];
});
afterAll(() => api.close());

interface Accepted {
  readonly id: string;
  readonly status: string;
  readonly approval?: { readonly id: string };
}

describe("countersign trigger, through the API itself", () => {
  it.each(sent)("B2: takes the sample of %s, with --data laid over it", async (name, type) => {
    const field = textIn(type.sample.data);
    const over = field === undefined ? [] : ["--data", `${field}=laid over`];
    const subject = `${name}/1`;
    const words = [...flags, "trigger", name, "--subject", subject, ...over, "--json"];
    const { code, out, err } = await run(words, smallWorld());
    expect([code, err]).toEqual([0, ""]);
    const accepted = JSON.parse(out) as Accepted;
    expect(accepted.approval !== undefined).toBe(type.approval.kind === "opens");
    const stored = await api.store.events.get(accepted.id as never);
    expect(stored).toMatchObject({ known: true, event: { type: name, subject } });
    if (field !== undefined) expect(stored?.event.data[field]).toBe("laid over");
    for (const member of Object.keys(type.sample.data)) {
      expect(stored?.event.data, member).toHaveProperty([member]);
    }
  });

  it.each(raised)("B2: is told that %s belongs to the hub", async (name) => {
    const { code, err } = await run([...flags, "trigger", name], smallWorld());
    expect(code).toBe(1);
    expect(err).toMatch(/hub/);
  });
});
