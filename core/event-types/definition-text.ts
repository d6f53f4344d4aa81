import type { EventType, EventTypeDefinition } from "../domain/event-type.ts";
import type { JsonObject } from "../domain/json.ts";
import type { DefinitionText } from "./definition-schema.ts";

/** Read a written type, whose shape has been checked, as the catalogue keeps it. */
export function readDefinition(written: DefinitionText, version: number): EventTypeDefinition {
  const { on: _, version: __, schema, attributes, approval, ...rest } = written;
  const kept = approval.kind === "closes" ? closing(approval) : approval;
  const definition = {
    ...rest,
    version,
    ...(schema ? { schema } : {}),
    ...(attributes ? { attributes } : {}),
    approval: kept,
  };
  // What was left out is not kept as a member without a value.
  return JSON.parse(JSON.stringify(definition)) as EventTypeDefinition;
}

function closing({
  may_follow_approval,
  ...closes
}: Extract<DefinitionText["approval"], { kind: "closes" }>) {
  return { ...closes, ...(may_follow_approval ? { mayFollowApproval: true } : {}) };
}

/** Write a type as people and programs read it; sent back unchanged it changes nothing. */
export function writeDefinition(type: EventType): DefinitionText {
  const { name, version, about, level, schema, sample, texts, attributes, approval } = type;
  return {
    ...{ name, version, about, level, on: !type.off },
    schema: (schema ?? null) as DefinitionText["schema"],
    ...({ sample, texts, attributes: attributes ?? null } as Pick<
      DefinitionText,
      "sample" | "texts" | "attributes"
    >),
    approval: writeApproval(approval) as DefinitionText["approval"],
  };
}

function writeApproval(approval: EventTypeDefinition["approval"]): JsonObject {
  const { mayFollowApproval, ...rest } = { mayFollowApproval: undefined, ...approval };
  return {
    ...(rest as unknown as JsonObject),
    ...(mayFollowApproval ? { may_follow_approval: true } : {}),
  };
}
