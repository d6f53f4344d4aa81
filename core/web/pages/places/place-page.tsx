import type { Destination, HookKind } from "../../../domain/destination.ts";
import { isChannel } from "../../../domain/destination.ts";
import type { DestinationUser } from "../../../hub/destinations.ts";
import type { Health } from "../../../hub/workspaces.ts";
import { say } from "../../../words/say.ts";
import { Crumbs } from "../crumbs.tsx";
import { HealthBadge } from "../health.tsx";
import { Layout } from "../layout.tsx";
import { NewSecretPanel } from "../new-secret-panel.tsx";
import { Callout, CsrfField, Panel, ShortId } from "../parts.tsx";
import { renderPage } from "../render-page.ts";
import { sayNodes } from "../say-nodes.ts";
import { kindWords, sayKind } from "./kinds-page.tsx";
import { PlaceForm, type PlaceFormProps } from "./place-form.tsx";
import { type ShownTest, TestResult } from "./test-result.tsx";
import { sayUserKind, sayUserName } from "./user-words.ts";

/** What a template makes of a sample, and what it may name. */
export interface ShownPreview {
  readonly body?: string;
  readonly trouble?: string;
  /** What placeholders may name, as JSON. */
  readonly scope: string;
}

/** A saved destination beside its form. */
export interface SavedPlace {
  readonly destination: Destination;
  readonly health: Health;
  readonly users: readonly DestinationUser[];
  /** Messages that were given up; a person may have them sent again. */
  readonly dead: number;
  readonly held: number;
  /** The page of its channel, where it is one. */
  readonly channelPage?: string | undefined;
  readonly remarks: readonly string[];
}

/** What this page shows. */
export interface PlacePageProps extends PlaceFormProps {
  readonly saved?: SavedPlace | undefined;
  readonly test?: ShownTest | undefined;
  readonly preview?: ShownPreview | undefined;
  /** Said once at the top: it was saved, or why it was not. */
  readonly flash?: { readonly tone: "ok" | "bad"; readonly text: string } | undefined;
  /** A key that is shown now and never again. */
  readonly signingSecret?: string | undefined;
  readonly mayChange: boolean;
}

/** Draw the page on which a destination is made, tested, changed and repaired. */
export function renderPlacePage(props: PlacePageProps): string {
  const { frame, kind, saved, test, preview, mayChange } = props;
  const title = saved?.destination.name ?? say`Add a ${kindTitle(kind)}`;
  return renderPage(
    <Layout
      title={title}
      frame={frame}
      section="destinations"
      styles={["/assets/workspaces.css", "/assets/places.css"]}
      modules={kind === "webhook" ? ["/assets/client/places.js"] : []}
      {...(saved ? { watch: `/destinations/${saved.destination.id}/stream` } : {})}
    >
      <Head {...props} title={title} />
      <div class="stack">
        <Flash {...props} />
        <Gain {...props} />
        {saved ? <Now {...props} saved={saved} /> : null}
        {test ? <TestResult test={test} /> : null}
        {mayChange ? (
          <PlaceForm {...props}>
            {kind === "webhook" ? (
              <div id="preview">{preview ? <Preview preview={preview} /> : null}</div>
            ) : null}
          </PlaceForm>
        ) : (
          <Panel title={say`Settings`}>
            <p class="panel-body quiet">{say`Routers and admins change destinations.`}</p>
          </Panel>
        )}
        {saved && mayChange ? <SigningSecret {...props} saved={saved} /> : null}
        {saved ? <Users {...props} saved={saved} /> : null}
      </div>
    </Layout>,
  );
}

/** Only webhooks sign their calls. */
function SigningSecret({ frame, saved }: PlacePageProps & { readonly saved: SavedPlace }) {
  const { destination } = saved;
  if (destination.kind !== "webhook") return null;
  return (
    <NewSecretPanel
      frame={frame}
      title={say`Signing secret`}
      action={`/destinations/${destination.id}/secret`}
      formerEndsAt={destination.formerSecretEndsAt}
    />
  );
}

function Head({ kind, saved, title }: PlacePageProps & { readonly title: string }) {
  return (
    <>
      <Crumbs
        above={[
          ["/destinations", say`Destinations`],
          ...(saved ? [] : ([["/destinations/new", say`Add`]] as const)),
        ]}
      >
        {saved?.destination.name ?? kindTitle(kind)}
      </Crumbs>
      <div class="page-head">
        <h1>{title}</h1>
        {saved ? (
          <>
            <span class="note">{sayKind(saved.destination.kind)}</span>
            <ShortId id={saved.destination.id} />
          </>
        ) : null}
      </div>
    </>
  );
}

const kindTitle = (kind: HookKind | "channel") =>
  kind === "channel" ? say`channel` : kindWords[kind].title();

function Flash({ flash, signingSecret }: PlacePageProps) {
  return (
    <>
      {flash ? (
        <Callout tone={flash.tone} icon={flash.tone === "ok" ? "check" : "alert"}>
          {flash.text}
        </Callout>
      ) : null}
      {signingSecret === undefined ? null : <Secret secret={signingSecret} />}
    </>
  );
}

function Secret({ secret }: { readonly secret: string }) {
  return (
    <Callout tone="warn" icon="lock">
      {say`Every call is signed as Standard Webhooks. This secret verifies them; it is shown once:`}
      <p class="copy-line">
        <code>{secret}</code>
      </p>
    </Callout>
  );
}

function Gain({ kind }: PlacePageProps) {
  if (kind === "channel") return null;
  const { says, gain } = kindWords[kind];
  return gain === undefined ? (
    <p class="quiet">{says()}</p>
  ) : (
    <Callout tone="mute" icon="bell">
      <p>
        {says()} {say`What was posted is not edited: a second message tells how a request ended.`}
      </p>
      <p>
        <strong>{say`What you would gain:`}</strong> {gain()}{" "}
        <a href="/workspaces">{say`Connect it`}</a>.
      </p>
    </Callout>
  );
}

function Now({ frame, saved, mayChange }: PlacePageProps & { readonly saved: SavedPlace }) {
  const { destination, health, dead, held, channelPage, remarks } = saved;
  return (
    <Panel title={say`Do messages arrive?`}>
      <div class="panel-body stack-small" id="now" data-part>
        <HealthBadge health={health} now={frame.now} />
        {remarks.map((text) => (
          <Callout key={text} tone="warn" icon="alert">
            {text}
          </Callout>
        ))}
        {held > 0 ? (
          <p>
            <strong>
              {held === 1 ? say`One message is kept.` : say`${held} messages are kept.`}
            </strong>{" "}
            {say`They go out by themselves when it works again.`}
          </p>
        ) : null}
        {dead > 0 ? (
          <form method="post" action={`/destinations/${destination.id}/redeliver`}>
            <CsrfField csrf={frame.csrf} />
            <p>
              <strong>
                {dead === 1 ? say`One message was given up.` : say`${dead} messages were given up.`}
              </strong>{" "}
              {mayChange ? (
                <button type="submit" class="button button-small">
                  {dead === 1 ? say`Send it again` : say`Send all ${dead} again`}
                </button>
              ) : null}
            </p>
          </form>
        ) : null}
        <p>
          <a href={`/deliveries?to=${encodeURIComponent(destination.name)}`}>
            {say`What was sent here`}
          </a>
          {channelPage ? (
            <>
              {" · "}
              <a href={channelPage}>{say`Its channel`}</a>
            </>
          ) : null}
        </p>
      </div>
    </Panel>
  );
}

function Preview({ preview }: { readonly preview: ShownPreview }) {
  const { body, trouble, scope } = preview;
  return (
    <Panel title={say`Preview`} beside={<span class="note">{say`nothing was sent`}</span>}>
      <div class="panel-body stack">
        {trouble ? <p class="field-error">{trouble}</p> : null}
        {body === undefined ? null : <pre class="code code-wrap">{body}</pre>}
        <details>
          <summary>{say`What placeholders may name`}</summary>
          <pre class="code code-wrap">{scope}</pre>
        </details>
      </div>
    </Panel>
  );
}

const userAddress = ({ kind, name }: DestinationUser): string => {
  if (kind === "rule" || kind === "unrouted events") return "/routing";
  if (kind === "operations") return "/destinations#operations";
  return kind === "workspace" ? "/workspaces" : `/destinations?q=${encodeURIComponent(name)}`;
};

function Users({ frame, saved, mayChange }: PlacePageProps & { readonly saved: SavedPlace }) {
  const { users, destination } = saved;
  return (
    <Panel title={say`Used by`} beside={<span class="note">{users.length}</span>}>
      <div class="panel-body stack-small">
        {users.length === 0 ? (
          <p class="quiet">
            {sayNodes`Nothing names it yet. ${<a href="/routing">{say`Add a rule`}</a>} that sends events here.`}
          </p>
        ) : (
          <ul class="plain-list">
            {users.map((user) => (
              <li key={`${user.kind} ${user.name}`}>
                {sayUserKind(user)} <a href={userAddress(user)}>{sayUserName(user)}</a>
              </li>
            ))}
          </ul>
        )}
        {mayChange ? (
          <form method="post" action={`/destinations/${destination.id}/remove`}>
            <CsrfField csrf={frame.csrf} />
            <input type="hidden" name="revision" value={destination.revision} />
            <button type="submit" class="button" {...(users.length > 0 ? { disabled: true } : {})}>
              {isChannel(destination) ? say`Remove destination` : say`Remove it`}
            </button>
            {users.length > 0 ? (
              <span class="note">
                {" "}
                {say`not while something uses it; let these use another one first`}
              </span>
            ) : null}
          </form>
        ) : null}
      </div>
    </Panel>
  );
}
