import express, { type Request, type Response, type Router } from "express";
import type { z } from "zod";
import type { AuditAsked, AuditRow } from "../../audit/read.ts";
import type { Verified } from "../../audit/verify.ts";
import { type AuditHead, hashOfLine } from "../../domain/audit.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Hub } from "../../hub.ts";
import { requireOverview } from "../access.ts";
import { opaque } from "../lists/cursor.ts";
import { sendProblem } from "../problem.ts";
import type { auditRowSchema, auditVerifiedSchema } from "./audit-operations.ts";
import type { ApiDoors } from "./doors.ts";
import { isProblem, readList, wrong } from "./lists.ts";

/** The audit log: reading it, and looking whether it stands as it was written. For those who keep the hub. */
export function auditRoutes(hub: Hub, { allow }: ApiDoors): Router {
  const router = express.Router();
  const doors = [allow("read", "admin"), requireOverview("everybody's")];
  router.get("/v1/audit", ...doors, (request, response) => list(hub, request, response));
  router.get("/v1/audit/verify", ...doors, async (request, response) => {
    const known = readHead(request.query["head"]);
    if (known && "status" in known) return sendProblem(response, known);
    response.json(verifiedJson(await hub.audit.verify(known)));
  });
  return router;
}

async function list(hub: Hub, request: Request, response: Response): Promise<void> {
  const asked = readAsked(request);
  if (isProblem(asked)) return sendProblem(response, asked);
  const { items, next } = await hub.audit.read(asked);
  response.json({
    items: items.map(rowJson),
    next: next === undefined ? null : opaque(String(next)),
  });
}

/** Read what is asked for from a query, of the API or of the page. */
export function readAsked(request: Request): AuditAsked | Problem {
  const read = readList(request);
  if (isProblem(read)) return read;
  const { limit, order, after } = read;
  const number = after === undefined ? undefined : Number(after);
  if (number !== undefined && !Number.isInteger(number)) {
    return wrong("after", "expected the `next` of the answer before");
  }
  const { since } = request.query;
  const from = since === undefined || since === "" ? undefined : new Date(String(since));
  if (from && Number.isNaN(from.getTime())) return wrong("since", "expected an RFC 3339 time");
  const text = (name: string) => {
    const value = request.query[name];
    return typeof value === "string" && value !== "" ? { [name]: value } : {};
  };
  return {
    ...{ limit, order },
    ...(number === undefined ? {} : { after: number }),
    ...(from ? { since: from } : {}),
    ...{ ...text("action"), ...text("who"), ...text("what") },
  };
}

function readHead(text: unknown): AuditHead | Problem | undefined {
  if (text === undefined) return undefined;
  const [, number, hash = ""] = /^(\d{1,12}):([0-9a-f]{64})$/.exec(String(text)) ?? [];
  return number === undefined
    ? wrong("head", "expected number:hash, as `countersign audit verify --head` prints it")
    : { number: Number(number), hash };
}

function rowJson({ entry, line }: AuditRow): z.infer<typeof auditRowSchema> {
  const { number, at, action, actor, target, details } = entry;
  const { id = null, via = null, address = null } = actor;
  return {
    ...{ number, at, action },
    actor: { kind: actor.kind, id, name: actor.name, via, address },
    target: target ?? null,
    details: { ...details },
    hash: hashOfLine(line),
    line,
  };
}

function verifiedJson(verified: Verified): z.infer<typeof auditVerifiedSchema> {
  if (verified.kind === "broken") {
    const { at, because } = verified;
    return { intact: false, rows: Math.max(0, at - 1), head: null, broken: { at, because } };
  }
  const { number, hash } = verified.head;
  return {
    intact: true,
    rows: number,
    head: number === 0 ? null : `${number}:${hash}`,
    broken: null,
  };
}
