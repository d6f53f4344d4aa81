import type { Attempt, Delivery } from "../../domain/delivery.ts";
import { say } from "../../words/say.ts";
import type { DeliveryPageProps } from "./delivery-page.tsx";
import { sayNext } from "./delivery-words.ts";
import { NumberedPanel } from "./numbered-panel.tsx";
import { CsrfField } from "./parts.tsx";

/** What the viewer may do to a delivery. */
export interface MayDo {
  /** Send what failed again, or what waits now. */
  readonly redeliver: boolean;
}

const pauseCodes = /^(ratelimited|rate_limited|Throttled|http_429|http_503)\b/;

/** Tell whether a delivery waits because its platform asked for a pause, which nobody here may shorten. */
function isPaused(delivery: Delivery, last: Attempt | undefined, now: Date): boolean {
  if (delivery.state !== "pending" || delivery.dueAt <= now || !last) return false;
  return last.status === 429 || pauseCodes.test(last.because ?? "");
}

/** When the next try goes out, what follows if it fails, and the one thing that may be done. */
export function DeliveryNext(props: DeliveryPageProps) {
  const { delivery, attempts, approval, frame, may } = props;
  const paused = isPaused(delivery, attempts.at(-1), frame.now);
  return (
    <NumberedPanel number={5} title={say`What happens next`}>
      <div class="next-row">
        <div class="next-words">
          <p class="strong">
            {sayNext(delivery, approval?.state === "open", frame.now)}
            {paused
              ? ` ${say`The platform asked for this pause, so nothing can be sent before.`}`
              : ""}
          </p>
          <p class="quiet">{sayAfter(delivery)}</p>
        </div>
        {may.redeliver ? <Act {...props} paused={paused} /> : null}
      </div>
    </NumberedPanel>
  );
}

function sayAfter(delivery: Delivery): string {
  switch (delivery.state) {
    case "pending":
      return say`If that fails too, the pauses grow from a second to 15 minutes, up to 24 hours; then it is given up and listed as failed.`;
    case "sending":
      return say`If no answer comes, it counts as unknown and is tried again.`;
    case "held":
      return say`Nothing is lost: it keeps its place, and nobody has to send it again.`;
    case "delivered":
      return say`Sending it again would make a second message, so that is not offered.`;
    case "suppressed":
      return say`It was left out with good reason; nothing is missing.`;
    case "dead":
      return say`It is kept, and can be sent again once the cause is mended. It stays the same message, so nothing arrives twice.`;
  }
}

function Act({ delivery, frame, paused }: DeliveryPageProps & { readonly paused: boolean }) {
  if (delivery.state === "dead") {
    return (
      <form method="post" action={`/deliveries/${delivery.id}/redeliver`}>
        <CsrfField csrf={frame.csrf} />
        <button type="submit" class="button button-primary">
          {say`Send it again`}
        </button>
      </form>
    );
  }
  if (delivery.state !== "pending" || paused || delivery.dueAt <= frame.now) return null;
  return (
    <form method="post" action={`/deliveries/${delivery.id}/now`}>
      <CsrfField csrf={frame.csrf} />
      <button type="submit" class="button">
        {say`Send now`}
      </button>
    </form>
  );
}
