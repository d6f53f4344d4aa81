import type { Attempt, Delivery } from "../../../domain/delivery.ts";
import type { JsonObject } from "../../../domain/json.ts";
import type { Pictures } from "../../../ports/pictures.ts";
import { sayClock } from "../times.ts";
import { listIn, objectIn, parseLoose } from "./loose.ts";
import { SlackDrawing } from "./slack-drawing.tsx";
import { TeamsDrawing } from "./teams-drawing.tsx";

/** What a page with drawn messages is styled by. */
export const chatStyles = [
  "/assets/chat-slack.css",
  "/assets/chat-slack-messages.css",
  "/assets/chat-teams.css",
  "/assets/chat-teams-card.css",
  "/assets/delivery.css",
] as const;

interface MessageDrawingProps {
  readonly platform: Delivery["platform"];
  readonly attempt: Attempt;
  readonly now: Date;
}

/**
 * Draw a message as its chat shows it, from the request that an attempt keeps. Undefined where that cannot be: the
 * request was cut, or it is none of a chat app's.
 */
export function drawMessage({ platform, attempt, now }: MessageDrawingProps) {
  const request = parseLoose(attempt.request);
  if (!request) return undefined;
  const at = sayClock(attempt.startedAt, now).slice(0, -3);
  if (platform === "slack") {
    const sent = objectIn(request, "arguments");
    return sent ? (
      <div class="slack chat-drawing">
        <Head name="slack" at={at} />
        <SlackDrawing sent={sent} now={now} />
      </div>
    ) : undefined;
  }
  if (platform !== "teams") return undefined;
  const card = objectIn(listIn(request, "attachments")[0], "content");
  return card ? (
    <div class="teams chat-drawing">
      <Head name="teams" at={at} />
      <TeamsDrawing card={card} />
    </div>
  ) : undefined;
}

/** What an attempt sent to a chat, as that chat's rules are asked about it; undefined where it is not kept whole. */
export function sentIn({ platform }: Pick<Delivery, "platform">, attempt: Attempt) {
  const request = parseLoose(attempt.request);
  const sent =
    platform === "slack"
      ? request && objectIn(request, "arguments")
      : platform === "teams" && request
        ? objectIn(listIn(request, "attachments")[0], "content")
        : undefined;
  return sent as JsonObject | undefined;
}

/** Draw what would be sent to both chats, side by side: `blocks` of Slack, the card of Teams. */
export function DrawnOnBoth({
  pictures: { slack, teams },
  now,
}: {
  readonly pictures: Pictures;
  readonly now: Date;
}) {
  const at = sayClock(now, now).slice(0, -3);
  return (
    <div class="drawn-on-both">
      <div class="slack chat-drawing">
        <Head name="slack" at={at} />
        <SlackDrawing sent={slack} now={now} />
      </div>
      <div class="teams chat-drawing">
        <Head name="teams" at={at} />
        <TeamsDrawing card={teams} />
      </div>
    </div>
  );
}

function Head({ name, at }: { readonly name: "slack" | "teams"; readonly at: string }) {
  return (
    <p class={`chat-head chat-head-${name}`}>
      <img class="chat-portrait" src="/assets/logo.svg" alt="" width="28" height="28" />
      <b>Countersign</b>
      {name === "slack" ? <span class="slack-app">APP</span> : null}
      <span class="chat-time">{at}</span>
    </p>
  );
}
