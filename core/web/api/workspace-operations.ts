import { z } from "zod";
import type { Operation } from "./operation.ts";
import { listOf } from "./schemas.ts";

const time = z.iso.datetime();

/** A connected workspace as the API shows it; nothing secret is in it. */
export const workspaceSchema = z.object({
  id: z.string(),
  platform: z.enum(["slack", "teams"]),
  workspace: z.string().describe("Slack team, E… of an org-wide installation, or tenant"),
  name: z.string(),
  state: z.enum(["pending", "consented", "connected", "revoked", "disconnected"]),
  health: z.object({
    state: z.enum(["healthy", "degraded", "broken", "disabled", "untested"]),
    because: z.string().nullable(),
    since: time.nullable(),
  }),
  scopes: z.array(z.string()),
  missing: z
    .array(z.object({ scope: z.string(), feature: z.string() }))
    .describe("Rights that were not granted, and what is off without them"),
  held_deliveries: z.int(),
  default_destination: z.string().nullable(),
  match_by_email: z.boolean(),
  allow_outsiders: z.boolean().describe("Requests also go to channels with people from outside"),
});

export const workspaceChangeSchema = z.strictObject({
  default_destination: z.string().optional().describe("Id or name of a destination"),
  match_by_email: z.boolean().optional(),
  allow_outsiders: z.boolean().optional(),
});

/** A channel of the picker. */
const channelSchema = z.object({
  id: z.string(),
  workspace: z.string(),
  name: z.string(),
  visibility: z.enum(["public", "private", "shared"]),
  member: z.boolean().describe("Whether the app is in it"),
  outsiders: z.boolean(),
  destination: z.object({ id: z.string(), name: z.string() }).nullable(),
  blocked: z.string().nullable().describe("Why nothing can be posted there, with what to do"),
  invite: z.string().nullable().describe("The line that lets the app in"),
  note: z.string().nullable(),
});

export const foundChannelsSchema = listOf(channelSchema).extend({
  listed_at: time.nullable().describe("When the channels were listed whole; null: not yet"),
  because: z.string().nullable().describe("Why nothing was found for what was pasted"),
  invite: z.string().nullable(),
});

const json = ["application/json"];

/** What the document says of workspaces. */
export const workspaceOperations: readonly Operation[] = [
  {
    method: "get",
    path: "/v1/workspaces",
    summary: "List connected workspaces with their health",
    answer: { status: 200, schema: listOf(workspaceSchema) },
    refusals: [401, 403],
  },
  {
    method: "get",
    path: "/v1/workspaces/{id}",
    summary: "Read one workspace",
    answer: { status: 200, schema: workspaceSchema },
    refusals: [401, 403, 404],
  },
  {
    method: "patch",
    path: "/v1/workspaces/{id}",
    summary:
      "Choose its default channel, match people by e-mail, let requests into channels with outsiders",
    body: { types: json, schema: workspaceChangeSchema },
    answer: { status: 200, schema: workspaceSchema },
    refusals: [400, 401, 403, 404, 422],
  },
  {
    method: "get",
    path: "/v1/workspaces/{id}/channels",
    summary: "Search its channels by part of a name, or find one by id, link or #name",
    query: ["q", "limit"],
    answer: { status: 200, schema: foundChannelsSchema },
    refusals: [401, 403, 404, 422],
  },
  {
    method: "post",
    path: "/v1/workspaces/{id}/check",
    summary: "Ask the platform now how the workspace is",
    answer: { status: 200, schema: workspaceSchema },
    refusals: [401, 403, 404],
  },
  {
    method: "post",
    path: "/v1/workspaces/{id}/disconnect",
    summary: "Give the grant back and wipe its secrets; destinations and rules stay",
    answer: { status: 200, schema: workspaceSchema },
    refusals: [401, 403, 404],
  },
];
