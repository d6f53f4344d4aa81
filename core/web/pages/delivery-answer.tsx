import type { Attempt, Delivery } from "../../domain/delivery.ts";
import { callbackTrouble } from "../../messages/callback-troubles.ts";
import { troubleOf } from "../../messages/platform-troubles.ts";
import { languageNow, say } from "../../words/say.ts";
import { JsonText } from "./json-text.tsx";
import { NumberedPanel } from "./numbered-panel.tsx";
import { StateBadge, Time } from "./parts.tsx";
import { attemptLooks } from "./states.ts";

interface DeliveryAnswerProps {
  readonly delivery: Delivery;
  readonly attempts: readonly Attempt[];
  readonly attempt: Attempt | undefined;
  readonly now: Date;
}

const names: Readonly<Record<string, string>> = { slack: "Slack", teams: "Teams" };

/** What came back, raw and in plain words, and every try. */
export function DeliveryAnswer({ delivery, attempts, attempt, now }: DeliveryAnswerProps) {
  const who = names[delivery.platform] ?? delivery.label;
  return (
    <NumberedPanel
      number={4}
      title={say`What ${who} answered`}
      end={attempt ? <ExactTime at={attempt.startedAt} /> : undefined}
    >
      {attempt ? (
        <>
          <p class="wire-line">
            <b class={attempt.outcome === "sent" ? "wire-ok" : "wire-bad"}>
              {attempt.status ?? say`no status`}
            </b>{" "}
            <span class="note">{say`in ${attempt.durationMs} ms`}</span>
          </p>
          <JsonText
            text={attempt.response === "null" ? "" : attempt.response}
            label={say`Answer to attempt ${attempt.number}`}
          />
          <div class="panel-body plain-words">
            <h3>{say`In plain words`}</h3>
            <p class="quiet">{inPlainWords(delivery, attempt)}</p>
            {attempt.because === undefined ? null : <p class="note mono">{attempt.because}</p>}
          </div>
          <Tries delivery={delivery} attempts={attempts} shown={attempt} now={now} />
        </>
      ) : (
        <p class="panel-body quiet">{say`No try was made yet, so nobody has answered.`}</p>
      )}
    </NumberedPanel>
  );
}

function ExactTime({ at }: { readonly at: Date }) {
  return <span class="note tabular">{at.toISOString().slice(11, 23)} UTC</span>;
}

/** Say what an answer means and what to do, as the catalogue of troubles has it. */
function inPlainWords({ platform, label }: Delivery, { outcome, because }: Attempt): string {
  if (outcome === "sent") {
    const chat = names[platform];
    return chat === undefined
      ? say`${label} took it.`
      : say`${chat} took it, and said which message it became.`;
  }
  const code = because ?? outcome;
  if (platform === "slack" || platform === "teams") {
    const { cause, next } = troubleOf(platform, code, label, languageNow());
    return `${cause} ${next}`;
  }
  const { cause, next } = callbackTrouble(code, label, languageNow());
  return `${cause} ${next}`;
}

interface TriesProps {
  readonly delivery: Delivery;
  readonly attempts: readonly Attempt[];
  readonly shown: Attempt;
  readonly now: Date;
}

const mostTries = 12;

function Tries({ delivery, attempts, shown, now }: TriesProps) {
  const latest = attempts.slice(-mostTries);
  return (
    <ol class="rows tries-list">
      {latest.length < attempts.length ? (
        <li class="try-row note">{say`${attempts.length - latest.length} earlier attempts`}</li>
      ) : null}
      {latest.map((attempt) => (
        <li key={attempt.id} class={attempt.id === shown.id ? "try-row try-shown" : "try-row"}>
          <a href={`/deliveries/${delivery.id}?attempt=${attempt.number}#answer`}>
            {say`Attempt ${attempt.number}`}
          </a>
          <StateBadge look={attemptLooks[attempt.outcome]} />
          <code>{attempt.status ?? "–"}</code>
          <Time at={attempt.startedAt} now={now} as="clock" />
          <span class="push note tabular">{attempt.durationMs} ms</span>
        </li>
      ))}
    </ol>
  );
}
