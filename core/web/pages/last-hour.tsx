import { say } from "../../words/say.ts";
import type { LastHour } from "../overview/last-hour.ts";
import { Panel } from "./parts.tsx";
import { sayClock } from "./times.ts";

interface LastHourProps {
  readonly hour: LastHour;
  readonly now: Date;
}

const hourMs = 3_600_000;

/** The last hour in numbers with their units, and in one bar for each minute. */
export function LastHourPanel({ hour, now }: LastHourProps) {
  const whole = now.getTime() - hour.since.getTime() >= hourMs;
  return (
    <Panel title={whole ? say`Last hour` : say`Since ${sayClock(hour.since, now)} UTC`}>
      <dl class="figures">
        <Figure value={String(hour.events)} unit={hour.events === 1 ? say`event` : say`events`} />
        <Figure
          value={String(hour.arrived)}
          of={say`of ${hour.deliveries}`}
          unit={hour.deliveries === 1 ? say`delivery arrived` : say`deliveries arrived`}
        />
        <Figure
          value={hour.medianDecisionMs === undefined ? "–" : saySpanFinely(hour.medianDecisionMs)}
          unit={
            hour.medianDecisionMs === undefined
              ? say`no decision yet`
              : say`median time to a decision`
          }
        />
        <Figure value={String(hour.troubled)} unit={say`failed or tried again`} />
      </dl>
      <Bars hour={hour} />
      <div class="bars-foot note tabular">
        <span>{sayClock(new Date(now.getTime() - hourMs), now).slice(0, -3)}</span>
        <span class="bars-key">
          <span class="bars-events">{say`events`}</span>
          <span class="bars-failed">{say`failed`}</span>
        </span>
        <span>{sayClock(now, now).slice(0, -3)} UTC</span>
      </div>
    </Panel>
  );
}

function Figure(props: { readonly value: string; readonly unit: string; readonly of?: string }) {
  return (
    <div class="figure">
      <dt class="note">{props.unit}</dt>
      <dd>
        <span class="figure-value">{props.value}</span>
        {props.of === undefined ? null : <span class="quiet"> {props.of}</span>}
      </dd>
    </div>
  );
}

const height = 56;
const step = 5;

/** Where events are few, one of them does not fill the whole height. */
const leastScale = 5;

function Bars({ hour: { minutes, events, troubled } }: { readonly hour: LastHour }) {
  const most = Math.max(leastScale, ...minutes.map((minute) => minute.events));
  const tall = (count: number) => Math.max(Math.round((Math.min(count, most) / most) * height), 2);
  return (
    <svg
      class="bars"
      viewBox={`0 0 ${minutes.length * step} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={say`Events in each minute: ${events} in all, ${troubled} deliveries failed or tried again`}
    >
      {minutes.map((minute, index) => (
        <g key={`minute ${index + 1}`}>
          {minute.events === 0 ? null : (
            <Bar class="bar" index={index} tall={tall(minute.events)} />
          )}
          {minute.failed === 0 ? null : (
            <Bar class="bar-failed" index={index} tall={Math.min(tall(minute.failed), 10)} />
          )}
        </g>
      ))}
    </svg>
  );
}

function Bar(props: { readonly class: string; readonly index: number; readonly tall: number }) {
  return (
    <rect
      class={props.class}
      x={props.index * step}
      y={height - props.tall}
      width={step - 1}
      height={props.tall}
    />
  );
}

/** Say a span with its second-largest unit: `3 min 12 s`, `41 s`, `2 h 5 min`. */
function saySpanFinely(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
