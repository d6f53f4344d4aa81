import type { Request } from "express";
import type { Problem } from "../../domain/problem.ts";
import type { SandboxPlatform } from "../../ports/sandbox.ts";
import { isProblem, wrong } from "../api/lists.ts";
import { channelId } from "./names.ts";
import { unknown } from "./requests.ts";
import type { SandboxApiDeps } from "./sandbox-deps.ts";

const longestWaitS = 30;

/** Where a reader stands in the changes of each platform. */
export interface Positions {
  readonly slack: number;
  readonly teams: number;
}

/** What is asked of the messages. */
export interface MessagesAsked {
  readonly waitMs: number;
  readonly from: Positions;
  readonly platforms: readonly SandboxPlatform[];
  /** By name or id; at least one of the platforms has it. */
  readonly channel?: string;
}

/** Read `wait` in seconds, as milliseconds; none is zero. */
export function readWait({ query }: Request): { readonly waitMs: number } | Problem {
  const seconds = Number(query["wait"] ?? 0);
  return seconds >= 0 && seconds <= longestWaitS
    ? { waitMs: seconds * 1_000 }
    : wrong("wait", `expected seconds from 0 to ${longestWaitS}`);
}

/** Read `since` of a list with one position; none is the beginning. */
export function readSince({ query }: Request): { readonly since: number } | Problem {
  const since = String(query["since"] ?? "0");
  return /^\d{1,15}$/.test(since) ? { since: Number(since) } : notOurs;
}

/** Read which platforms are meant: the one that `platform` names, else all of them. */
export function readPlatforms(
  { platforms }: SandboxApiDeps,
  { query }: Request,
): readonly SandboxPlatform[] | Problem {
  const name = query["platform"];
  if (name === undefined) return platforms;
  const named = platforms.filter(({ platform }) => platform === name);
  return named.length > 0 ? named : wrong("platform", "expected slack or teams");
}

/** Read what `GET messages` asks for. */
export function readMessagesAsked(deps: SandboxApiDeps, request: Request): MessagesAsked | Problem {
  const wait = readWait(request);
  if (isProblem(wait)) return wait;
  const platforms = readPlatforms(deps, request);
  if (isProblem(platforms)) return platforms;
  const from = positionsOf(String(request.query["since"] ?? "0"));
  if (!from) return notOurs;
  const { channel } = request.query;
  if (typeof channel !== "string") return { ...wait, from, platforms };
  if (!platforms.some((one) => channelId(one, channel))) {
    return unknown("channel", channel, channelsOf(platforms));
  }
  return { ...wait, from, platforms, channel };
}

/** The names of the channels, for whoever asked for one that is none. */
export const channelsOf = (platforms: readonly SandboxPlatform[]) =>
  platforms.flatMap(({ workspace }) => workspace.channels.map(({ name }) => name));

const notOurs = wrong("since", "expected the `next` of the answer before");

function positionsOf(since: string): Positions | undefined {
  const read = /^(\d{1,15})(?:\.(\d{1,15}))?$/.exec(since);
  return read ? { slack: Number(read[1]), teams: Number(read[2] ?? 0) } : undefined;
}
