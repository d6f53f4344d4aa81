/** How the app is let into a private channel of Slack, as the end of a sentence. */
const letIn = (invite: string) => `anyone in the channel types ${invite}`;

/** What is said of channels and names that cannot be chosen, in English: what is the case, and what to do. */
export const channels = {
  notIn: {
    slack: (channel: string, invite: string) =>
      `The app is not in ${channel}. Anyone in the channel types ${invite}; this line turns green by itself.`,
    teams: (channel: string) =>
      `${channel} is a private or shared channel, and Teams lets no app post there. Pick a standard channel of the team.`,
  },
  gone: {
    slack: (invite: string) =>
      `Slack shows no such channel: it is gone, or it is private and hidden from the app; Slack does not tell which. If it is private: ${letIn(invite)}, then look again.`,
    teams: () =>
      "Teams shows no such channel: it is gone, or it is private and hidden from the app; Teams does not tell which. If it is private: an owner of the team adds the app to it, then look again.",
  },
  noAnswer: (platform: string, because: string) =>
    `${platform} did not answer (${because}). Try again in a minute.`,
  notConnected: (platform: string, workspace: string) =>
    `${workspace} is not connected. An admin presses Reconnect, then ${platform} can be asked.`,
  archived: (platform: string, channel: string) =>
    `${channel} is archived. Restore it in ${platform}, or pick another channel.`,
  outsiders: {
    allowed:
      "People of other companies read this channel. Approval requests go there too, as this workspace allows it.",
    kept: "People of other companies read this channel. Information goes there, approval requests do not, unless an admin allows it for this workspace.",
    refused: (channel: string, rules: readonly string[]) =>
      `People of other companies read ${channel}, and the ${rules.length === 1 ? "rule" : "rules"} ${rules.join(", ")} would show approval requests there. An admin can allow that for this workspace, or pick another channel.`,
  },
  taken: (channel: string, destination: string) =>
    `${channel} is the destination ${destination} already. Use that one, or delete it first.`,
  nameTaken: (name: string) => `Another destination is called ${name}. Choose a free name.`,
  nameBad:
    "A name has up to 100 letters of any script, digits, space and # - _ . › / and no other characters.",
  unknownPlace:
    "There is no such workspace here, or it says too little of this channel to post there.",
  noEventType:
    "No event type is chosen, so nothing would ever be sent. Choose at least one type, then save.",
} as const;
