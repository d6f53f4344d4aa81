import type { Catalogue } from "../catalogue.ts";

/** For each meaning that the catalogue has sentences for, the codes that mean it: none can be left out. */
type Codes<Group extends "slack" | "teams" | "places" | "workflows"> = Readonly<
  Record<keyof Catalogue["troubles"][Group], readonly string[]>
>;

/** FEATURES §6.2. */
const slack = {
  notInChannel: ["not_in_channel"],
  notInstalled: ["not_installed"],
  channelNotFound: ["channel_not_found"],
  archived: ["is_archived", "channel_is_archived", "is_inactive"],
  revoked: [
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "app_uninstalled",
    "tokens_revoked",
  ],
  tokenExpired: ["token_expired", "invalid_refresh_token"],
  scopeMissing: ["missing_scope", "not_allowed_token_type"],
  restricted: ["restricted_action", "posting_to_general_channel_denied"],
  rateLimited: ["ratelimited", "rate_limited", "message_limit_exceeded"],
  formRefused: [
    "invalid_blocks",
    "invalid_blocks_format",
    "msg_too_long",
    "msg_blocks_too_long",
    "no_text",
  ],
  messageGone: [
    "message_not_found",
    "thread_not_found",
    "cant_update_message",
    "edit_window_closed",
  ],
  noReplies: ["cannot_reply_to_message"],
  personGone: [
    "user_not_found",
    "users_not_found",
    "user_not_in_channel",
    "user_disabled",
    "cannot_dm_bot",
    "messages_tab_disabled",
  ],
  formTooLate: ["expired_trigger_id", "exchanged_trigger_id"],
  installStopped: ["access_denied"],
  installUnfit: [
    "invalid_code",
    "code_already_used",
    "bad_redirect_uri",
    "invalid_client_id",
    "bad_client_secret",
  ],
  organizationBlocks: ["team_access_not_granted", "org_login_required", "ekm_access_denied"],
  hookGone: [
    "no_service",
    "no_active_hooks",
    "no_service_id",
    "invalid_token",
    "no_team",
    "team_disabled",
  ],
  bodyUnreadable: ["invalid_payload"],
  hookLimited: ["action_prohibited"],
  platformTrouble: [
    "internal_error",
    "fatal_error",
    "service_unavailable",
    "request_timeout",
    "team_added_to_org",
    "external_channel_migrating",
    "update_failed",
  ],
  callUnproven: [
    "header_missing",
    "timestamp_unreadable",
    "too_old",
    "from_the_future",
    "signature_wrong",
  ],
  tooManySockets: ["too_many_websockets"],
} as const satisfies Codes<"slack">;

/** FEATURES §6.3. */
const teams = {
  notInPlace: ["BotNotInConversationRoster", "not_in_channel"],
  blockedByAdmin: ["BotDisabledByAdmin"],
  blockedByPerson: ["ConversationBlockedByUser", "MessageWritesBlocked"],
  forbidden: ["ForbiddenOperationException", "NotEnoughPermissions"],
  wrongServiceAddress: ["InvalidBotApiHost"],
  uninstalled: ["app_uninstalled"],
  placeGone: ["ConversationNotFound", "channel_not_found"],
  archived: ["is_archived"],
  serviceHostRefused: ["service_host_not_allowed"],
  notInstalled: ["not_installed"],
  tenantRefused: ["tenant_not_allowed"],
  messageGone: ["ActivityNotFoundInConversation"],
  appUnknown: ["BotNotRegistered", "AADSTS700016", "AADSTS7000229"],
  secretWrong: ["AADSTS7000215", "AADSTS7000222"],
  consentMissing: ["AADSTS65001", "Authorization_RequestDenied"],
  tenantUnknown: ["AADSTS90002"],
  tooBig: ["MessageSizeTooBig"],
  rateLimited: ["Throttled"],
  platformTrouble: ["PreconditionFailed", "ServiceError"],
  formRefused: ["BadArgument", "BadSyntax"],
  callUnproven: [
    "token_missing",
    "token_unreadable",
    "token_algorithm",
    "token_issuer",
    "token_without_expiry",
    "token_invalid",
    "token_rejected",
    "channel_foreign",
  ],
  workflowGone: ["WorkflowNotFound", "WorkflowTriggerIsNotEnabled"],
} as const satisfies Codes<"teams">;

/** FEATURES §6.1. */
const places = {
  urlMissing: ["url_missing"],
  urlMalformed: ["url_malformed"],
  urlNotHttps: ["url_not_https"],
  urlPort: ["url_port"],
  urlWrongKind: ["url_wrong_kind"],
  urlRetired: ["url_retired"],
  urlOldForm: ["url_old_form"],
  refused: ["http_4xx"],
  platformTrouble: ["http_5xx", "rollup_error"],
  rateLimited: ["http_429"],
  unreachable: ["unreachable"],
  connectionLost: ["connection_lost"],
  addressPrivate: ["address_private"],
  addressLoopback: ["address_loopback"],
  addressLinkLocal: ["address_link_local"],
  redirected: ["redirected"],
  jsonInvalid: ["json_invalid"],
  templateInvalid: ["template_invalid"],
  placeholderMissing: ["placeholder_missing"],
  headerBad: ["header_bad"],
  timedOut: ["timed_out"],
  tooLarge: ["too_large"],
} as const satisfies Codes<"places">;

/** What only Workflows addresses answer (FEATURES §6.3). */
const workflows = {
  gone: ["http_401", "http_403", "http_404", "http_410"],
  cardUnreadable: ["TriggerRequestSchemaValidationFailed", "InvalidRequestContent"],
} as const satisfies Codes<"workflows">;

/** The codes that platforms and receivers answer with, by what they mean. */
export const troubleCodes = { slack, teams, places, workflows };
