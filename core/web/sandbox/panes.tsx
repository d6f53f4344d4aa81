import { Icon, type IconName } from "../pages/icons.tsx";
import { SandboxBadge } from "../pages/parts.tsx";

interface PaneHeadProps {
  readonly chat: "slack" | "teams";
  readonly name: string;
  readonly workspace: string;
  readonly icon: IconName;
}

function PaneHead({ chat, name, workspace, icon }: PaneHeadProps) {
  return (
    <div class="pane-head">
      <span class={`place-sign place-sign-${chat}`}>
        <Icon name={icon} />
      </span>
      <h2>{name}</h2>
      <span class="pane-workspace">{workspace}</span>
      <SandboxBadge />
      <span class="pane-count note" id={`${chat}-count`} />
      <LifeMenu chat={chat} workspace={workspace} />
      <button
        type="button"
        class="icon-button"
        id={`${chat}-trash`}
        title={`Empty the ${name} pane`}
      >
        <Icon name="trash" />
        <span class="sr-only">Empty the {name} pane</span>
      </button>
    </div>
  );
}

/** What people do in the workspace, apart from messages: the browser fills the box. */
function LifeMenu({ chat, workspace }: Pick<PaneHeadProps, "chat" | "workspace">) {
  return (
    <>
      <button
        type="button"
        class="icon-button"
        id={`${chat}-life`}
        title={`What happens in ${workspace}`}
      >
        <Icon name="more" />
        <span class="sr-only">What happens in {workspace}</span>
      </button>
      <div class="drop-down life-box" id={`${chat}-life-box`} popover="auto" />
    </>
  );
}

interface RailItem {
  readonly icon: IconName;
  readonly word: string;
  readonly current?: true;
  readonly badge?: string;
  readonly id?: string;
}

/** The narrow bar at a chat's left edge. It is scenery: it makes the pane look like its chat, and does nothing. */
function Rail({ look, items }: { readonly look: string; readonly items: readonly RailItem[] }) {
  return (
    <div class={look} aria-hidden="true">
      {look === "slack-rail" ? <span class="slack-workspace">A</span> : null}
      {items.map(({ icon, word, current, badge, id }) => (
        <span key={word} id={id} class={`rail-item ${current ? "is-current" : ""}`}>
          <span class="rail-sign">
            <Icon name={icon} />
            {badge === undefined ? null : <span class="unread" id={badge} />}
          </span>
          {word}
        </span>
      ))}
    </div>
  );
}

const slackRail: readonly RailItem[] = [
  { icon: "home", word: "Home", current: true },
  { icon: "chat", word: "DMs" },
  { icon: "bell", word: "Activity" },
  { icon: "bookmark", word: "Later" },
  { icon: "more", word: "More" },
];

const teamsRail: readonly RailItem[] = [
  { icon: "bell", word: "Activity", badge: "teams-activity" },
  { icon: "chat", word: "Chat", id: "teams-rail-chat" },
  { icon: "people", word: "Teams", current: true, id: "teams-rail-teams" },
  { icon: "calendar", word: "Calendar" },
  { icon: "phone", word: "Calls" },
];

/** The pane that looks like Slack. */
export function SlackPane() {
  return (
    <section class="pane" aria-label="Slack">
      <PaneHead chat="slack" name="Slack" workspace="Acme" icon="hash" />
      <div class="pane-body slack">
        <div class="slack-window" id="slack-window">
          <Rail look="slack-rail" items={slackRail} />
          <nav class="slack-side" aria-label="Slack channels">
            <p class="slack-name">
              Acme
              <Icon name="chevron" />
            </p>
            <div id="slack-places" class="slack-places" />
          </nav>
          <div class="slack-main">
            <div class="slack-head">
              <h3 class="slack-title" id="slack-title">
                Messages
              </h3>
              <span class="slack-people" id="slack-people" />
            </div>
            <section class="slack-scroll" id="slack-home" aria-label="Home of Countersign" hidden />
            <section
              class="slack-scroll"
              id="slack-scroll"
              data-scroller
              aria-label="Messages in Slack"
            >
              <p class="pane-empty" id="slack-empty" hidden />
              <ol class="plain-list slack-messages" id="slack-messages" />
            </section>
            <div class="slack-composer" id="slack-composer" />
          </div>
        </div>
        <div class="slack-dim" id="slack-dialog" hidden />
      </div>
    </section>
  );
}

/** The pane that looks like Teams. */
export function TeamsPane() {
  return (
    <section class="pane" aria-label="Teams">
      <PaneHead chat="teams" name="Teams" workspace="Contoso" icon="people" />
      <div class="pane-body teams">
        <Rail look="teams-rail" items={teamsRail} />
        <nav class="teams-side" aria-label="Teams and channels">
          <p class="teams-name">
            Teams
            <Icon name="search" />
          </p>
          <p class="teams-yours">Chat</p>
          <div id="teams-chats" class="teams-chats" />
          <p class="teams-yours">Your teams</p>
          <div id="teams-places" class="teams-places" />
        </nav>
        <div class="teams-main">
          <div class="teams-head">
            <h3 class="teams-title" id="teams-title">
              Posts
            </h3>
            <span class="teams-tab" id="teams-tab">
              Posts
            </span>
          </div>
          <section class="teams-scroll" id="teams-scroll" data-scroller aria-label="Posts in Teams">
            <p class="pane-empty" id="teams-empty" hidden />
            <ol class="plain-list teams-posts" id="teams-messages" />
          </section>
          <div class="teams-foot">
            <button
              type="button"
              class="teams-start"
              id="teams-start"
              aria-expanded="false"
              aria-controls="teams-composer"
            >
              <Icon name="edit" />
              Start a post
            </button>
            <div class="teams-prompts" id="teams-prompts" hidden />
            <div class="teams-composer" id="teams-composer" />
          </div>
        </div>
      </div>
    </section>
  );
}
