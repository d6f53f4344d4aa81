import type { Delivery } from "../../domain/delivery.ts";
import type { ChatChannel, Destination } from "../../domain/destination.ts";
import type { RuleSet } from "../../domain/rule.ts";
import type { WorkspaceView } from "../../hub/workspaces.ts";
import { say } from "../../words/say.ts";
import { Crumbs } from "./crumbs.tsx";
import { whyOf } from "./delivery-words.ts";
import { destinationHealth } from "./destination-words.ts";
import { HealthBadge } from "./health.tsx";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel, ShortId, StateBadge } from "./parts.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";
import { lookOfDelivery } from "./states.ts";
import { destinationAddress } from "./workspace-channels.tsx";

/** What came of adding a rule. */
export type AddedRule =
  | { readonly kind: "added"; readonly rule: string; readonly shadowedBy?: string | undefined }
  | { readonly kind: "refused"; readonly type: string; readonly message: string };

/** What this page shows. */
export interface DestinationPageProps {
  readonly frame: PageFrame;
  readonly view: WorkspaceView;
  readonly destination: ChatChannel;
  readonly lastPost?: Delivery | undefined;
  readonly rules: RuleSet;
  /** Names of the policies under which a rule may ask for approval. */
  readonly policies: readonly string[];
  /** Types of the latest events and of the catalogue, to choose from. */
  readonly types: readonly string[];
  /** True right after it was chosen or moved. */
  readonly fresh: boolean;
  /** The delivery of the hello that was asked for; undefined inside it while it is not planned yet. */
  readonly hello?: { readonly event: string; readonly delivery?: Delivery | undefined } | undefined;
  readonly added?: AddedRule | undefined;
}

/** Draw the page of one destination: whether messages arrive, what is routed there, and where it leads. */
export function renderDestinationPage(props: DestinationPageProps): string {
  const { frame, view, destination, fresh } = props;
  return renderPage(
    <Layout
      title={destination.name}
      frame={frame}
      section="workspaces"
      styles={["/assets/workspaces.css", "/assets/routing.css"]}
      watch={watchAddress(props)}
    >
      <Crumbs
        above={[
          ["/workspaces", say`Workspaces`],
          [`/workspaces/${view.id}`, view.name],
        ]}
      >
        {destination.name}
      </Crumbs>
      <div class="page-head">
        <h1>{destination.name}</h1>
        <span class={`place place-${view.platform}`}>{view.name}</span>
        <ShortId id={destination.id} />
      </div>
      {fresh ? (
        <Callout tone="ok" icon="check">
          <strong>{sayNodes`${destination.name} is a destination now.`}</strong>{" "}
          {say`Post a hello to see that messages arrive, then say which events go there.`}
        </Callout>
      ) : null}
      <div class="stack">
        <Arrival {...props} />
        <Routed {...props} />
        <Place {...props} />
      </div>
    </Layout>,
  );
}

/** A refused form stands at an address of its own, where nothing can be read again. */
function watchAddress({ view, destination, hello, added }: DestinationPageProps) {
  if (added?.kind === "refused") return undefined;
  const page = `${destinationAddress(view, destination)}/stream`;
  return hello ? `${page}?${new URLSearchParams({ hello: hello.event })}` : page;
}

function Arrival(props: DestinationPageProps) {
  const { frame, view, destination, lastPost, hello } = props;
  return (
    <Panel
      title={say`Do messages arrive?`}
      end={
        <form method="post" action={`${destinationAddress(view, destination)}/hello`}>
          <CsrfField csrf={frame.csrf} />
          <button type="submit" class={hello ? "button button-small" : "button button-primary"}>
            <Icon name="send" />
            {hello ? say`Post another` : say`Post a hello message`}
          </button>
        </form>
      }
    >
      <div class="panel-body stack-small" id="arrival" data-part>
        <HealthBadge health={destinationHealth(destination, view, lastPost)} now={frame.now} />
        {hello ? <Hello {...props} hello={hello} /> : null}
      </div>
    </Panel>
  );
}

function Hello({
  destination,
  hello: { event, delivery },
}: DestinationPageProps & { readonly hello: NonNullable<DestinationPageProps["hello"]> }) {
  const why = delivery && whyOf(delivery);
  return (
    <p role="status">
      {delivery?.state === "delivered" ? (
        <>
          <strong>{sayNodes`The hello was posted to ${destination.name}.`}</strong>{" "}
        </>
      ) : (
        <>
          {say`The hello is on its way.`} {why}{" "}
        </>
      )}
      {delivery ? <StateBadge look={lookOfDelivery(delivery)} /> : null}{" "}
      <a href={`/events/${event}`}>{say`See the delivery`}</a>
    </p>
  );
}

function Routed(props: DestinationPageProps) {
  const { destination, rules, added } = props;
  const naming = rules.rules.filter(({ to }) => to.includes(destination.name));
  return (
    <Panel id="route" title={say`What goes there`} end={<a href="/routing">{say`All rules`}</a>}>
      <div class="panel-body stack">
        {added?.kind === "added" ? <Added added={added} destination={destination} /> : null}
        {naming.length === 0 ? (
          <p class="quiet">
            {rules.fallback === destination.name
              ? say`Everything that no rule takes.`
              : say`Nothing yet: no rule names it.`}
          </p>
        ) : (
          <ul class="plain-list">
            {naming.map((rule) => (
              <li key={rule.name}>
                {rule.types.map((type) => (
                  <code key={type}>{type}</code>
                ))}{" "}
                {sayNodes`by the rule ${<a href={`/routing#rule-${rules.rules.indexOf(rule) + 1}`}>{rule.name}</a>}`}
                {rule.policy === undefined
                  ? ""
                  : `, ${say`asks for approval under ${rule.policy}`}`}
              </li>
            ))}
          </ul>
        )}
        <AddRule {...props} />
      </div>
    </Panel>
  );
}

function Added({
  added,
  destination,
}: {
  readonly added: Extract<AddedRule, { kind: "added" }>;
  readonly destination: Destination;
}) {
  if (added.shadowedBy !== undefined) {
    return (
      <Callout tone="warn" icon="alert">
        {sayNodes`The rule ${<strong>{added.rule}</strong>} is saved, but ${<strong>{added.shadowedBy}</strong>} stands before it, takes such events and ends the walk. Let that rule continue, or name ${destination.name} in it: ${<a href="/routing#change">{say`change the rules`}</a>}.`}
      </Callout>
    );
  }
  return (
    <Callout tone="ok" icon="check">
      {sayNodes`The rule ${<strong>{added.rule}</strong>} is saved. The next such event lands in ${destination.name}.`}
    </Callout>
  );
}

function AddRule({
  frame,
  view,
  destination,
  rules,
  policies,
  types,
  added,
}: DestinationPageProps) {
  const refused = added?.kind === "refused" ? added : undefined;
  return (
    <form class="add-rule" method="post" action={`${destinationAddress(view, destination)}/rules`}>
      <CsrfField csrf={frame.csrf} />
      <input type="hidden" name="version" value={rules.version} />
      <div class="field">
        <label class="label" for="type">
          {say`Route an event type here`}
        </label>
        <input
          class="input mono"
          id="type"
          name="type"
          list="types"
          required
          maxLength={200}
          autocomplete="off"
          spellcheck={false}
          value={refused?.type ?? ""}
          placeholder="deploy.requested"
          aria-describedby={refused ? "type-error type-help" : "type-help"}
          {...(refused ? { "aria-invalid": "true" as const } : {})}
        />
        <datalist id="types">
          {types.map((type) => (
            <option key={type} value={type} />
          ))}
        </datalist>
        {refused ? (
          <p class="field-error" id="type-error">
            {refused.message}
          </p>
        ) : null}
        <p class="note" id="type-help">
          {sayNodes`A whole type, or a beginning with a star: ${<code>deploy.*</code>}. A star alone is everything.`}
        </p>
      </div>
      <div class="field">
        <label class="label" for="policy">
          {say`Approval`}
        </label>
        <select class="input" id="policy" name="policy">
          <option value="">{say`for information, nobody is asked`}</option>
          {policies.map((name) => (
            <option key={name} value={name}>
              {say`asks for approval under ${name}`}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="button button-primary">
        {say`Add the rule`}
      </button>
    </form>
  );
}

function Place({ frame, view, destination }: DestinationPageProps) {
  return (
    <Panel title={say`Where it leads`}>
      <div class="panel-body stack-small">
        <p>
          {sayNodes`Channel ${<strong>{destination.channelName ?? destination.name}</strong>}`}{" "}
          <span class="note mono">{destination.channelId}</span>
          {destination.channelName === undefined
            ? null
            : `. ${say`It was renamed; rules still say ${destination.name}, and that keeps working.`}`}
        </p>
        <p>
          <a class="button" href={`/workspaces/${view.id}/channels?move=${destination.id}`}>
            {say`Move to another channel`}
          </a>
        </p>
        <p class="note">
          {say`Rules stay as they are; from then on their messages go to the other channel.`}
        </p>
        {view.record.defaultDestination === destination.id ? (
          <p class="note">{sayNodes`This is the default channel of ${view.name}.`}</p>
        ) : (
          <form method="post" action={`/workspaces/${view.id}/options`}>
            <CsrfField csrf={frame.csrf} />
            <input type="hidden" name="default" value={destination.id} />
            <input type="hidden" name="only" value="default" />
            <button type="submit" class="button">
              {say`Make it the default channel`}
            </button>
          </form>
        )}
      </div>
    </Panel>
  );
}
