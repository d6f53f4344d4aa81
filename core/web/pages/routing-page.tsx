import type { DestinationKind } from "../../domain/destination.ts";
import type { Rule, RuleSet } from "../../domain/rule.ts";
import { say, sayNumber } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Empty, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { ruleAddress } from "./rule-editor-page.tsx";
import { Place, RuleRow } from "./rule-row.tsx";
import { sayNodes } from "./say-nodes.ts";

/** What this page shows. */
export interface RoutingPageProps {
  readonly frame: PageFrame;
  readonly rules: RuleSet;
  /** The kind of each destination by its name, so that a place shows which chat it is in. */
  readonly destinationKinds: ReadonlyMap<string, DestinationKind>;
  /** Whether the viewer may change rules. */
  readonly mayChange: boolean;
  /** How many events no rule took; capped. */
  readonly unrouted: { readonly count: number; readonly more: boolean };
  /** The part of a long list that is shown: positions from 0, and what was searched for. */
  readonly part: RulePart;
  /** What was just done: a rule saved, or moved by a button that then keeps the focus. */
  readonly done?:
    | { readonly kind: "saved"; readonly name: string }
    | { readonly kind: "moved"; readonly name: string; readonly to: "up" | "down" }
    | undefined;
}

/** Which rules of the list are shown. */
export interface RulePart {
  readonly from: number;
  readonly size: number;
  readonly search: string;
}

/** Draw `/routing`: the rules in the order in which they are asked, each with what can be done to it. */
export function renderRoutingPage(props: RoutingPageProps): string {
  const { frame, rules, mayChange, done } = props;
  const version = <a href="/routing/versions">{say`Version ${rules.version}`}</a>;
  return renderPage(
    <Layout
      title={say`Routing`}
      frame={frame}
      section="routing"
      styles={["/assets/routing.css"]}
      heading={
        <>
          <h1>{say`Routing`}</h1>
          <RoutingTabs here="rules" />
        </>
      }
      headingEnd={
        mayChange ? (
          <a class="button button-primary" href={ruleAddress}>
            <Icon name="plus" />
            {say`Add rule`}
          </a>
        ) : undefined
      }
    >
      <p class="quiet lead">
        {sayNodes`${version}, saved by ${rules.author}, ${<Time at={rules.savedAt} now={frame.now} />}. An event is shown to the rules from top to bottom. The first that matches takes it and ends the walk, unless it says that the walk continues.`}
      </p>
      {done?.kind === "saved" ? (
        <Callout tone="ok" icon="check">
          <strong>{say`“${done.name}” is saved as version ${rules.version}.`}</strong>{" "}
          {say`The next event goes by it; what came before keeps the plan that it got.`}
        </Callout>
      ) : null}
      <Search {...props} />
      <section class="panel" aria-label={say`Rules`}>
        {rules.rules.length === 0 ? <NoRules {...props} /> : <RuleList {...props} />}
      </section>
      <Unrouted {...props} />
    </Layout>,
  );
}

/** The pages of routing, beside the heading. */
export function RoutingTabs({
  here,
}: {
  readonly here: "rules" | "types" | "versions" | "backtest";
}) {
  const tabs = [
    ["rules", "/routing", say`Rules`],
    ["types", "/routing/types", say`Event types`],
    ["versions", "/routing/versions", say`Versions`],
    ["backtest", "/routing/backtest", say`Backtest`],
  ] as const;
  return (
    <nav class="tabs" aria-label={say`Routing`}>
      {tabs.map(([name, href, word]) => (
        <a key={name} href={href} {...(name === here ? { "aria-current": "page" as const } : {})}>
          {word}
        </a>
      ))}
    </nav>
  );
}

function NoRules({ rules, mayChange }: RoutingPageProps) {
  return (
    <Empty
      icon="routing"
      title={say`There is no rule yet.`}
      {...(mayChange ? { next: { href: ruleAddress, label: say`Add the first rule` } } : {})}
    >
      <p>
        {rules.fallback === undefined
          ? say`Events are kept, and go nowhere.`
          : say`Every event goes to the fallback, ${rules.fallback}.`}
      </p>
    </Empty>
  );
}

function RuleList(props: RoutingPageProps) {
  const { rules, part } = props;
  const wanted = part.search.toLowerCase();
  const all = rules.rules.map((rule, index) => ({ rule, number: index + 1 }));
  const found = wanted === "" ? all : all.filter(({ rule }) => isWanted(rule, wanted));
  const shown = found.slice(part.from, part.from + part.size);
  return (
    <>
      {shown.length === 0 ? (
        <Empty
          icon="search"
          title={say`No rule says that.`}
          next={{ href: "/routing", label: say`Show all rules` }}
        >
          <p>{say`Looked for “${part.search}” in names, types, places and policies.`}</p>
        </Empty>
      ) : (
        <ol class="rows rule-list">
          {shown.map(({ rule, number }) => (
            <RuleRow key={rule.name} {...props} rule={rule} number={number} />
          ))}
          {part.from + part.size >= found.length ? <Fallback {...props} /> : null}
        </ol>
      )}
      <Pages found={found.length} part={part} />
    </>
  );
}

const isWanted = ({ name, types, to, policy }: Rule, wanted: string) =>
  [name, ...types, ...to, policy ?? ""].some((text) => text.toLowerCase().includes(wanted));

function Search({ rules, part }: RoutingPageProps) {
  if (rules.rules.length <= 10 && part.search === "") return null;
  return (
    <form class="rule-search" method="get" action="/routing">
      <label class="sr-only" for="q">
        {say`Find a rule`}
      </label>
      <input
        class="input"
        id="q"
        name="q"
        value={part.search}
        placeholder={say`name, type, place or policy`}
      />
      <button type="submit" class="button">
        <Icon name="search" />
        {say`Find`}
      </button>
    </form>
  );
}

function Pages({ found, part }: { readonly found: number; readonly part: RulePart }) {
  if (found <= part.size) return null;
  const link = (from: number) =>
    `/routing?${new URLSearchParams({ ...(part.search === "" ? {} : { q: part.search }), from: String(from) })}`;
  const end = Math.min(part.from + part.size, found);
  return (
    <div class="panel-foot rule-pages">
      {part.from > 0 ? (
        <a class="button button-small" href={link(Math.max(0, part.from - part.size))} rel="prev">
          {say`Earlier rules`}
        </a>
      ) : null}
      <span class="note tabular">{say`${part.from + 1} to ${end} of ${sayNumber(found)}`}</span>
      {end < found ? (
        <a class="button button-small" href={link(end)} rel="next">
          {say`Later rules`}
        </a>
      ) : null}
    </div>
  );
}

function Fallback({ frame, rules, destinationKinds, mayChange }: RoutingPageProps) {
  return (
    <li class="rule" id="fallback">
      <span class="rule-number">{rules.rules.length + 1}</span>
      <div class="rule-name">
        <h2>{say`Fallback`}</h2>
        <p class="quiet">{say`everything that no rule took`}</p>
      </div>
      <div class="rule-to">
        {rules.fallback === undefined ? (
          <span class="quiet">{say`nowhere: such events are kept and listed as unrouted`}</span>
        ) : (
          <div class="places">
            <Place name={rules.fallback} kind={destinationKinds.get(rules.fallback)} />
          </div>
        )}
      </div>
      <div class="rule-then note">{say`always last`}</div>
      {mayChange ? (
        <form class="rule-actions" method="post" action="/routing/fallback">
          <CsrfField csrf={frame.csrf} />
          <input type="hidden" name="version" value={rules.version} />
          <select class="input" name="fallback" aria-label={say`Fallback destination`}>
            <option value="">{say`nowhere`}</option>
            {[...destinationKinds.keys()].map((name) => (
              <option key={name} value={name} selected={name === rules.fallback}>
                {name}
              </option>
            ))}
          </select>
          <button type="submit" class="button button-small">
            {say`Save`}
          </button>
        </form>
      ) : null}
    </li>
  );
}

function Unrouted({ unrouted: { count, more }, frame }: RoutingPageProps) {
  if (count === 0)
    return <p class="note">{say`No event is unrouted: a rule took every one that is kept.`}</p>;
  return (
    <p class="note">
      {sayNodes`${<a href="/events?unrouted=true">{sayEvents(count, more)}</a>} came that no rule took.`}{" "}
      {mayRouteFrom(frame)
        ? say`Open one and press “Route this…” to make a rule for its kind.`
        : null}
    </p>
  );
}

function sayEvents(count: number, more: boolean): string {
  if (more) return say`${sayNumber(count)} or more events`;
  return count === 1 ? say`1 event` : say`${sayNumber(count)} events`;
}

const mayRouteFrom = ({ viewer }: PageFrame) =>
  viewer?.roles.some((role) => role === "admin" || role === "router") ?? false;
