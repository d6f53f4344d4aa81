import type { CardMistake } from "../../domain/card-mistake.ts";
import type { Attempt, Delivery } from "../../domain/delivery.ts";
import { say } from "../../words/say.ts";
import { drawMessage } from "./chat/message-drawing.tsx";
import { MistakeList } from "./mistake-list.tsx";
import { NumberedPanel } from "./numbered-panel.tsx";

interface DeliveryMessageProps {
  readonly delivery: Delivery;
  readonly attempt: Attempt | undefined;
  readonly mistakes: readonly CardMistake[];
  readonly now: Date;
}

const names: Readonly<Record<string, string>> = { slack: "Slack", teams: "Teams" };

/** The message as its chat shows it, drawn from what the looked-at try sent. */
export function DeliveryMessage({ delivery, attempt, mistakes, now }: DeliveryMessageProps) {
  const { platform } = delivery;
  const chat = names[platform];
  const title = chat === undefined ? say`The message` : say`The message, as ${chat} shows it`;
  const isPosted = attempt?.outcome === "sent";
  const drawing = attempt && drawMessage({ platform, attempt, now });
  return (
    <NumberedPanel number={2} title={title}>
      {drawing ? (
        <>
          <div class="panel-body">{drawing}</div>
          <MistakeList mistakes={mistakes} />
          <p class="panel-foot note">
            {isPosted ? "" : `${say`Not posted.`} `}
            {say`This is a drawing of attempt ${attempt.number}: its buttons do nothing here.`}
          </p>
        </>
      ) : (
        <p class="panel-body quiet">{whyNone(delivery, attempt)}</p>
      )}
    </NumberedPanel>
  );
}

function whyNone({ platform }: Delivery, attempt: Attempt | undefined): string {
  if (!attempt) {
    return say`It is made when it leaves, from what is stored then, so that it never shows an old state. Nothing has left yet.`;
  }
  if (names[platform] === undefined) {
    return say`A signed message for a program: it looks as it stands in the request.`;
  }
  return attempt.request === "null"
    ? say`What this try sent was lost with the process that made it.`
    : say`It was longer than what is kept of a request, so it cannot be drawn. Its beginning stands in the request.`;
}
