import type { DestinationKind } from "../../domain/destination.ts";
import type { Rule, RuleSet } from "../../domain/rule.ts";
import { Icon } from "./icons.tsx";
import { JsonText } from "./json-text.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Empty, Panel, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayPattern } from "./say-pattern.ts";

/** What this page shows. */
export interface RoutingPageProps {
  readonly frame: PageFrame;
  readonly rules: RuleSet;
  /** The kind of each destination by its name, so that a place shows which chat it is in. */
  readonly destinationKinds: ReadonlyMap<string, DestinationKind>;
  /** The hub's own address without a slash at its end, for the commands. */
  readonly origin: string;
}

/** Draw `/routing`: the rules in the order in which they are asked, and how to change them. */
export function renderRoutingPage(props: RoutingPageProps): string {
  const { frame, rules } = props;
  return renderPage(
    <Layout
      title="Routing"
      frame={frame}
      section="routing"
      styles={["/assets/routing.css"]}
      heading={<h1>Routing</h1>}
    >
      <p class="quiet lead">
        Version {rules.version}, saved by {rules.author},{" "}
        <Time at={rules.savedAt} now={frame.now} />. An event is shown to the rules from top to
        bottom. The first that matches takes it and ends the walk, unless it says that the walk
        continues.
      </p>
      <section class="panel" aria-label="Rules">
        {rules.rules.length === 0 ? (
          <Empty
            icon="routing"
            title="There is no rule yet."
            next={{ href: "#change", label: "See how to add one" }}
          >
            <p>
              {rules.fallback === undefined
                ? "Events are kept, and go nowhere."
                : "Every event goes to the fallback."}
            </p>
          </Empty>
        ) : (
          <ol class="rows rule-list">
            {rules.rules.map((rule, index) => (
              <RuleRow key={rule.name} {...props} rule={rule} number={index + 1} />
            ))}
            <Fallback {...props} />
          </ol>
        )}
      </section>
      <HowToChange {...props} />
    </Layout>,
  );
}

function RuleRow(props: RoutingPageProps & { readonly rule: Rule; readonly number: number }) {
  const { rule, number } = props;
  return (
    <li class="rule" id={`rule-${number}`}>
      <span class="rule-number">{number}</span>
      <div class="rule-name">
        <h2>{rule.name}</h2>
        <When rule={rule} />
      </div>
      <div class="rule-to">
        <div class="places">
          {rule.to.map((name) => (
            <Place key={name} name={name} kind={props.destinationKinds.get(name)} />
          ))}
        </div>
        <div class="rule-policy note">
          {rule.policy === undefined ? (
            "information, nobody is asked"
          ) : (
            <>
              asks for approval, policy <strong>{rule.policy}</strong>
            </>
          )}
        </div>
      </div>
      <div class="rule-then note">
        {rule.continue ? (
          <span class="continues">
            <Icon name="chevron" /> continues
          </span>
        ) : (
          "stops here"
        )}
      </div>
    </li>
  );
}

function When({ rule }: { readonly rule: Rule }) {
  const conditions = rule.pattern === undefined ? [] : sayPattern(rule.pattern);
  return (
    <>
      <ul class="conditions">
        <li>
          type{" "}
          {rule.types.map((type, index) => (
            <span key={type}>
              {index === 0 ? "" : " or "}
              <code>{type}</code>
            </span>
          ))}
        </li>
        {rule.level === undefined ? null : (
          <li>
            level at least <code>{rule.level}</code>
          </li>
        )}
        {conditions?.map((condition) => (
          <li key={condition.field}>
            <code>{condition.field}</code> {condition.holds}
          </li>
        ))}
        {rule.when === undefined ? null : (
          <li>
            when <code>{rule.when}</code>
          </li>
        )}
      </ul>
      {rule.pattern === undefined ? null : (
        <details class="pattern" open={conditions === undefined}>
          <summary>The pattern as JSON</summary>
          <JsonText text={JSON.stringify(rule.pattern)} label={`Pattern of ${rule.name}`} />
        </details>
      )}
    </>
  );
}

function Fallback({ rules, destinationKinds }: RoutingPageProps) {
  return (
    <li class="rule">
      <span class="rule-number">{rules.rules.length + 1}</span>
      <div class="rule-name">
        <h2>Fallback</h2>
        <p class="quiet">everything that no rule took</p>
      </div>
      <div class="rule-to">
        {rules.fallback === undefined ? (
          <span class="quiet">nowhere: such events are kept and listed as unrouted</span>
        ) : (
          <div class="places">
            <Place name={rules.fallback} kind={destinationKinds.get(rules.fallback)} />
          </div>
        )}
      </div>
      <div class="rule-then note">always last</div>
    </li>
  );
}

const kindNames: Readonly<Record<DestinationKind, string>> = { slack: "Slack", teams: "Teams" };

function Place({
  name,
  kind,
}: {
  readonly name: string;
  readonly kind: DestinationKind | undefined;
}) {
  return (
    <span class="chip">
      {kind === undefined ? (
        <span class="place">not set up</span>
      ) : (
        <span class={`place place-${kind}`}>{kindNames[kind]}</span>
      )}
      {name}
    </span>
  );
}

function HowToChange({ rules, origin }: RoutingPageProps) {
  const key = "-H 'Authorization: Bearer cs_…'";
  const commands = [
    `curl -sS ${origin}/v1/rules ${key} > rules.json`,
    `curl -sS -X PUT ${origin}/v1/rules ${key} \\`,
    `  -H 'Content-Type: application/json' -H 'If-Match: "${rules.version}"' -d @rules.json`,
  ];
  return (
    <Panel id="change" title="Change the rules">
      <div class="panel-body stack-small">
        <p>
          Fetch the set, edit the file, and put the whole set back. What you put back holds{" "}
          <code>rules</code> and, if you want one, <code>fallback</code>; the other members are only
          for reading. Saving makes version {rules.version + 1}; events that came in before keep the
          plan that they got.
        </p>
        <pre class="panel code code-wrap">{commands.join("\n")}</pre>
        <p class="note">
          The key needs the scope <code>admin</code>. <code>If-Match</code> names the version that
          you edited; if somebody saved meanwhile, the hub refuses instead of overwriting.{" "}
          <a href="/docs">All fields of a rule</a>
        </p>
      </div>
    </Panel>
  );
}
