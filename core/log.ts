import pc from "picocolors";
import { redact } from "./domain/redact.ts";
import { timeText } from "./domain/time-text.ts";
import { feedLine, type TimedEntry } from "./log/feed-line.ts";
import type { Log, LogEntry } from "./ports/log.ts";

/** A log that others can follow: the live feed of the API reads here. */
export interface EntryLog extends Log {
  /**
   * Hear every entry from now on, whatever the log level, with its secrets taken out. Answers how to stop hearing.
   * A listener that throws is dropped: it must not stop the work that is logged.
   */
  subscribe(listener: (entry: TimedEntry) => void): () => void;
}

export type LogLevel = "debug" | "info" | "warn" | "error";

/** How log lines are written. */
export interface LogOptions {
  readonly format: "feed" | "json";
  readonly level: LogLevel;
  /** Takes one line, its line break included. */
  readonly write: (line: string) => void;
  /** Colour the feed; JSON never has any. */
  readonly colour?: boolean;
  readonly now?: () => Date;
}

/** Open the log of one process: a line of the feed or of JSON for each unit of work. */
export function createLog({
  format,
  level,
  write,
  colour = false,
  now = () => new Date(),
}: LogOptions): EntryLog {
  const listeners = new Set<(entry: TimedEntry) => void>();
  const line = format === "json" ? jsonLines(level, write) : feedLines(level, write, colour);
  return {
    write(entry) {
      const timed = redact({ at: now(), ...entry });
      line(timed);
      for (const listener of listeners) {
        try {
          listener(timed);
        } catch {
          listeners.delete(listener);
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const weights: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 };

/** How loud an entry is. What somebody may have to act on is a warning; what the hub could not do is an error. */
function levelOf(entry: LogEntry): LogLevel {
  switch (entry.kind) {
    case "hub.trouble":
      return "error";
    case "delivery.attempted":
      return entry.outcome === "sent" ? "info" : "warn";
    case "click.refused":
    case "request.refused":
    case "installation.revoked":
    case "approval.conflict":
      return "warn";
    case "event.received":
    case "approval.voted":
    case "approval.closed":
    case "approval.marked":
    case "keys.rotated":
    case "audit.head":
    case "installation.connected":
    case "installation.disconnected":
    case "sign_in":
    case "hub.reconciled":
    case "hub.started":
    case "hub.stopped":
      return "info";
  }
}

function feedLines(least: LogLevel, write: (line: string) => void, colour: boolean) {
  const colours = pc.createColors(colour);
  return (entry: TimedEntry) => {
    if (weights[levelOf(entry)] >= weights[least]) write(`${feedLine(entry, colours)}\n`);
  };
}

/** One JSON object a line: `time`, `level` and `kind`, then the fields of the entry. */
function jsonLines(least: LogLevel, write: (line: string) => void) {
  return (entry: TimedEntry) => {
    const level = levelOf(entry);
    if (weights[level] < weights[least]) return;
    const line = { level, time: timeText(entry.at), ...entry, at: undefined };
    write(`${JSON.stringify(line)}\n`);
  };
}
