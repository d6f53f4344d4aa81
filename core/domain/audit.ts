import { hash } from "node:crypto";
import { canonicalJson, isJsonObject, type JsonObject } from "./json.ts";

/** Who did something: a person, a producer's key, a chat account, somebody who is not signed in, or the hub itself. */
export interface Actor {
  readonly kind: "person" | "producer" | "account" | "stranger" | "hub";
  readonly id?: string;
  readonly name: string;
  readonly via?: "web" | "api" | "slack" | "teams";
  /** The network address it came from. */
  readonly address?: string;
}

/** What was done. Nothing in it is secret. */
export interface AuditAct {
  /** A noun and what became of it: `person.changed`, `approval.voted`. */
  readonly action: string;
  /** To what. */
  readonly target?: { readonly kind: string; readonly id: string; readonly name: string };
  readonly details?: JsonObject;
}

/** One row of the audit log. Rows are numbered from 1 without a gap, and each names the hash of the one before. */
export interface AuditEntry extends AuditAct {
  readonly number: number;
  /** RFC 3339, by the machine's own clock. */
  readonly at: string;
  readonly actor: Actor;
  readonly previous: string;
}

/** A place in the chain, by which everything before it can be held against. */
export interface AuditHead {
  readonly number: number;
  readonly hash: string;
}

/** The head of a log without rows. */
export const noHead: AuditHead = { number: 0, hash: "0".repeat(64) };

/** Write the next row as the text that is kept and hashed. Equal content has equal bytes. */
export function auditLine(
  { number, hash }: AuditHead,
  at: Date,
  actor: Actor,
  { action, target, details }: AuditAct,
): string {
  const row = { number: number + 1, previous: hash, at: at.toISOString(), actor, action };
  const whole = { ...row, ...(target ? { target } : {}), ...(details ? { details } : {}) };
  return canonicalJson(JSON.parse(JSON.stringify(whole)));
}

/** The hash that the next row names as `previous`: SHA-256 of the row's text. */
export const hashOfLine = (line: string) => hash("sha256", line, "hex");

/** Read a row; undefined for a text that is none. */
export function readLine(line: string): AuditEntry | undefined {
  try {
    const row: unknown = JSON.parse(line);
    const isRow = isJsonObject(row) && typeof row["number"] === "number" && "previous" in row;
    return isRow ? (row as unknown as AuditEntry) : undefined;
  } catch {
    return undefined;
  }
}
