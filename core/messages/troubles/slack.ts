import { nothingToDo, type TroubleRow } from "./trouble.ts";

const reconnect =
  "An admin of this hub presses Reconnect on the workspace's page; rules, channels and waiting messages stay.";
const newHook =
  "Whoever looks after the destination makes a new hook in Slack and pastes it, or installs the app and picks a channel.";
const gone = "The result was posted as a new message; nobody has to do anything.";

/** Slack's codes (FEATURES §6.2), each with what it means and who does what. */
export const slackTroubles: readonly TroubleRow[] = [
  [
    ["not_in_channel"],
    "The app is not a member of {place}.",
    "Anyone in {place} types the invite line that the workspace's page shows; what waits is sent then.",
  ],
  [
    ["channel_not_found"],
    "{place} is gone, or it is private and hidden from the app; Slack does not tell which.",
    "A router of this hub picks the channel again, or anyone in it invites the app.",
  ],
  [
    ["is_archived", "channel_is_archived"],
    "{place} was archived.",
    "Anyone who may restores it in Slack, or a router of this hub picks another channel.",
  ],
  [
    [
      "invalid_auth",
      "not_authed",
      "account_inactive",
      "token_revoked",
      "app_uninstalled",
      "tokens_revoked",
    ],
    "Slack no longer accepts this installation: the app was removed, or its access was withdrawn.",
    reconnect,
  ],
  [
    ["token_expired", "invalid_refresh_token"],
    "The workspace's access token has run out or could not be renewed.",
    `The hub renews it by itself. If this stays: ${reconnect.charAt(0).toLowerCase()}${reconnect.slice(1)}`,
  ],
  [
    ["missing_scope", "not_allowed_token_type"],
    "The app lacks a right that this needs.",
    "An admin of this hub presses Reauthorise on the workspace's page and accepts the right that it names.",
  ],
  [
    ["restricted_action", "posting_to_general_channel_denied"],
    "A rule of the workspace forbids this app to post in {place}.",
    "A Slack admin changes who may post there, or a router of this hub picks another channel.",
  ],
  [
    ["ratelimited", "rate_limited", "message_limit_exceeded"],
    "There are too many messages for Slack just now.",
    "Nothing to do: the hub goes on in order when Slack lets it. If this comes often, a router sends less to {place}.",
  ],
  [
    ["invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long", "no_text"],
    "Slack refused the form of this message.",
    "It was sent as a short card with a link; whoever wrote the producer's text makes it shorter.",
  ],
  [
    ["message_not_found", "thread_not_found", "cant_update_message", "edit_window_closed"],
    "The old message in {place} was deleted or can no longer be changed.",
    gone,
  ],
  [
    ["cannot_reply_to_message"],
    "The message in {place} takes no replies.",
    "Nothing to do: the card itself shows the same.",
  ],
  [
    [
      ...["user_not_found", "users_not_found", "user_not_in_channel", "user_disabled"],
      ...["cannot_dm_bot", "messages_tab_disabled"],
    ],
    "{place} cannot get this private message from the app.",
    "A router of this hub corrects the person, or an admin enables the app's message tab.",
  ],
  [
    ["expired_trigger_id", "exchanged_trigger_id"],
    "The form opened too late or twice, so no vote was stored.",
    "The person presses the button again.",
  ],
  [
    ["access_denied"],
    "The install was stopped on Slack's page.",
    "An admin of this hub starts Connect again; if apps need approval there, a workspace admin gives it first.",
  ],
  [
    [
      "invalid_code",
      "code_already_used",
      "bad_redirect_uri",
      "invalid_client_id",
      "bad_client_secret",
    ],
    "The install's answer does not fit this hub.",
    "The operator compares client id, client secret and redirect address with `countersign manifest slack`.",
  ],
  [
    ["team_access_not_granted", "org_login_required", "ekm_access_denied"],
    "The Slack organization blocks the app for this workspace.",
    "An admin of the Slack organization grants it; what waits is sent then.",
  ],
  [
    [
      ...["no_service", "no_active_hooks", "no_service_id", "invalid_token"],
      ...["no_team", "team_disabled"],
    ],
    "The hook of {place} no longer exists or was switched off.",
    newHook,
  ],
  [
    ["invalid_payload"],
    "Slack could not read the body that was sent to {place}.",
    "Whoever looks after the destination checks its template; the refused part is in the attempt.",
  ],
  [
    ["action_prohibited"],
    "An admin of the workspace limits the hook of {place}.",
    "A Slack admin lifts it, or the app is used in place of the hook.",
  ],
  [
    [
      "internal_error",
      "fatal_error",
      "service_unavailable",
      "request_timeout",
      "team_added_to_org",
    ],
    "Slack has trouble on its side.",
    nothingToDo,
  ],
  [
    ["header_missing", "timestamp_unreadable", "too_old", "from_the_future", "signature_wrong"],
    "A call to the hub's Slack address was not signed with the app's secret, or a clock is off by more than five minutes.",
    "The operator compares the signing secret with the Slack app's, and looks at the clock of this machine.",
  ],
  [
    ["too_many_websockets"],
    "Slack holds ten connections of this app already.",
    "The operator runs fewer processes; the others go on hearing.",
  ],
];
