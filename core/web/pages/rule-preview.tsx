import { shortId } from "../../domain/ids.ts";
import type { ProblemAt } from "../../domain/problem.ts";
import type { ComparedEvent, Comparison, Side } from "../../hub/rule-comparison.ts";
import { cleanLine } from "../../messages/clean-text.ts";
import { say, sayNumber } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { OftenMissingFields } from "./missing-fields.tsx";
import { Callout, Time } from "./parts.tsx";
import { consequencesOf } from "./rule-consequences.ts";

/** What a draft does with events that came, or why that cannot be said. */
export type PreviewContent =
  | {
      readonly kind: "compared";
      readonly comparison: Comparison;
      readonly types: readonly string[];
      /** The rule that is edited, by its name in the draft; absent where one is removed. */
      readonly rule?: string | undefined;
      /** A field that is shown of each event: what the first condition asks for. */
      readonly column?: string | undefined;
      readonly fallback?: string | undefined;
    }
  | { readonly kind: "untyped" }
  | { readonly kind: "invalid"; readonly errors: readonly ProblemAt[] };

interface RulePreviewProps {
  readonly preview: PreviewContent;
  readonly now: Date;
}

/** The last events of the rule's types: where they go now, and where the draft would send them. */
export function RulePreview({ preview, now }: RulePreviewProps) {
  switch (preview.kind) {
    case "untyped":
      return (
        <div class="preview-empty quiet">
          {say`Name an event type, and its last events stand here: where they go now, and where this draft would send them.`}
        </div>
      );
    case "invalid":
      return (
        <div class="panel-body stack-small">
          <Callout tone="mute" icon="edit">
            {say`The draft cannot be tried yet.`}
          </Callout>
          <ul class="plain-list note">
            {preview.errors.slice(0, 8).map(({ pointer, message }) => (
              <li key={pointer + message}>{message}</li>
            ))}
          </ul>
        </div>
      );
    case "compared":
      return <Compared {...preview} now={now} />;
  }
}

/** So many events that stay where they are, and so many that move, are shown at once. */
const mostSame = 8;
const mostMoved = 20;

function Compared(props: Extract<PreviewContent, { kind: "compared" }> & { readonly now: Date }) {
  const { comparison, types } = props;
  const { events, lookedThrough } = comparison;
  const said = consequencesOf(props);
  const counts = { moved: 0, same: 0 };
  const shown = events.filter(({ moved }) =>
    moved ? ++counts.moved <= mostMoved : ++counts.same <= mostSame,
  );
  const rest = events.filter((one) => !shown.includes(one));
  const moving = rest.filter(({ moved }) => moved).length;
  return (
    <>
      <div class="preview-head">
        <h2>{sayLast(events.length, types.join(", "))}</h2>
        <span class="note">{say`now → with your change`}</span>
      </div>
      {events.length === 0 ? (
        <p class="preview-empty quiet">
          {lookedThrough === undefined || lookedThrough === 0
            ? say`None has come that is still kept, so there is nothing to compare. The rule can be saved all the same.`
            : say`None came among the last ${sayNumber(lookedThrough)} events. The rule can be saved all the same.`}
        </p>
      ) : (
        <>
          <div class="preview-said">
            <Callout tone={said.tone} icon={said.tone === "warn" ? "alert" : said.icon}>
              <strong>{said.headline}</strong>
              {said.details.map((detail) => (
                <span key={detail}> {detail}</span>
              ))}
            </Callout>
          </div>
          <OftenMissingFields missing={comparison.missing} of={comparison.taken} />
          <Rows {...props} events={shown} />
          {rest.length === 0 ? null : (
            <details class="preview-rest">
              <summary>
                {moving === 0
                  ? say`${rest.length} more, all the same`
                  : say`${rest.length} more, ${moving} of them move`}
              </summary>
              <Rows {...props} events={rest} />
            </details>
          )}
        </>
      )}
    </>
  );
}

function sayLast(count: number, types: string): string {
  if (count === 0) return say`No ${types} event`;
  return count === 1 ? say`Last 1 ${types} event` : say`Last ${count} ${types} events`;
}

type RowsProps = Extract<PreviewContent, { kind: "compared" }> & {
  readonly now: Date;
  readonly events: readonly ComparedEvent[];
};

function Rows({ events, column, now }: RowsProps) {
  return (
    <div class="preview-scroll">
      <table class="table preview-table">
        <thead>
          <tr>
            <th scope="col">{say`When`}</th>
            <th scope="col">{say`Subject`}</th>
            {column === undefined ? null : <th scope="col">{column.split(".").at(-1)}</th>}
            <th scope="col">{say`Now`}</th>
            <th scope="col">{say`With your change`}</th>
          </tr>
        </thead>
        <tbody>
          {events.map((one) => (
            <Row key={one.event.id} one={one} column={column} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Row({
  one,
  column,
  now,
}: {
  readonly one: ComparedEvent;
  readonly column: string | undefined;
  readonly now: Date;
}) {
  const { event, moved } = one;
  const subject = event.subject === undefined ? shortId(event.id) : cleanLine(event.subject);
  return (
    <tr class={moved ? "moved" : ""}>
      <td>
        <Time at={event.receivedAt} now={now} as="clock" />
      </td>
      <td class={moved ? "strong" : ""}>
        <a href={`/events/${event.id}`}>{subject}</a>
      </td>
      {column === undefined ? null : <td class="quiet">{valueAt(event.data, event, column)}</td>}
      <td class="quiet">{saySide(one.now, policyShown(one))}</td>
      <td class={moved ? "strong" : "quiet"}>
        {moved ? (
          <span class="moves">
            <Icon name="arrowRight" />
            <span>
              <span class="moves-word">{say`moves to`}</span> {saySide(one.would, policyShown(one))}
            </span>
          </span>
        ) : (
          say`same`
        )}
      </td>
    </tr>
  );
}

const policyShown = ({ now, would }: ComparedEvent) =>
  now.policy?.id !== would.policy?.id || now.policy?.version !== would.policy?.version;

function saySide({ destinations, unrouted, policy }: Side, withPolicy: boolean): string {
  const places = destinations.length === 0 ? say`nowhere` : destinations.join(", ");
  const words = [
    places,
    ...(unrouted ? [say`unrouted`] : []),
    ...(withPolicy ? [policy ? say`policy ${policy.name}` : say`nobody is asked`] : []),
  ];
  return words.join(" · ");
}

function valueAt(content: unknown, event: ComparedEvent["event"], column: string): string {
  const [first = "", ...rest] = column.split(".");
  const root: unknown =
    first === "data" ? content : (event as unknown as Readonly<Record<string, unknown>>)[first];
  const found = rest.reduce<unknown>(
    (at, name) =>
      typeof at === "object" && at !== null
        ? (at as Readonly<Record<string, unknown>>)[name]
        : undefined,
    root,
  );
  if (found === undefined || found === null) return "–";
  return cleanLine(typeof found === "string" ? found : JSON.stringify(found)).slice(0, 60);
}
