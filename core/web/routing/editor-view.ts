import type { RuleSet } from "../../domain/rule.ts";
import { listTypes } from "../../event-types/find-type.ts";
import { sampleEvent } from "../../ingest/sample-event.ts";
import { say } from "../../words/say.ts";
import type { PageDeps } from "../page-deps.ts";
import type { RuleEditorProps } from "../pages/rule-editor-page.tsx";
import type { PreviewContent } from "../pages/rule-preview.tsx";
import { readTypeNames } from "../read-type-names.ts";
import {
  type FormErrors,
  placeRule,
  type RuleForm,
  ruleOf,
  typesOf,
  whyOnlyJson,
} from "./rule-form.ts";
import { seenFields } from "./seen-fields.ts";

/** How many of the last events of a type are shown beside the editor. */
const shownEvents = 50;

/** What the editor draws besides the frame. */
export type EditorView = Omit<RuleEditorProps, "frame">;

/** Gather what the editor shows of a draft. The draft is tried on what came; nothing is sent or saved. */
export async function viewDraft(
  { hub }: Pick<PageDeps, "hub">,
  form: RuleForm,
  newest: RuleSet,
  more: {
    readonly errors?: FormErrors;
    readonly otherErrors?: readonly string[];
    readonly why?: string | undefined;
    readonly focus?: number | undefined;
    readonly meanwhile?: EditorView["meanwhile"];
  } = {},
): Promise<EditorView> {
  const [destinations, policies, pins, types, preview] = await Promise.all([
    hub.destinations.list(),
    hub.policies.list(),
    hub.policies.pins(),
    readTypeNames(hub),
    previewDraft({ hub }, form, newest),
  ]);
  const events =
    preview.kind === "compared" ? preview.comparison.events.map(({ event }) => event) : [];
  const asked = new Set(typesOf(form));
  return {
    ...{ form, newest, types, preview },
    errors: more.errors ?? new Map(),
    otherErrors: more.otherErrors ?? [],
    why: more.why ?? sayOnlyJson(whyOnlyJson(form)),
    focus: more.focus,
    meanwhile: more.meanwhile,
    destinations: destinations.map(({ name, kind }) => ({ name, kind })),
    policies: policies.map(({ policy }) => policy),
    seen: seenFields(events.length > 0 ? events : await samples({ hub }, [...asked])),
    pinned: pins.flatMap(({ on, policy }) =>
      on.kind === "type" && asked.has(on.name) ? [[on.name, policy] as const] : [],
    ),
    others: newest.rules.filter(({ name }) => name !== form.original).length,
  };
}

const sayOnlyJson = (why: string | undefined) =>
  why === undefined ? undefined : say`Shown as JSON, because the fields cannot show it: ${why}.`;

/** Try a draft on the last events of its types. */
export async function previewDraft(
  { hub }: Pick<PageDeps, "hub">,
  form: RuleForm,
  newest: RuleSet,
): Promise<PreviewContent> {
  const types = typesOf(form);
  if (types.length === 0) return { kind: "untyped" };
  const { rule, errors } = ruleOf(form);
  // A draft without a name or a place to go is tried all the same, so that something is seen from the first sign on.
  const inTheWay = [...errors].filter(([field]) => !["name", "to", "place"].includes(field));
  if (inTheWay.length > 0) {
    const said = inTheWay.map(([pointer, message]) => ({ pointer, message }));
    return { kind: "invalid", errors: said };
  }
  const name = rule.name === "" ? say`This rule` : rule.name;
  const placed = placeRule(newest.rules, form, { ...rule, name });
  const { fallback } = newest;
  const draft = { rules: placed.rules, ...(fallback === undefined ? {} : { fallback }) };
  const comparison = await hub.ruleTrials.compare(draft, {
    types,
    rule: name,
    last: shownEvents,
  });
  if (comparison.kind === "invalid") return { kind: "invalid", errors: comparison.errors };
  const column = form.lines.find(({ field }) => field !== "")?.field;
  return { kind: "compared", comparison, types, rule: name, column, fallback };
}

/** The samples of the catalogue's types, where no event has come yet. */
async function samples({ hub }: Pick<PageDeps, "hub">, types: readonly string[]) {
  const { store, organization, clock } = hub;
  const known = await listTypes(store, organization);
  return known
    .filter(({ name }) =>
      types.some((type) =>
        type.endsWith("*") ? name.startsWith(type.slice(0, -1)) : type === name,
      ),
    )
    .map(({ name, sample }) =>
      sampleEvent(
        { type: name, data: sample.data, extensions: {} },
        { organization, producer: "prd_sample", producerName: "sample", now: clock.now() },
      ),
    );
}
