import type { Language } from "../domain/message.ts";
import { textsIn } from "./catalogue.ts";

/** Chat platforms, as people call them. */
const names = { slack: "Slack", teams: "Teams" } as const;
type Platform = keyof typeof names;

const wordsIn = (language: Language | undefined) => textsIn(language).channels;

/** Say that a private channel does not let the app in yet; in Teams, that no app may post there. */
export const notInChannelText = (
  platform: Platform,
  channel: string,
  invite: string,
  language?: Language,
) => wordsIn(language).notIn[platform](channel, invite);

/** Say that nothing was found for an id, a link or a name: gone and hidden look alike (FEATURES §6.2). */
export const channelGoneText = (platform: Platform, invite: string, language?: Language) =>
  wordsIn(language).gone[platform](invite);

/** Say that the platform did not answer. */
export function channelUnknownText(platform: Platform, because: string, language?: Language) {
  return wordsIn(language).noAnswer(names[platform], because);
}

/** Say that a workspace is not connected, so nothing of it can be looked up. */
export function notConnectedText(platform: Platform, workspace: string, language?: Language) {
  return wordsIn(language).notConnected(names[platform], workspace);
}

/** Say that a channel is archived. */
export function archivedText(platform: Platform, channel: string, language?: Language) {
  return wordsIn(language).archived(names[platform], channel);
}

/** Say what people of other companies in a channel mean for what may be sent there. */
export function outsidersText(allowed: boolean, language?: Language) {
  const { outsiders } = wordsIn(language);
  return allowed ? outsiders.allowed : outsiders.kept;
}

/** Say why a channel cannot become the place of a destination for which rules open approvals. */
export const outsidersRefusedText = (
  channel: string,
  rules: readonly string[],
  language?: Language,
) => wordsIn(language).outsiders.refused(channel, rules);

/** Say that another destination leads to this channel already. */
export const channelTakenText = (channel: string, destination: string, language?: Language) =>
  wordsIn(language).taken(channel, destination);

/** Say that a name is used. */
export const nameTakenText = (name: string, language?: Language) =>
  wordsIn(language).nameTaken(name);

/** Say which names are allowed (SURFACE §8). */
export const nameBadText = (language?: Language) => wordsIn(language).nameBad;

/** Say that a channel has no workspace here that could post to it. */
export const unknownPlaceText = (language?: Language) => wordsIn(language).unknownPlace;

/** Say that no event type was chosen, so nothing would ever be sent. */
export const noEventTypeText = (language?: Language) => wordsIn(language).noEventType;
