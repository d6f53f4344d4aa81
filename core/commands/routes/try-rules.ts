import { deriveId } from "../../domain/ids.ts";
import { isJsonObject, type JsonObject } from "../../domain/json.ts";
import { parseEvent } from "../../ingest/parse-event.ts";
import { sampleEvent } from "../../ingest/sample-event.ts";
import { compileRules } from "../../routing/compile.ts";
import { explainRules, writeTraces } from "../../routing/explain.ts";
import { type ApiAnswer, type ApiClient, type ApiFailure, fail } from "../api-client.ts";
import { readRulesFile } from "../rules-file.ts";
import { exitCodes, print, type World } from "../world.ts";

/** What the API answers to an explanation; the same is made here for rules in a file. */
export interface Explanation {
  /** Only from a running hub: rules in a file know no texts of destinations. */
  readonly messages?: readonly {
    readonly destination: string;
    readonly title: string;
    readonly missing: readonly string[];
    readonly trouble: string | null;
  }[];
  readonly destinations: readonly string[];
  readonly unrouted: boolean;
  readonly policy: string | null;
  /** Why it is this policy; only a hub knows what is pinned. */
  readonly policy_from?: string | null;
  readonly rules: ReturnType<typeof writeTraces>;
}

export type Tried =
  | { readonly ok: true; readonly explanation: Explanation }
  | { readonly ok: false; readonly exit: number };

/** Follow an event through the rules of a hub, or, without a hub, through those of a file. */
export async function tryRules(
  event: JsonObject,
  rulesFile: string | undefined,
  world: World,
  api: ApiClient,
): Promise<Tried> {
  if (rulesFile !== undefined) return tryFile(event, rulesFile, world);
  const answer: ApiAnswer | ApiFailure = await api.post("/v1/rules/explain", { event });
  if (!answer.ok) return { ok: false, exit: fail(world, answer) };
  return { ok: true, explanation: answer.body as unknown as Explanation };
}

/** Read a text file, or say that it cannot be read. */
export function readOrSay(path: string, world: World): string | undefined {
  try {
    return world.readText(path);
  } catch (error) {
    print(world.err, `${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
    return undefined;
  }
}

function tryFile(source: JsonObject, path: string, world: World): Tried {
  const wrong = { ok: false, exit: exitCodes.usage } as const;
  const text = readOrSay(path, world);
  if (text === undefined) return wrong;
  const file = readRulesFile(text, path);
  if (!file.ok) {
    print(world.err, ...file.mistakes);
    return wrong;
  }
  const read = parseEvent(source, "");
  if (read.kind === "invalid") {
    print(world.err, ...read.errors.map(({ pointer, message }) => `${pointer || "/"}: ${message}`));
    return wrong;
  }
  const now = world.now();
  const event = sampleEvent(read.draft, {
    organization: deriveId("organization", "sample"),
    producer: deriveId("producer", "sample"),
    producerName: "local",
    now,
  });
  const traces = explainRules(
    compileRules({
      ...{ id: path, organization: event.organization, revision: 1, version: 0, author: path },
      ...{ rules: file.rules, savedAt: now },
    }),
    event,
  );
  const taken = traces.filter(({ outcome }) => outcome === "taken");
  const named = taken.flatMap(({ rule }) => rule.to);
  const fallback = taken.length === 0 && file.fallback !== undefined ? [file.fallback] : [];
  return {
    ok: true,
    explanation: {
      destinations: [...new Set([...named, ...fallback])],
      unrouted: taken.length === 0,
      policy: taken.find(({ rule }) => rule.policy !== undefined)?.rule.policy ?? null,
      rules: writeTraces(traces),
    },
  };
}

/** Read an event from a file's text: one JSON object. */
export function readEventFile(path: string, world: World): JsonObject | undefined {
  const text = readOrSay(path, world);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
    print(world.err, `${path} must hold one event as a JSON object.`);
  } catch (error) {
    print(world.err, `${path} is not JSON: ${(error as SyntaxError).message}.`);
  }
  return undefined;
}
