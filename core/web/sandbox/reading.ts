import type { Request, Response } from "express";
import type { SandboxMessage } from "../../ports/sandbox.ts";
import { isProblem } from "../api/lists.ts";
import { openEventStream } from "../event-stream.ts";
import { goneSignal, onceGone } from "../gone-signal.ts";
import { sendProblem } from "../problem.ts";
import type { SandboxChanges } from "./changes.ts";
import { channelId } from "./names.ts";
import { readMessagesAsked, readSince, readWait } from "./query.ts";
import type { SandboxApiDeps } from "./sandbox-deps.ts";

/** Ask again and again until something is there, the time is over, or the caller is gone. */
async function poll<Answer extends { readonly items: readonly unknown[] }>(
  changes: SandboxChanges,
  ms: number,
  response: Response,
  ask: () => Answer,
): Promise<Answer> {
  const until = performance.now() + ms;
  const gone = goneSignal(response);
  for (;;) {
    const left = until - performance.now();
    const changed = left > 0 ? changes.next(left, gone) : undefined;
    const answer = ask();
    if (answer.items.length > 0 || !changed || gone.aborted) return answer;
    await changed;
  }
}

/** `GET /sandbox/api/messages`: changed messages, oldest change first; `since` is the `next` of the answer before. */
export async function readMessages(
  deps: SandboxApiDeps,
  changes: SandboxChanges,
  request: Request,
  response: Response,
): Promise<void> {
  const asked = readMessagesAsked(deps, request);
  if (isProblem(asked)) return sendProblem(response, asked);
  const { waitMs, from, platforms, channel } = asked;
  const next = { ...from };
  const ask = () => {
    const items = platforms.flatMap((one): readonly SandboxMessage[] => {
      const found = one.messages(from[one.platform]);
      next[one.platform] = found.next;
      const place = channel === undefined ? undefined : channelId(one, channel);
      return found.items.filter((message) => channel === undefined || message.channel === place);
    });
    return { items: items.toSorted((one, other) => changedAt(one) - changedAt(other)) };
  };
  const { items } = await poll(changes, waitMs, response, ask);
  if (!response.writableEnded) response.json({ items, next: `${next.slack}.${next.teams}` });
}

const changedAt = ({ posted_at, edited_at }: SandboxMessage) => Date.parse(edited_at ?? posted_at);

/** `GET /sandbox/api/callbacks`: what the producer received, oldest first. */
export async function readCallbacks(
  { producer }: SandboxApiDeps,
  changes: SandboxChanges,
  request: Request,
  response: Response,
): Promise<void> {
  const wait = readWait(request);
  if (isProblem(wait)) return sendProblem(response, wait);
  const from = readSince(request);
  if (isProblem(from)) return sendProblem(response, from);
  const ask = () => producer.callbacks(from.since);
  const { items, next } = await poll(changes, wait.waitMs, response, ask);
  if (!response.writableEnded) response.json({ items, next: String(next) });
}

/** What each of the cast may do here; shown beside the name. */
const notes: Readonly<Record<string, string>> = {
  Ann: "release manager",
  Ben: "release manager",
  Chloé: "requester",
  Dov: "guest",
  Eve: "not linked yet",
};

/** `GET /sandbox/api/state`: everything that the page draws. */
export function readState(deps: SandboxApiDeps): object {
  const { platforms, producer, samples, hubUrl, now } = deps;
  const names = [
    ...new Set(platforms.flatMap(({ workspace }) => workspace.people.map(({ name }) => name))),
  ];
  const idIn = (kind: string, name: string) =>
    platforms
      .find(({ platform }) => platform === kind)
      ?.workspace.people.find((one) => one.name === name);
  return {
    now: now().toISOString(),
    hub_url: hubUrl,
    people: names.map((name) => ({
      name,
      note: notes[name] ?? "",
      slack: idIn("slack", name)?.id ?? null,
      teams: idIn("teams", name)?.id ?? null,
      guest: idIn("slack", name)?.guest ?? false,
    })),
    chaos: {
      ...Object.fromEntries(platforms.map((one) => [one.platform, one.chaosLeft()])),
      callback: producer.chaosLeft(),
    },
    platforms: platforms.map(({ platform, workspace, messages }) => ({
      platform,
      workspace: { id: workspace.id, name: workspace.name, installed: workspace.installed },
      channels: workspace.channels,
      people: workspace.people,
      messages: messages(0).items,
    })),
    samples,
  };
}

/** `GET /sandbox/api/stream`: says `change` whenever something changed. */
export function streamChanges(changes: SandboxChanges, response: Response): void {
  const stream = openEventStream(response);
  const stop = changes.subscribe(() => stream.send({ event: "change", content: {} }));
  onceGone(response, stop);
}
