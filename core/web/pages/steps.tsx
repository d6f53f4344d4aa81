import { sayAs } from "../../words/say.ts";
import { Icon, type IconName } from "./icons.tsx";

/** How far a step has come. */
export type Progress = "done" | "failed" | "now" | "not-reached";

/** One step of a way that is read from left to right. */
export interface Step {
  readonly name: string;
  readonly progress: Progress;
  readonly said: string;
  readonly href?: string;
}

const signs: Readonly<Record<Progress, { readonly sign: IconName; readonly word: () => string }>> =
  {
    done: { sign: "check", word: () => sayAs("step")`done` },
    failed: { sign: "cross", word: () => sayAs("step")`failed` },
    now: { sign: "clock", word: () => sayAs("step")`now` },
    "not-reached": { sign: "circle", word: () => sayAs("step")`not reached` },
  };

/** Draw steps side by side, each with a sign, its name and what is to be said of it. */
export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol class="panel steps">
      {steps.map((step) => (
        <li key={step.name} class={`step step-is-${step.progress}`}>
          <div class="step-name">
            <span class={`step-sign step-${step.progress}`}>
              <Icon name={signs[step.progress].sign} />
            </span>
            {step.href === undefined ? step.name : <a href={step.href}>{step.name}</a>}
            <span class="sr-only">, {signs[step.progress].word()}</span>
          </div>
          <div class="step-said">{step.said}</div>
        </li>
      ))}
    </ol>
  );
}
