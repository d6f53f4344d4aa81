import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { definitionMistakes } from "../../../core/event-types/definition-mistakes.ts";
import { definitionSchema } from "../../../core/event-types/definition-schema.ts";
import { readDefinition } from "../../../core/event-types/definition-text.ts";

it("the type that the documentation shows can be saved as it stands", () => {
  const page = readFileSync(new URL("../../../core/docs/event-types.md", import.meta.url), "utf8");
  const [, written = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const read = definitionSchema.safeParse(parse(written));
  expect(read.error?.issues ?? []).toEqual([]);
  if (read.success) expect(definitionMistakes(readDefinition(read.data, 1))).toEqual([]);
});
