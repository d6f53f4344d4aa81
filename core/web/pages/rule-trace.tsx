import type { Json } from "../../domain/json.ts";
import type { Clause, RuleTrace } from "../../routing/explain.ts";
import { say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";

/** Why each rule took an event or left it, as the rules stood when the event came. */
export interface Traced {
  readonly traces: readonly RuleTrace[];
  /** How many rules of that version are not told here. */
  readonly untold: number;
}

interface RuleTraceListProps extends Traced {
  /** Tell of left rules only what kept the event from them. */
  readonly brief?: boolean;
}

/** Tell rule by rule, clause by clause, why here and why not there. */
export function RuleTraceList({ traces, untold, brief = false }: RuleTraceListProps) {
  const reached = traces.filter(({ outcome }) => outcome !== "not_reached");
  const unasked = traces.length - reached.length + (reached.length < traces.length ? untold : 0);
  const ended = traces.length > reached.length;
  return (
    <ul class="rows trace">
      {reached.map((trace) => (
        <li key={trace.position} class="trace-rule">
          {trace.outcome === "taken" ? (
            <Taken trace={trace} />
          ) : (
            <Left trace={trace} brief={brief} />
          )}
        </li>
      ))}
      {ended ? (
        <li class="trace-rule trace-end">
          <Icon name="arrowRight" />{" "}
          {unasked === 1
            ? say`stops here, so one rule behind it was not asked`
            : say`stops here, so ${unasked} rules behind it were not asked`}
        </li>
      ) : null}
      {!ended && untold > 0 ? (
        <li class="trace-rule note">{say`${untold} more rules are not told here.`}</li>
      ) : null}
    </ul>
  );
}

function Taken({ trace: { rule, position, clauses } }: { readonly trace: RuleTrace }) {
  return (
    <>
      <p class="trace-name">
        <span class="strong">{rule.name}</span>{" "}
        <span class="note">{say`rule ${position + 1}, took it`}</span>
      </p>
      <Clauses clauses={clauses} />
    </>
  );
}

function Left({ trace, brief }: { readonly trace: RuleTrace; readonly brief: boolean }) {
  const { rule, position, clauses } = trace;
  return (
    <>
      <p class="trace-name">
        <span>{rule.name}</span> <span class="note">{say`rule ${position + 1}, left it`}</span>
      </p>
      <Clauses clauses={brief ? clauses.filter(({ holds }) => !holds) : clauses} />
    </>
  );
}

function Clauses({ clauses }: { readonly clauses: readonly Clause[] }) {
  return (
    <ul class="clauses">
      {clauses.map((clause) => (
        <li key={`${clause.field} ${JSON.stringify(clause.wanted)}`} class="clause">
          <span class={clause.holds ? "clause-holds" : "clause-fails"}>
            <Icon name={clause.holds ? "check" : "cross"} />
            <span class="sr-only">{clause.holds ? say`holds: ` : say`does not hold: `}</span>
          </span>
          <span>
            {clause.field} <code>{sayWanted(clause)}</code>{" "}
            <span class="note">
              {clause.error ??
                (clause.found === undefined ? say`nothing there` : cut(clause.found))}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

const mostShown = 120;

function cut(value: Json): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length <= mostShown ? text : `${text.slice(0, mostShown)}…`;
}

function sayWanted({ wanted }: Clause): string {
  if (Array.isArray(wanted) && wanted.length === 1 && typeof wanted[0] === "string") {
    return cut(wanted[0]);
  }
  return cut(wanted);
}
