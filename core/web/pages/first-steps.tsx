import { say } from "../../words/say.ts";
import type { FirstStep } from "../overview/first-steps.ts";
import { Icon } from "./icons.tsx";
import { Panel, Time } from "./parts.tsx";

interface FirstStepsProps {
  readonly steps: readonly FirstStep[];
  readonly now: Date;
}

/** The checklist of a newcomer. Each tick names the fact that earned it; when all are earned, the list is gone. */
export function FirstSteps({ steps, now }: FirstStepsProps) {
  const done = steps.filter((step) => step.done).length;
  if (done === steps.length) return null;
  return (
    <Panel
      title={say`First steps`}
      beside={<span class="note">{say`${done} of ${steps.length}`}</span>}
    >
      <ol class="first-steps">
        {steps.map((step) => (
          <li key={step.title} class="first-step">
            <span class={step.done ? "step-tick step-tick-done" : "step-tick"}>
              {step.done ? <Icon name="check" /> : null}
              <span class="sr-only">{step.done ? say`Done: ` : say`To do: `}</span>
            </span>
            <div>
              {step.done ? (
                <>
                  <p class="quiet">{step.title}</p>
                  <p class="note">
                    {step.at ? (
                      <>
                        {step.fact.replace(/\.$/u, "")} · <Time at={step.at} now={now} />
                      </>
                    ) : (
                      step.fact
                    )}
                  </p>
                </>
              ) : (
                <>
                  <a class="first-step-link" href={step.href}>
                    {step.title}
                  </a>
                  <p class="note">{step.hint}</p>
                </>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
