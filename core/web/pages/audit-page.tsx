import type { Verified } from "../../audit/verify.ts";
import type { Actor, AuditEntry } from "../../domain/audit.ts";
import { isJsonObject, type Json } from "../../domain/json.ts";
import { say, sayAs } from "../../words/say.ts";
import type { SignInWay } from "../session.ts";
import type { PageFrame } from "./page-frame.ts";
import { Callout, Empty, Older, Panel, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";
import { SettingsLayout } from "./settings-frame.tsx";

/** What somebody looks for, as typed; empty: anything. */
export interface AuditFilter {
  readonly who: string;
  readonly what: string;
  readonly action: string;
  readonly since: string;
}

/** What this page shows. */
export interface AuditPageProps {
  readonly frame: PageFrame;
  readonly filter: AuditFilter;
  readonly entries: readonly AuditEntry[];
  /** Where older rows are. */
  readonly older?: string;
  /** What a look at the whole chain found, where somebody asked for one. */
  readonly verified?: Verified | undefined;
}

/** Draw `/settings/audit`: who changed what, newest first. */
export function renderAuditPage(props: AuditPageProps): string {
  const { frame, filter, entries, older, verified } = props;
  const filtered = Object.values(filter).some((text) => text !== "");
  return renderPage(
    <SettingsLayout
      frame={frame}
      place="/settings/audit"
      headingEnd={
        <a class="button" href="/settings/audit?verify">
          {say`Verify the chain`}
        </a>
      }
    >
      {verified ? <Verdict verified={verified} /> : null}
      <Filter filter={filter} />
      {entries.length === 0 ? (
        <div class="panel">
          {filtered ? (
            <Empty
              icon="search"
              title={say`No such row`}
              next={{ href: "/settings/audit", label: say`Show all` }}
            />
          ) : (
            <Empty icon="book" title={say`Nothing has been changed yet`}>
              {say`Sign-ins, votes and every change of people, rules and settings will stand here.`}
            </Empty>
          )}
        </div>
      ) : (
        <Panel title={say`Changes`} beside={<span class="note">{say`newest first`}</span>}>
          <ul class="rows audit">
            {entries.map((entry) => (
              <Row key={entry.number} frame={frame} entry={entry} />
            ))}
          </ul>
        </Panel>
      )}
      <Older href={older} />
    </SettingsLayout>,
  );
}

/** What can be looked for by the begin of its name. */
const nouns = (): readonly (readonly [string, string])[] => [
  ["", say`Everything`],
  ["session.", say`Sign-ins`],
  ["approval.", say`Votes and closings`],
  ["vote.", say`Refused clicks`],
  ["person.", say`People`],
  ["group.", say`Groups`],
  ["rules.", say`Rules`],
  ["policy.", say`Policies`],
  ["destination.", say`Destinations`],
  ["workspace.", say`Workspaces`],
  ["producer.", say`Producers`],
  ["key.", say`API keys`],
  ["event_type.", say`Event types`],
  ["settings.", say`Settings`],
  ["delivery.", say`Redeliveries`],
];

function Filter({ filter }: { readonly filter: AuditFilter }) {
  return (
    <form class="audit-filter" method="get" action="/settings/audit">
      <div class="field">
        <label class="label" for="action">
          {say`What was changed`}
        </label>
        <select id="action" class="input" name="action">
          {nouns().map(([value, word]) => (
            <option key={value} value={value} selected={value === filter.action}>
              {word}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label class="label" for="who">
          {say`By whom`}
        </label>
        <input id="who" class="input" name="who" value={filter.who} placeholder={say`name or id`} />
      </div>
      <div class="field">
        <label class="label" for="what">
          {say`Of what`}
        </label>
        <input
          id="what"
          class="input"
          name="what"
          value={filter.what}
          placeholder={say`name or id`}
        />
      </div>
      <div class="field">
        <label class="label" for="since">
          {say`Since`}
        </label>
        <input
          id="since"
          class="input"
          name="since"
          type="date"
          value={filter.since.slice(0, 10)}
        />
      </div>
      <button type="submit" class="button">
        {sayAs("verb")`Filter`}
      </button>
    </form>
  );
}

const causes: Readonly<
  Record<Extract<Verified, { kind: "broken" }>["because"], (row: number) => string>
> = {
  altered: (row) => say`Row ${row} was changed after it was written.`,
  missing: (row) => say`Row ${row} is missing.`,
  out_of_order: (row) => say`Row ${row} stands where another was written.`,
  cut_off: (row) => say`Row ${row} is missing: rows were cut off the end.`,
  head_lost: (row) =>
    say`Row ${row} is the last, and the head that is kept beside the rows is gone.`,
  head_forged: (row) =>
    say`Row ${row} is the last, and the head that is kept beside the rows is not one of this hub’s.`,
};

function Verdict({ verified }: { readonly verified: Verified }) {
  if (verified.kind === "intact") {
    const { number, hash } = verified.head;
    return (
      <Callout tone="ok" icon="check">
        {sayNodes`All ${number} rows stand as they were written. Head: ${<code class="one-time-link">{`${number}:${hash}`}</code>}. Noted elsewhere, it also shows rows that are written anew: ${<code>countersign audit verify --head</code>}.`}
      </Callout>
    );
  }
  return (
    <Callout tone="bad" icon="alert">
      {causes[verified.because](verified.at)}{" "}
      {say`Keep the database as it is, and compare it with a backup or an export from before.`}
    </Callout>
  );
}

function Row({ frame, entry }: { readonly frame: PageFrame; readonly entry: AuditEntry }) {
  const details = Object.entries(entry.details ?? {});
  return (
    <li class="row">
      <div class="row-main">
        <div>
          <strong>{entry.actor.name}</strong> <code>{entry.action}</code>{" "}
          {entry.target ? <span class="audit-target">{entry.target.name}</span> : null}
        </div>
        {details.length === 0 ? null : (
          <div class="quiet">
            {details.map(([name, value]) => sayDetail(name, value)).join(" · ")}
          </div>
        )}
        <div class="note">
          {[say`row ${entry.number}`, saySource(entry.actor), entry.target?.id]
            .filter((part) => part !== undefined && part !== "")
            .join(" · ")}
        </div>
      </div>
      <div class="row-end note">
        <Time at={new Date(entry.at)} now={frame.now} />
      </div>
    </li>
  );
}

const places = {
  web: () => say`console`,
  api: () => say`API`,
  slack: () => "Slack",
  teams: () => "Teams",
} as const;

function saySource({ kind, via, address }: Actor): string {
  const place = via === undefined ? "" : places[via]();
  const who = kind === "producer" ? say`producer` : kind === "account" ? say`chat account` : "";
  return [who, place, address ?? ""].filter((part) => part !== "").join(", ");
}

/** The ways of signing in, as rows keep them under `how`. */
const signInWays: Readonly<Record<SignInWay, () => string>> = {
  link: () => say`by a one-time link`,
  password: () => say`by password`,
  oidc: () => say`by single sign-on`,
};

function sayDetail(name: string, value: Json): string {
  if (name === "how" && typeof value === "string" && Object.hasOwn(signInWays, value)) {
    return signInWays[value as SignInWay]();
  }
  const word = name
    .replaceAll(/([A-Z])/g, " $1")
    .replaceAll("_", " ")
    .toLowerCase();
  if (value === "changed") return say`${word} changed`;
  if (isJsonObject(value) && "from" in value && "to" in value) {
    return `${word}: ${sayValue(value["from"])} → ${sayValue(value["to"])}`;
  }
  return `${word}: ${sayValue(value)}`;
}

function sayValue(value: Json | undefined): string {
  if (value === null || value === undefined) return sayAs("value")`none`;
  if (Array.isArray(value)) return value.map(sayValue).join(", ") || sayAs("value")`none`;
  return isJsonObject(value) ? JSON.stringify(value) : String(value);
}
