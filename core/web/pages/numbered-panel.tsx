import type { ComponentChildren } from "preact";

interface NumberedPanelProps {
  readonly number: number;
  readonly title: string;
  readonly end?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** A panel that is one step of several: its number stands before its title. */
export function NumberedPanel({ number, title, end, children }: NumberedPanelProps) {
  return (
    <section class="panel numbered">
      <div class="panel-head">
        <span class="step-number" aria-hidden="true">
          {number}
        </span>
        <h2>
          <span class="sr-only">{number}. </span>
          {title}
        </h2>
        {end === undefined ? null : <div class="push">{end}</div>}
      </div>
      {children}
    </section>
  );
}
