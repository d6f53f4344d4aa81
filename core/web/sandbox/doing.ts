import type { Request, Response } from "express";
import { parseDuration } from "../../domain/duration.ts";
import type { Problem } from "../../domain/problem.ts";
import type { SandboxPlatform } from "../../ports/sandbox.ts";
import { isProblem } from "../api/lists.ts";
import { sendProblem } from "../problem.ts";
import { channelId, personId } from "./names.ts";
import { channelsOf, readPlatforms } from "./query.ts";
import { readOrRefuse, requests, unknown } from "./requests.ts";
import type { SandboxApiDeps } from "./sandbox-deps.ts";

type Doing = (deps: SandboxApiDeps, request: Request, response: Response) => Promise<void> | void;

/** The platform that a message or dialog belongs to: its id begins with the platform's name. */
const platformOf = ({ platforms }: SandboxApiDeps, id: string) =>
  platforms.find(({ platform }) => id.startsWith(`${platform}:`));

const namesIn = ({ workspace }: SandboxPlatform) => workspace.people.map(({ name }) => name);

/** `POST click`: press a button as a person; answers with what the person sees. */
export const click: Doing = async (deps, request, response) => {
  const asked = readOrRefuse(request, response, requests.click);
  if (!asked) return;
  const { message, person, action, inputs, client } = asked;
  const platform = platformOf(deps, message);
  if (!platform) return sendProblem(response, unknown("message", message, []));
  const who = personId(platform, person);
  if (!who) return sendProblem(response, unknown("person", person, namesIn(platform)));
  const shown = platform.messages(0).items.find(({ id }) => id === message);
  const isThere = shown ? !shown.deleted : platform.isHome?.(message);
  if (!isThere) return sendProblem(response, unknown("message", message, []));
  const seen = await platform.click({
    message,
    person: who,
    action,
    ...(inputs ? { inputs } : {}),
    ...(client ? { client } : {}),
  });
  response.json(seen);
};

/** `POST refresh`: have a card of Teams shown anew, as a person; answers with what the person sees. */
export const refresh: Doing = async (deps, request, response) => {
  const asked = readOrRefuse(request, response, requests.refresh);
  if (!asked) return;
  const platform = platformOf(deps, asked.message);
  if (!platform?.refresh) return sendProblem(response, unknown("message", asked.message, []));
  const person = personId(platform, asked.person);
  if (!person) return sendProblem(response, unknown("person", asked.person, namesIn(platform)));
  response.json(await platform.refresh({ ...asked, person }));
};

/** `POST submit`: send a dialog. */
export const submit: Doing = async (deps, request, response) => {
  const asked = readOrRefuse(request, response, requests.submit);
  if (!asked) return;
  const platform = deps.platforms.find(({ platform }) => platform === "slack");
  const who = platform && personId(platform, asked.person);
  if (!platform || !who) return sendProblem(response, unknown("person", asked.person, []));
  response.json(await platform.submit({ ...asked, person: who }));
};

/** `POST say`: say something in a channel, as a person. */
export const say: Doing = (deps, request, response) => {
  const asked = readOrRefuse(request, response, requests.say);
  if (!asked) return;
  const platform = deps.platforms.find(
    (one) => (!asked.platform || one.platform === asked.platform) && channelId(one, asked.channel),
  );
  const channel = platform && channelId(platform, asked.channel);
  if (!platform || !channel) {
    return sendProblem(response, unknown("channel", asked.channel, channelsOf(deps.platforms)));
  }
  const person = personId(platform, asked.person);
  if (!person) return sendProblem(response, unknown("person", asked.person, namesIn(platform)));
  const { next } = platform.messages(0);
  platform.say({ person, channel, text: asked.text });
  if (platform.messages(0).next === next) return sendProblem(response, notInChannel(asked));
  response.status(204).end();
};

const notInChannel = (asked: { readonly person: string; readonly channel: string }): Problem => ({
  status: 409,
  code: "not_in_channel",
  title: "This person is not in that channel",
  detail: `${asked.person} cannot speak in ${asked.channel}. Nothing was said.`,
  hint: "Say it as somebody of that channel, or in another one.",
});

/** `POST delete`: delete a message at the platform, as people do. */
export const remove: Doing = (deps, request, response) => {
  const asked = readOrRefuse(request, response, requests.delete);
  if (!asked) return;
  if (!platformOf(deps, asked.message)?.remove(asked.message)) {
    return sendProblem(response, unknown("message", asked.message, []));
  }
  response.status(204).end();
};

/** `POST chaos`: make the next calls fail. `channel` is given by name or id. */
export const setChaos: Doing = (deps, request, response) => {
  const asked = readOrRefuse(request, response, requests.chaos);
  if (!asked) return;
  const { platform: name, channel, method, ...rest } = asked;
  const chaos = { ...rest, ...(method === undefined ? {} : { method }) };
  if (name === "callback") deps.producer.setChaos(chaos);
  else {
    const platform = deps.platforms.find((one) => one.platform === name);
    const place = channel === undefined || !platform ? undefined : channelId(platform, channel);
    if (channel !== undefined && !place)
      return sendProblem(response, unknown("channel", channel, []));
    platform?.setChaos({ ...chaos, ...(place ? { channel: place } : {}) });
  }
  response.status(204).end();
};

/** `DELETE chaos`: let everything work again. */
export const endChaos: Doing = (deps, _request, response) => {
  for (const one of [...deps.platforms, deps.producer]) one.setChaos(undefined);
  response.status(204).end();
};

/** `POST clock`: move the hub's clock; answers when what fell due has been done. */
export const moveClock: Doing = async (deps, request, response) => {
  const asked = readOrRefuse(request, response, requests.clock);
  if (!asked) return;
  if (!deps.moveClock) return sendProblem(response, clockElsewhere);
  const now = await deps.moveClock(parseDuration(asked.advance) ?? 0);
  response.json({ now: now.toISOString() });
};

const clockElsewhere: Problem = {
  status: 409,
  code: "clock_elsewhere",
  title: "The clock of another process cannot be moved",
  detail: "This sandbox is a process of its own, and the hub goes by the clock of its machine.",
  hint: "Give requests a short deadline, such as 30s, or use the sandbox inside a hub.",
};

/** `POST send`: post an event as the sandbox's producer, over HTTP. */
export const send: Doing = async (deps, request, response) => {
  const asked = readOrRefuse(request, response, requests.send);
  if (!asked) return;
  if (deps.send) response.json(await deps.send(asked));
  else sendProblem(response, senderUnknown);
};

const senderUnknown: Problem = {
  status: 409,
  code: "hub_key_missing",
  title: "This sandbox has no key of the hub",
  detail: "An event is posted with a producer's key, and none was given.",
  hint: "Start the sandbox with --key, or with COUNTERSIGN_KEY in its environment.",
};

/** `DELETE messages`: empty the panes, or one of them. */
export const clearMessages: Doing = (deps, request, response) => {
  const platforms = readPlatforms(deps, request);
  if (isProblem(platforms)) return sendProblem(response, platforms);
  for (const one of platforms) one.clear();
  response.status(204).end();
};

/** `POST reset`: empty panes, no chaos, no callbacks. What the hub has stored stays. */
export const reset: Doing = (deps, _request, response) => {
  deps.producer.clear();
  for (const one of [...deps.platforms, deps.producer]) one.setChaos(undefined);
  for (const one of deps.platforms) one.clear();
  response.status(204).end();
};
