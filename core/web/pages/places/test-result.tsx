import type { TestFound } from "../../../hub/test-steps.ts";
import { say } from "../../../words/say.ts";
import { Icon } from "../icons.tsx";
import { Callout, Panel } from "../parts.tsx";
import { sayNodes } from "../say-nodes.ts";

/** What a test found. */
export interface ShownTest {
  readonly found: TestFound;
  readonly durationMs: number;
  /** Such as: unsaved value; live events are off here. */
  readonly notes: readonly string[];
  /** What the receiver said, as it said it. */
  readonly raw?: { readonly status?: number | undefined; readonly text: string } | undefined;
  /** Leads to the attempt. */
  readonly delivery?: string | undefined;
}

const signs = {
  done: { sign: "check", word: () => say`done` },
  failed: { sign: "cross", word: () => say`failed` },
  waiting: { sign: "clock", word: () => say`waits` },
  not_tried: { sign: "circle", word: () => say`not tried` },
} as const;

const outcomes = {
  passed: () => say`The test message was taken`,
  failed: () => say`The test failed`,
  waiting: () => say`No answer yet`,
} as const;

/** Show a test step by step: it stops at the first ✗, and says what to do. */
export function TestResult({ test }: { readonly test: ShownTest }) {
  const { found, durationMs, notes, raw, delivery } = test;
  const { outcome, steps, trouble } = found;
  return (
    <Panel
      id="test"
      title={outcomes[outcome]()}
      beside={<span class="note">{`${durationMs} ms`}</span>}
    >
      <div class="panel-body stack" role="status">
        {notes.map((note) => (
          <Callout key={note} tone="mute" icon="alert">
            {note}
          </Callout>
        ))}
        <ol class="plain-list test-steps">
          {steps.map(({ step, state, detail }) => (
            <li key={step} class={`test-step test-${state}`}>
              <span class="test-sign">
                <Icon name={signs[state].sign} />
                <span class="sr-only">{signs[state].word()}: </span>
              </span>
              <span>
                <strong>{step}</strong>
                <span class="note"> {detail}</span>
              </span>
            </li>
          ))}
        </ol>
        {trouble ? (
          <div class="test-fix">
            <p>{trouble.cause}</p>
            <p>
              <strong>{say`What to do:`}</strong> {trouble.next}
            </p>
            <p class="note">{sayNodes`Code ${<code>{trouble.code}</code>}`}</p>
          </div>
        ) : null}
        {raw && raw.text !== "" ? (
          <details>
            <summary>
              {say`Raw answer`}
              {raw.status === undefined ? "" : `, HTTP ${raw.status}`}
            </summary>
            <pre class="code code-wrap">{raw.text}</pre>
          </details>
        ) : null}
        {delivery ? (
          <p>
            <a href={`/deliveries/${delivery}`}>{say`See the attempt`}</a>
          </p>
        ) : null}
      </div>
    </Panel>
  );
}
