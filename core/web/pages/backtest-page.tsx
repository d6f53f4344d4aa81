import type { ProblemAt } from "../../domain/problem.ts";
import type { Backtested } from "../../hub/rule-trials.ts";
import { languageNow, say, sayNumber } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { RoutingTabs } from "./routing-page.tsx";
import { sayNodes } from "./say-nodes.ts";

/** What this page shows. */
export interface BacktestPageProps {
  readonly frame: PageFrame;
  /** What was typed: the rules as YAML or JSON; empty: the rules in force. */
  readonly text: string;
  readonly last: string;
  readonly errors: readonly ProblemAt[];
  readonly result?: (Backtested & { readonly ms: number }) | undefined;
}

/** Draw `/routing/backtest`: plan the last events again under a draft. */
export function renderBacktestPage(props: BacktestPageProps): string {
  const { frame, text, last, errors, result } = props;
  return renderPage(
    <Layout
      title={say`Backtest`}
      frame={frame}
      section="routing"
      styles={["/assets/routing.css", "/assets/rule-editor.css", "/assets/rule-effects.css"]}
      heading={
        <>
          <h1>{say`Routing`}</h1>
          <RoutingTabs here="backtest" />
        </>
      }
    >
      <p class="quiet lead">
        {say`What would have happened? The last events are planned again under these rules, and compared with what was planned when they came. Nothing is sent and nothing is saved.`}
      </p>
      {result ? <Result result={result} /> : null}
      <form class="panel panel-body stack-small" method="post" action="/routing/backtest">
        <CsrfField csrf={frame.csrf} />
        <div class="field">
          <label class="label" for="rules">
            {say`Rules, as a version of them is written in JSON`}
          </label>
          <textarea
            class="input mono json-input"
            id="rules"
            name="rules"
            rows={16}
            spellcheck={false}
            aria-describedby={errors.length > 0 ? "rules-error rules-help" : "rules-help"}
            {...(errors.length > 0 ? { "aria-invalid": "true" as const } : {})}
          >
            {text}
          </textarea>
          {errors.length > 0 ? (
            <ul class="field-error plain-list" id="rules-error">
              {errors.slice(0, 20).map(({ pointer, message }) => (
                <li key={pointer + message}>
                  {pointer || "/"}: {message}
                </li>
              ))}
            </ul>
          ) : null}
          <p class="note" id="rules-help">
            {sayNodes`The rules in force stand here; change what you want to try. A long set is tried with ${<code>countersign routes backtest --rules rules.yaml</code>}.`}
          </p>
        </div>
        <div class="backtest-run">
          <div class="field">
            <label class="label" for="last">
              {say`How many of the last events`}
            </label>
            <input
              class="input tabular"
              id="last"
              name="last"
              type="number"
              min={1}
              max={100_000}
              value={last}
            />
          </div>
          <button type="submit" class="button button-primary">
            <Icon name="forward" />
            {say`Run the backtest`}
          </button>
        </div>
      </form>
    </Layout>,
  );
}

function Result({ result }: { readonly result: NonNullable<BacktestPageProps["result"]> }) {
  const { events, moved, messages, unrouted, examples, ms } = result;
  const seconds = (ms / 1_000).toLocaleString(languageNow(), {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  return (
    <Panel
      id="result"
      title={say`${sayNumber(events)} events planned again`}
      end={<span class="note tabular">{say`${seconds} s · nothing was sent`}</span>}
    >
      <div class="panel-body stack-small">
        <Callout tone={moved === 0 ? "ok" : "warn"} icon={moved === 0 ? "check" : "alert"}>
          <strong>
            {moved === 0
              ? say`None would go elsewhere.`
              : say`${sayNumber(moved)} would go elsewhere.`}
          </strong>{" "}
          {say`Unrouted: ${sayNumber(unrouted.was)} were, ${sayNumber(unrouted.would)} would be.`}
        </Callout>
      </div>
      {messages.length === 0 ? null : (
        <div class="preview-scroll">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">{say`Messages to`}</th>
                <th scope="col">{say`Were`}</th>
                <th scope="col">{say`Would be`}</th>
              </tr>
            </thead>
            <tbody>
              {messages.map(({ destination, was, would }) => (
                <tr key={destination} class={was === would ? "" : "moved"}>
                  <td>{destination}</td>
                  <td>{sayNumber(was)}</td>
                  <td class={was === would ? "quiet" : "strong"}>
                    {was === would ? say`same` : `→ ${sayNumber(would)}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {examples.length === 0 ? null : (
        <div class="preview-scroll">
          <table class="table preview-table">
            <thead>
              <tr>
                <th scope="col">{say`Event`}</th>
                <th scope="col">{say`Went to`}</th>
                <th scope="col">{say`Would go to`}</th>
              </tr>
            </thead>
            <tbody>
              {examples.slice(0, 20).map(({ event, type, subject, was, would }) => (
                <tr key={event} class="moved">
                  <td>
                    <a href={`/events/${event}`}>{subject ?? type}</a>{" "}
                    <span class="note mono">{subject === undefined ? "" : type}</span>
                  </td>
                  <td class="quiet">{saySide(was)}</td>
                  <td class="strong">
                    <span class="moves">
                      <Icon name="arrowRight" />
                      {saySide(would)}
                    </span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

const saySide = ({
  destinations,
  policy,
}: {
  readonly destinations: readonly string[];
  readonly policy?: string;
}) =>
  [
    destinations.length === 0 ? say`nowhere` : destinations.join(", "),
    ...(policy === undefined ? [] : [say`policy ${policy}`]),
  ].join(" · ");
