import type { Destination } from "../../domain/destination.ts";
import type { ChannelChoice, FoundChannels, WorkspaceView } from "../../hub/workspaces.ts";
import { say } from "../../words/say.ts";
import { Crumbs } from "./crumbs.tsx";
import { Icon } from "./icons.tsx";
import { Layout } from "./layout.tsx";
import type { PageFrame } from "./page-frame.ts";
import { Callout, CsrfField, Time } from "./parts.tsx";
import { ChannelFields, type ChannelTest, Tested } from "./places/channel-test.tsx";
import { renderPage } from "./render-page.ts";
import { sayNodes } from "./say-nodes.ts";
import { CopyLine } from "./setup-parts.tsx";
import { destinationAddress } from "./workspace-channels.tsx";

/** What this page shows. */
export interface ChannelsPageProps {
  readonly frame: PageFrame;
  readonly view: WorkspaceView;
  /** What was typed or pasted (`?q=`). */
  readonly asked: string;
  readonly found: FoundChannels;
  /** The destination that shall lead to another channel (`?move=`). */
  readonly moving?: Destination | undefined;
  /** True right after the workspace was connected. */
  readonly connected: boolean;
  /** Why the last choice was refused. */
  readonly refused?: string | undefined;
  /** A test that was just sent, before the channel is chosen. */
  readonly test?: ChannelTest | undefined;
}

/** Draw `/workspaces/{id}/channels`: find a channel, and make it a destination. */
export function renderChannelsPage(props: ChannelsPageProps): string {
  const { frame, view, asked, moving, connected, refused, test } = props;
  const title = moving ? say`Move ${moving.name} to another channel` : say`Choose a channel`;
  return renderPage(
    <Layout
      title={title}
      frame={frame}
      section="workspaces"
      styles={["/assets/workspaces.css", "/assets/places.css"]}
      modules={["/assets/client/picker.js"]}
      watch={`/workspaces/${view.id}/channels/stream`}
    >
      <Crumbs
        above={[
          ["/workspaces", say`Workspaces`],
          [`/workspaces/${view.id}`, view.name],
        ]}
      >
        {say`Channels`}
      </Crumbs>
      <h1>{title}</h1>
      {connected ? (
        <Callout tone="ok" icon="check">
          <strong>{sayNodes`${view.name} is connected.`}</strong>{" "}
          {say`Now choose the channel where messages shall appear; more can follow at any time.`}
        </Callout>
      ) : null}
      {refused === undefined ? null : (
        <Callout tone="bad" icon="alert">
          {refused}
        </Callout>
      )}
      {test ? <Tested {...props} test={test} /> : null}
      <form class="search" method="get" aria-label={say`Find a channel`} data-picker>
        {moving ? <input type="hidden" name="move" value={moving.id} /> : null}
        <label class="label" for="q">
          {say`Name, id, or a link to the channel`}
        </label>
        <div class="search-line">
          <input
            class="input"
            id="q"
            name="q"
            type="search"
            value={asked}
            autocomplete="off"
            spellcheck={false}
            maxLength={500}
            placeholder="#releases"
          />
          <button type="submit" class="button">
            <Icon name="search" />
            {say`Find`}
          </button>
        </div>
        <p class="note">
          {say`Archived channels are left out. A private channel is found by its link or id as soon as the app is in it.`}
        </p>
      </form>
      <section class="panel" id="results" aria-label={say`Channels`} data-part>
        <Results {...props} />
        <ListFoot {...props} />
      </section>
    </Layout>,
  );
}

function Results(props: ChannelsPageProps) {
  const { items } = props.found;
  if (items.length === 0) return <Nothing {...props} />;
  return (
    <ul class="rows">
      {items.map((choice) => (
        <Row key={choice.channel.id} {...props} choice={choice} />
      ))}
    </ul>
  );
}

function Nothing({ asked, found }: ChannelsPageProps) {
  const { because, invite, listedAt } = found;
  if (because !== undefined) {
    return (
      <div class="panel-body stack-small" role="status">
        <p>{because}</p>
        {invite === undefined ? null : <CopyLine line={invite} />}
      </div>
    );
  }
  return (
    <p class="panel-body quiet" role="status">
      {sayNothing(asked, listedAt !== undefined)}
    </p>
  );
}

function sayNothing(asked: string, listed: boolean): string {
  if (!listed) {
    return say`The channels are being read from the platform; they appear here by themselves. A link, an id or a whole #name is found already.`;
  }
  if (asked === "") return say`The app can see no channel.`;
  return say`No channel that the app can see has “${asked}” in its name. Paste its link or its id to look it up.`;
}

function Row(props: ChannelsPageProps & { readonly choice: ChannelChoice }) {
  const { choice, view } = props;
  const { channel, destination, blocked, invite, note } = choice;
  return (
    <li class={blocked === undefined ? "row" : "row row-blocked"}>
      <div class="row-main">
        <p class="row-title">{channel.name}</p>
        <p class="badges">
          {channel.visibility === "public" ? null : (
            <span class="badge">
              <Icon name="lock" />
              {channel.visibility === "private" ? say`Private` : say`Shared`}
            </span>
          )}
          {channel.outsiders ? (
            <span class="badge badge-warn">
              <Icon name="people" />
              {say`People of other companies`}
            </span>
          ) : null}
          {channel.member ? (
            <span class="badge badge-ok">
              <Icon name="check" />
              {say`App is in it`}
            </span>
          ) : null}
          <span class="note mono">{channel.channelId}</span>
        </p>
        {blocked === undefined ? null : (
          <div class="blocked" role="status">
            <p>{blocked}</p>
            {invite === undefined ? null : <CopyLine line={invite} />}
          </div>
        )}
        {note === undefined ? null : <p class="note">{note}</p>}
      </div>
      <div class="row-end">
        {destination === undefined ? (
          <ChooseForm {...props} />
        ) : (
          <a class="button" href={destinationAddress(view, destination)}>
            {sayNodes`Open ${destination.name}`}
            <Icon name="arrowRight" />
          </a>
        )}
      </div>
    </li>
  );
}

function ChooseForm({
  choice: { channel },
  ...props
}: ChannelsPageProps & { readonly choice: ChannelChoice }) {
  const { name, channelId, workspace } = channel;
  return (
    <form class="choose" method="post" action={`/workspaces/${props.view.id}/channels`}>
      <ChannelFields {...props} channel={{ name, channelId, workspace }} />
      <button type="submit" class="button button-quiet" name="do" value="test">
        {say`Test`}
        <span class="sr-only"> {say`${name} before it is chosen`}</span>
      </button>
      <button type="submit" class="button" name="do" value="choose">
        {props.moving ? say`Move here` : say`Choose`}
        <span class="sr-only"> {name}</span>
      </button>
    </form>
  );
}

function ListFoot({ frame, view, found }: ChannelsPageProps) {
  const { items, listedAt } = found;
  return (
    <div class="panel-foot note list-foot">
      <span>
        {items.length >= mostShown
          ? `${say`The first ${mostShown}; type more of the name.`} `
          : null}
        {listedAt === undefined
          ? say`The list is being read.`
          : sayNodes`List of ${<Time at={listedAt} now={frame.now} />}.`}
      </span>
      <form method="post" action={`/workspaces/${view.id}/channels/refresh`}>
        <CsrfField csrf={frame.csrf} />
        <button type="submit" class="button button-small button-quiet">
          <Icon name="retry" />
          {say`Read it again`}
        </button>
      </form>
    </div>
  );
}

/** How many channels one page shows. */
export const mostShown = 50;
