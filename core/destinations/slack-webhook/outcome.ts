import type { AnswerRows } from "../call.ts";

/** What Slack's hooks answer, as plain words (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks). */
export const slackWebhookRows: AnswerRows = {
  words: {
    invalid_payload: "reject",
    invalid_blocks: "shorten",
    invalid_blocks_format: "shorten",
    msg_too_long: "shorten",
    msg_blocks_too_long: "shorten",
    no_text: "reject",
    too_many_attachments: "reject",
    user_not_found: "reroute",
    channel_not_found: "reroute",
    channel_is_archived: "reroute",
    action_prohibited: "reroute",
    posting_to_general_channel_denied: "reroute",
    no_service: "reroute",
    no_service_id: "reroute",
    no_active_hooks: "reroute",
    no_team: "reroute",
    team_disabled: "reroute",
    invalid_token: "reroute",
    rollup_error: "retry",
  },
  statuses: {},
};

/** The word that a hook answers with; anything else is a page of somebody in between. */
export function slackWord(text: string): string | undefined {
  const word = text.trim();
  return /^[a-z_]{2,60}$/.test(word) ? word : undefined;
}
