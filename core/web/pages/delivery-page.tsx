import type { ComponentChildren } from "preact";
import type { Approval } from "../../domain/approval.ts";
import type { CardMistake } from "../../domain/card-mistake.ts";
import type { Attempt, Delivery } from "../../domain/delivery.ts";
import type { AcceptedEvent } from "../../domain/event.ts";
import { cleanLine } from "../../messages/clean-text.ts";
import { say } from "../../words/say.ts";
import { chatStyles } from "./chat/message-drawing.tsx";
import { Crumbs } from "./crumbs.tsx";
import { DeliveryAnswer } from "./delivery-answer.tsx";
import { DeliveryMessage } from "./delivery-message.tsx";
import { DeliveryNext, type MayDo } from "./delivery-next.tsx";
import { DeliveryRule } from "./delivery-rule.tsx";
import { DeliverySteps } from "./delivery-steps.tsx";
import { Icon } from "./icons.tsx";
import { JsonText } from "./json-text.tsx";
import { Layout } from "./layout.tsx";
import { NumberedPanel } from "./numbered-panel.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, SandboxBadge, ShortId, StateBadge } from "./parts.tsx";
import { PlaceSign } from "./place-sign.tsx";
import { renderPage } from "./render-page.ts";
import type { Traced } from "./rule-trace.tsx";
import { sayNodes } from "./say-nodes.ts";
import { lookOfDelivery } from "./states.ts";

/** What this page shows. */
export interface DeliveryPageProps {
  readonly frame: PageFrame;
  readonly delivery: Delivery;
  /** First try first. */
  readonly attempts: readonly Attempt[];
  /** The try that is looked at; the last one unless another was chosen. */
  readonly attempt: Attempt | undefined;
  /** Absent when the retention has taken the event. */
  readonly accepted: AcceptedEvent | undefined;
  /** What its chat refuses or draws wrongly in what that try sent. */
  readonly mistakes: readonly CardMistake[];
  readonly traced: Traced | undefined;
  readonly approval: Approval | undefined;
  /** The other deliveries of the same event, oldest first. */
  readonly others: readonly Delivery[];
  readonly may: MayDo;
  readonly flash?: DeliveryFlash | undefined;
}

/** What the last step on the page led to. */
export type DeliveryFlash = "queued" | "hurried" | "refused";

const flashes: Readonly<Record<DeliveryFlash, readonly ["ok" | "warn", () => string]>> = {
  queued: ["ok", () => say`It stands in its lane again, and its schedule starts anew.`],
  hurried: ["ok", () => say`It goes out as soon as its lane is free.`],
  refused: ["warn", () => say`Nothing was changed: meanwhile it stands where it stands now.`],
};

/** Draw `/deliveries/{id}`: rule, message, request, answer, and what happens next. */
export function renderDeliveryPage(props: DeliveryPageProps): string {
  const { frame, delivery, accepted, approval, attempt, flash } = props;
  const title = titleOf(accepted, approval);
  const address = `/deliveries/${delivery.id}`;
  return renderPage(
    <Layout
      title={say`${title} to ${delivery.label}`}
      frame={frame}
      section="deliveries"
      watch={`${address}/changes`}
      styles={["/assets/event.css", ...chatStyles]}
    >
      <Crumbs above={[["/deliveries", say`Deliveries`]]}>
        <ShortId id={delivery.id} />
        {frame.instance.sandbox ? <SandboxBadge /> : null}
      </Crumbs>
      <div class="page-head">
        <h1>{title}</h1>
        <span class="quiet delivery-to">
          {toWords[delivery.task.kind](
            <>
              <PlaceSign platform={delivery.platform} /> {delivery.label}
            </>,
          )}
        </span>
        <span id="state" data-part>
          <StateBadge look={lookOfDelivery(delivery)} />
        </span>
        <div class="page-end push">
          {accepted ? (
            <a class="button" href={`/events/${accepted.id}`}>
              <Icon name="events" /> {say`Open event`}
            </a>
          ) : null}
          {approval ? (
            <a class="button" href={`/approvals/${approval.id}`}>
              <Icon name="approvals" /> {say`Open approval`}
            </a>
          ) : null}
        </div>
      </div>
      {flash ? (
        <Callout tone={flashes[flash][0]} icon={flashes[flash][0] === "ok" ? "check" : "alert"}>
          {flashes[flash][1]()}
        </Callout>
      ) : null}
      <div id="steps" data-part>
        <DeliverySteps {...props} />
      </div>
      <div class="delivery-grid">
        <DeliveryRule {...props} />
        <div class="part" id="message" data-part>
          <DeliveryMessage
            delivery={delivery}
            attempt={attempt}
            mistakes={props.mistakes}
            now={frame.now}
          />
        </div>
        <div class="part" id="request" data-part>
          <Request delivery={delivery} attempt={attempt} />
        </div>
        <div class="part" id="answer" data-part>
          <DeliveryAnswer {...props} now={frame.now} />
        </div>
        <div class="part part-wide" id="next" data-part>
          <DeliveryNext {...props} />
        </div>
      </div>
    </Layout>,
  );
}

const toWords: Readonly<
  Record<Delivery["task"]["kind"], (place: ComponentChildren) => ComponentChildren>
> = {
  post: (place) => sayNodes`to ${place}`,
  edit: (place) => sayNodes`edited in ${place}`,
  note: (place) => sayNodes`noted in ${place}`,
  callback: (place) => sayNodes`told to ${place}`,
};

function titleOf(accepted: AcceptedEvent | undefined, approval: Approval | undefined): string {
  if (approval) return approval.title;
  if (!accepted) return say`An event that is no longer kept`;
  const { subject, type } = accepted.event;
  return subject === undefined ? type : cleanLine(subject);
}

interface RequestProps {
  readonly delivery: Delivery;
  readonly attempt: Attempt | undefined;
}

function Request({ delivery, attempt }: RequestProps) {
  return (
    <NumberedPanel number={3} title={say`What we sent`}>
      {attempt ? (
        <>
          <p class="wire-line">
            <b>{methodOf(delivery, attempt)}</b> <span class="note">{whereOf(delivery)}</span>
          </p>
          <JsonText text={argumentsOf(attempt)} label={say`Request of attempt ${attempt.number}`} />
          <p class="panel-foot note">
            {say`Kept as it left, at most 16 KB, with every secret hidden; its token is not kept at all.`}
          </p>
        </>
      ) : (
        <p class="panel-body quiet">{say`Nothing was sent yet.`}</p>
      )}
    </NumberedPanel>
  );
}

/** The Slack method stands in the kept request; for others the task says it. */
function methodOf({ platform, task }: Delivery, { request }: Attempt): string {
  const method = /^\{"method":"([\w.]+)"/.exec(request)?.[1];
  if (method !== undefined) return `POST /api/${method}`;
  return platform === "teams" && task.kind === "edit" ? "PUT activity" : "POST";
}

function whereOf({ platform, label }: Delivery): string {
  switch (platform) {
    case "slack":
      return say`to Slack's Web API, with the workspace's token`;
    case "teams":
      return say`to Teams' Bot Connector, with the bot's token`;
    default:
      return say`to ${label}`;
  }
}

/** What Slack was given stands under `arguments`; a text that was cut is shown as it is. */
function argumentsOf({ request }: Attempt): string {
  const inside = /^\{"method":"[\w.]+","arguments":(.*)\}$/s.exec(request)?.[1];
  return inside ?? request;
}
