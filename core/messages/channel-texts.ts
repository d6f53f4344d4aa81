/** Chat platforms, as people call them. */
const platformNames = { slack: "Slack", teams: "Teams" } as const;
type Platform = keyof typeof platformNames;

/** How the app is let into a channel, where it cannot let itself in. */
const lettingIn: Readonly<Record<Platform, (invite: string) => string>> = {
  slack: (invite) => `Anyone in the channel types ${invite}`,
  teams: () => "An owner of the team adds the app to it",
};

/** Say that a private channel does not let the app in yet; in Teams, that no app may post there. */
export const notInChannelText = (platform: Platform, channel: string, invite: string) =>
  platform === "teams"
    ? `${channel} is a private or shared channel, and Teams lets no app post there. Pick a standard channel of the team.`
    : `The app is not in ${channel}. ${lettingIn[platform](invite)}; this line turns green by itself.`;

/** Say that nothing was found for an id, a link or a name: gone and hidden look alike (FEATURES §6.2). */
export const channelGoneText = (platform: Platform, invite: string) =>
  `${platformNames[platform]} shows no such channel: it is gone, or it is private and hidden from the app; ${platformNames[platform]} does not tell which. If it is private: ${lettingIn[platform](invite).replace(/^A/, "a")}, then look again.`;

/** Say that the platform did not answer. */
export const channelUnknownText = (platform: Platform, because: string) =>
  `${platformNames[platform]} did not answer (${because}). Try again in a minute.`;

/** Say that a workspace is not connected, so nothing of it can be looked up. */
export const notConnectedText = (platform: Platform, workspace: string) =>
  `${workspace} is not connected. An admin presses Reconnect, then ${platformNames[platform]} can be asked.`;

/** Say that a channel is archived. */
export const archivedText = (platform: Platform, channel: string) =>
  `${channel} is archived. Restore it in ${platformNames[platform]}, or pick another channel.`;

/** Say what people of other companies in a channel mean for what may be sent there. */
export const outsidersText = (allowed: boolean) =>
  allowed
    ? "People of other companies read this channel. Approval requests go there too, as this workspace allows it."
    : "People of other companies read this channel. Information goes there, approval requests do not, unless an admin allows it for this workspace.";

/** Say why a channel cannot become the place of a destination for which rules open approvals. */
export const outsidersRefusedText = (channel: string, rules: readonly string[]) =>
  `People of other companies read ${channel}, and the ${rules.length === 1 ? "rule" : "rules"} ${rules.join(", ")} would show approval requests there. An admin can allow that for this workspace, or pick another channel.`;

/** Say that another destination leads to this channel already. */
export const channelTakenText = (channel: string, destination: string) =>
  `${channel} is the destination ${destination} already. Use that one, or delete it first.`;

/** Say that a name is used. */
export const nameTakenText = (name: string) =>
  `Another destination is called ${name}. Choose a free name.`;

/** Say which names are allowed (SURFACE §8). */
export const nameBadText =
  "A name has up to 100 letters of any script, digits, space and # - _ . › / and no other signs.";
