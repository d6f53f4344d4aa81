import { callbackHost } from "../../domain/callback-address.ts";
import type { ApiKey, Producer } from "../../domain/producer.ts";
import type { ProducerUser } from "../../hub/producers.ts";
import { say } from "../../words/say.ts";
import { KeyTable } from "./api-keys-parts.tsx";
import { Crumbs } from "./crumbs.tsx";
import { NewSecretPanel } from "./new-secret-panel.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Panel, ShortId } from "./parts.tsx";
import { ProducerForm, type ProducerFormProps, type TypedProducer } from "./producer-form.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";
import { SettingsLayout } from "./settings-frame.tsx";

/** What this page shows. */
export interface ProducerPageProps {
  readonly frame: PageFrame;
  readonly producer: Producer;
  readonly keys: readonly ApiKey[];
  readonly hubUrl: string;
  readonly drafted?: Pick<ProducerFormProps, "typed" | "mistake"> | undefined;
  readonly flash?: ProducerFlash | undefined;
  /** What keeps it from being removed, where somebody tried. */
  readonly usedBy?: readonly ProducerUser[] | undefined;
}

export type ProducerFlash = "saved" | "stale";

/** What stands in the form of a producer that is kept. */
export const typedOf = ({
  name,
  callbackHosts,
  mayNamePolicies,
  records,
}: Pick<Producer, "name" | "callbackHosts" | "mayNamePolicies" | "records">): TypedProducer => ({
  name,
  callback: "",
  hosts: callbackHosts.join("\n"),
  mayNamePolicies,
  records: records?.address ?? "",
});

/** Draw `/settings/producers/{id}`: how a system posts, and how it is told. */
export function renderProducerPage(props: ProducerPageProps): string {
  const { frame, producer, keys, hubUrl, drafted, flash, usedBy } = props;
  const { callback } = producer;
  return renderPage(
    <SettingsLayout frame={frame} place="/settings/producers" styles={["/assets/producers.css"]}>
      <Crumbs above={[["/settings/producers", say`Producers and keys`]]}>
        <span class="strong">{producer.name}</span> <ShortId id={producer.id} />
      </Crumbs>
      {flash === "saved" ? (
        <Callout tone="ok" icon="check">
          {say`Saved. It holds for the next event.`}
        </Callout>
      ) : null}
      {flash === "stale" ? (
        <Callout tone="warn" icon="alert">
          {say`Somebody changed this producer meanwhile, so nothing was saved. Your text stands below; the rest is as it is now.`}
        </Callout>
      ) : null}
      {usedBy ? (
        <Callout tone="warn" icon="alert">
          {say`It is still needed by ${usedBy.map(sayUser).join(", ")}. Revoke its keys, take its pins away and let its requests close, then remove it.`}
        </Callout>
      ) : null}
      <Posting hubUrl={hubUrl} />
      <Panel title={say`Its keys`} beside={<span class="note">{keys.length}</span>}>
        {keys.length === 0 ? (
          <p class="panel-body quiet">
            {say`It has none, so it cannot post.`}{" "}
            <a href="/settings/producers#add-key">{say`Make a key`}</a>
          </p>
        ) : (
          <KeyTable frame={frame} keys={keys} />
        )}
      </Panel>
      <Panel title={say`What it is`}>
        <ProducerForm
          frame={frame}
          action={`/settings/producers/${producer.id}`}
          button={say`Save`}
          keptHost={callback === undefined ? undefined : callbackHost(callback)}
          revision={producer.revision}
          typed={drafted?.typed ?? typedOf(producer)}
          mistake={drafted?.mistake}
        />
      </Panel>
      <NewSecretPanel
        frame={frame}
        title={say`Callback secret`}
        action={`/settings/producers/${producer.id}/secret`}
        formerEndsAt={producer.formerSecret?.endsAt}
      />
      <Remove {...props} />
    </SettingsLayout>,
  );
}

function sayUser({ kind, name }: ProducerUser): string {
  switch (kind) {
    case "key":
      return say`key ${name}`;
    case "request":
      return say`request ${name}`;
    case "pin":
      return say`pinned policy ${name}`;
  }
}

const sampleOf = (hubUrl: string) =>
  `curl -sS ${hubUrl}/v1/events \\
  -H 'Authorization: Bearer cs_…' -H 'Content-Type: application/json' \\
  -d '{"type":"deploy.requested","subject":"web/1.4.2","data":{"title":"Deploy web 1.4.2"}}'`;

const receiverText = `import { Webhook } from "standardwebhooks"; // npm install standardwebhooks

// The raw body, as it came. verify() throws on a wrong signature, and on a message older than five minutes.
const told = new Webhook(process.env.WEBHOOK_SECRET).verify(rawBody, request.headers);
if (told.type === "approval.approved") goAhead(told.data.key);
// Answer 2xx. The webhook-id stays the same on every retry: do each once.`;

function Posting({ hubUrl }: Pick<ProducerPageProps, "hubUrl">) {
  const sample = sampleOf(hubUrl);
  return (
    <Panel title={say`For its developer`} end={<a href="/docs">{say`API reference`}</a>}>
      <div class="panel-body stack-small">
        <p class="strong">{say`Post an event with its key`}</p>
        <Code text={sample} label={say`How to post an event`} />
        <p class="strong">{say`Verify what it is told`}</p>
        <Code text={receiverText} label={say`How to verify a callback`} />
        <p class="note">
          {sayNodes`A whole receiver is in ${<code>core/docs/receiver.ts</code>}. Callbacks are Standard Webhooks messages, so libraries for other languages verify them too.`}
        </p>
      </div>
    </Panel>
  );
}

function Code({ text, label }: { readonly text: string; readonly label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text scrolls in its box, so the keyboard must reach it.
    <section class="code code-wrap sample" tabIndex={0} aria-label={label}>
      <pre>{text}</pre>
    </section>
  );
}

function Remove({ frame, producer }: ProducerPageProps) {
  return (
    <details class="cancel">
      <summary>{say`Remove this producer…`}</summary>
      <form class="stack-small" method="post" action={`/settings/producers/${producer.id}/remove`}>
        <CsrfField csrf={frame.csrf} />
        <input type="hidden" name="revision" value={producer.revision} />
        <p class="note">{say`Its events and requests stay. Its name is free again.`}</p>
        <div>
          <button type="submit" class="button button-bad">
            {say`Remove ${producer.name}`}
          </button>
        </div>
      </form>
    </details>
  );
}
