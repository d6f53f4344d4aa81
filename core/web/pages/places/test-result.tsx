import type { TestFound } from "../../../hub/test-steps.ts";
import { Icon } from "../icons.tsx";
import { Callout, Panel } from "../parts.tsx";

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
  done: { sign: "check", word: "done" },
  failed: { sign: "cross", word: "failed" },
  waiting: { sign: "clock", word: "waits" },
  not_tried: { sign: "circle", word: "not tried" },
} as const;

const outcomes = {
  passed: "The test message was taken",
  failed: "The test failed",
  waiting: "No answer yet",
} as const;

/** Show a test step by step: it stops at the first ✗, and says what to do. */
export function TestResult({ test }: { readonly test: ShownTest }) {
  const { found, durationMs, notes, raw, delivery } = test;
  const { outcome, steps, trouble } = found;
  return (
    <Panel id="test" title={outcomes[outcome]} beside={<span class="note">{durationMs} ms</span>}>
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
                <span class="sr-only">{signs[state].word}: </span>
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
              <strong>What to do:</strong> {trouble.next}
            </p>
            <p class="note">
              Code <code>{trouble.code}</code>
            </p>
          </div>
        ) : null}
        {raw && raw.text !== "" ? (
          <details>
            <summary>Raw answer{raw.status === undefined ? "" : `, HTTP ${raw.status}`}</summary>
            <pre class="code code-wrap">{raw.text}</pre>
          </details>
        ) : null}
        {delivery ? (
          <p>
            <a href={`/deliveries/${delivery}`}>See the attempt</a>
          </p>
        ) : null}
      </div>
    </Panel>
  );
}
