import { z } from "zod";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import { problemSchema } from "./schemas.ts";

/** The OpenAPI 3.1 document, made from the schemas that read requests and type answers. */
export function openApiDocument(hubUrl: string): object {
  const paths = [...new Set(operations.map(({ path }) => path))];
  return {
    openapi: "3.1.0",
    info: {
      title: "Countersign",
      version: "1",
      description:
        "Post events, read what became of them, decide requests. Errors are RFC 9457 problem+json with a stable code and a hint.",
    },
    servers: [{ url: hubUrl }],
    security: [{ key: [] }],
    paths: Object.fromEntries(paths.map((path) => [path, pathItem(path)])),
    components: {
      securitySchemes: { key: { type: "http", scheme: "bearer", description: "An API key, cs_…" } },
      schemas: { Problem: jsonSchema(problemSchema, "output") },
    },
  };
}

const pathItem = (path: string) =>
  Object.fromEntries(
    operations.filter((one) => one.path === path).map((one) => [one.method, describe(one)]),
  );

/** Any JSON is the one schema that refers to itself; in the document it is the schema that allows everything. */
const withoutRefs = (_name: string, value: unknown) =>
  typeof value === "object" && value !== null && "$ref" in value ? {} : value;

/** OpenAPI 3.1 speaks JSON Schema 2020-12, which zod writes itself. */
function jsonSchema(schema: z.ZodType, io: "input" | "output"): object {
  const {
    $schema: _,
    $defs: __,
    ...plain
  } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return JSON.parse(JSON.stringify(plain, withoutRefs)) as object;
}

function describe({
  path,
  summary,
  query = [],
  headers = [],
  body,
  answer,
  refusals,
}: Operation): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1]));
  const parameter = (where: string, required: boolean) => (name: string) => ({
    name,
    in: where,
    required,
    schema: { type: "string" },
  });
  return {
    summary,
    tags: [path.split("/")[2] ?? ""],
    parameters: [
      ...inPath.map(parameter("path", true)),
      ...query.map(parameter("query", false)),
      ...headers.map(parameter("header", false)),
    ],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: contentOf(body.types, jsonSchema(body.schema, "input")),
          },
        }
      : {}),
    responses: {
      [answer.status]: answered(answer),
      ...Object.fromEntries([...new Set([...refusals, ...anywhere])].map(refused)),
    },
  };
}

/** Any operation may be refused for a query that it does not take, and because its key has no turn left. */
const anywhere = [422, 429];

const contentOf = (types: readonly string[], schema: object) =>
  Object.fromEntries(types.map((type) => [type, { schema }]));

function answered({ status, schema, type = "application/json" }: Operation["answer"]): object {
  if (status === 204) return { description: "Done" };
  const shape = schema ? jsonSchema(schema, "output") : { type: "string" };
  return { description: "Answered", content: contentOf([type], shape) };
}

const refused = (status: number) => [
  status,
  {
    description: "Refused",
    content: contentOf(["application/problem+json"], { $ref: "#/components/schemas/Problem" }),
  },
];
