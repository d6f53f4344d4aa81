import type { RuleSet } from "../../domain/rule.ts";
import { say } from "../../words/say.ts";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Empty, Older, Time } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { RoutingTabs } from "./routing-page.tsx";
import { RuleDiff } from "./rule-diff.tsx";

/** What this page shows. */
export interface VersionsPageProps {
  readonly frame: PageFrame;
  /** Newest first, each with the one before it. */
  readonly versions: readonly {
    readonly version: RuleSet;
    readonly before: RuleSet | undefined;
  }[];
  readonly newest: number;
  readonly mayChange: boolean;
  /** Where the older ones are. */
  readonly older?: string | undefined;
  readonly rolledBack?: string | undefined;
}

/** Draw `/routing/versions`: who saved what and why, and the way back to each. */
export function renderVersionsPage(props: VersionsPageProps): string {
  const { frame, versions, newest, rolledBack } = props;
  return renderPage(
    <Layout
      title={say`Versions of the rules`}
      frame={frame}
      section="routing"
      styles={["/assets/routing.css", "/assets/rule-effects.css"]}
      heading={
        <>
          <h1>{say`Routing`}</h1>
          <RoutingTabs here="versions" />
        </>
      }
    >
      {rolledBack === undefined ? null : (
        <Callout tone="ok" icon="check">
          <strong>{say`Version ${newest} says what version ${rolledBack} said.`}</strong>{" "}
          {say`The next event goes by it.`}
        </Callout>
      )}
      <section class="panel" aria-label={say`Versions`}>
        {versions.length === 0 ? (
          <Empty
            icon="clock"
            title={say`Nothing has been saved yet.`}
            next={{ href: "/routing", label: say`Go to the rules` }}
          />
        ) : (
          <ol class="rows versions">
            {versions.map((one) => (
              <Version key={String(one.version.version)} {...props} {...one} />
            ))}
          </ol>
        )}
      </section>
      <Older href={props.older} />
    </Layout>,
  );
}

function Version({
  frame,
  version,
  before,
  newest,
  mayChange,
}: VersionsPageProps & VersionsPageProps["versions"][number]) {
  const isNewest = version.version === newest;
  return (
    <li class="version" id={`version-${version.version}`}>
      <div class="version-head">
        <h2>{say`Version ${version.version}`}</h2>
        {isNewest ? <span class="badge badge-live">{say`in force`}</span> : null}
        <span class="quiet">
          {version.author}, <Time at={version.savedAt} now={frame.now} /> ·{" "}
          {version.rules.length === 1 ? say`1 rule` : say`${version.rules.length} rules`}
        </span>
        {mayChange && !isNewest ? (
          <form class="push" method="post" action="/routing/rollback">
            <CsrfField csrf={frame.csrf} />
            <input type="hidden" name="version" value={newest} />
            <input type="hidden" name="to" value={version.version} />
            <button type="submit" class="button button-small">
              <Icon name="back" />
              {say`Back to version ${version.version}`}
            </button>
          </form>
        ) : null}
      </div>
      {version.description === undefined ? null : <p>{version.description}</p>}
      <RuleDiff before={before} after={version} />
    </li>
  );
}
