import { z } from "zod";
import {
  type Destination,
  destinationNamePattern,
  isChannel,
  stateOf,
  workspaceOf,
} from "../domain/destination.ts";
import { languages } from "../domain/message.ts";
import { eventTextsSchema } from "../routing/event-texts-schema.ts";

const name = z
  .string()
  .regex(destinationNamePattern, "expected letters, digits, space and # - _ . › /");
const label = z.string().max(500).optional();

/** A destination as it is written in a file. What is left out is off, or has its usual value. */
export const destinationTextSchema = z.strictObject({
  name,
  kind: z.enum(["slack", "teams", "webhook", "slack-webhook", "teams-workflow"]),
  workspace: z.string().optional().describe("Slack team, or Microsoft 365 tenant, of a channel"),
  channel: z.string().optional().describe("Its id at the platform"),
  values: z
    .record(z.string(), z.string())
    .optional()
    .describe("Of an address: its fields. Secrets are read when it is made, and never written"),
  state: z.enum(["disabled", "test"]).optional(),
  test_target: name.optional(),
  types: z.array(z.string()).max(200).optional().describe("Event types that it takes; absent: all"),
  fallback: name.optional().describe("The destination that stands in while this one is broken"),
  labels: z.strictObject({ description: label, application: label, environment: label }).optional(),
  language: z.enum(languages).optional(),
  message: eventTextsSchema.optional(),
});

export type DestinationText = z.infer<typeof destinationTextSchema>;

/** Write a destination; `names` gives those of the others. */
export function writeDestination(
  destination: Destination,
  names: ReadonlyMap<string, string>,
): DestinationText {
  const { kind, testTarget, fallback, types, labels, language, message } = destination;
  const place = isChannel(destination)
    ? { workspace: workspaceOf(destination), channel: destination.channelId }
    : Object.keys(destination.settings).length > 0
      ? { values: { ...destination.settings } }
      : {};
  const state = stateOf(destination);
  const nameOf = (id: string | undefined) => (id === undefined ? undefined : names.get(id));
  const text = {
    ...{ name: destination.name, kind, ...place },
    state: state === "active" ? undefined : state,
    test_target: nameOf(testTarget),
    types,
    fallback: nameOf(fallback),
    labels: labels && Object.keys(labels).length > 0 ? labels : undefined,
    language: language === "en" ? undefined : language,
    message,
  };
  // Members that are absent are not written at all.
  return JSON.parse(JSON.stringify(text)) as DestinationText;
}
