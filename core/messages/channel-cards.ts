import type { Channel } from "../domain/channel.ts";
import type { ChannelPicker, PickerChoice } from "../domain/channel-picker.ts";
import type { Destination } from "../domain/destination.ts";
import type { Language, Message } from "../domain/message.ts";
import { textsIn } from "./catalogue.ts";
import { cleanLine, cutText } from "./clean-text.ts";
import { open, personalCard } from "./personal-card.ts";

const wordsIn = (language: Language | undefined) => textsIn(language).personal.channels;
type Words = ReturnType<typeof wordsIn>;

/** A channel that a search found; `blocked` is why nothing can be posted there. */
interface Offered {
  readonly channel: Pick<Channel, "name" | "channelId">;
  readonly destination?: Pick<Destination, "name">;
  readonly blocked?: string;
}

/** What a search found; `because` is why nothing, and without `listedAt` the first listing goes on. */
interface Found {
  readonly items: readonly Offered[];
  readonly because?: string;
  readonly listedAt?: Date;
}

/** So many fit on a card of Teams, however long the names are. */
export const mostChoices = 50;
/** So many facts has a message at most. */
const mostClosed = 8;

/** The picker of a platform whose own client offers the channels. */
export const nativePicker = (language?: Language): ChannelPicker =>
  picker(wordsIn(language), [], [], []);

/** The picker over what a search found: what is open to choose, and what is not, with the reason. */
export function foundPicker(
  { items, because, listedAt }: Found,
  language?: Language,
): ChannelPicker {
  const words = wordsIn(language);
  const choices = items
    .filter(({ blocked }) => blocked === undefined)
    .map((one) => choiceOf(words, one));
  const closed = items.filter(({ blocked }) => blocked !== undefined);
  const remarks = [
    ...(choices.length === 0 ? [because ?? words.none] : []),
    ...(listedAt === undefined ? [words.listing] : []),
    ...(items.length < mostChoices ? [] : [words.more(mostChoices)]),
  ];
  return picker(words, choices, closed, remarks);
}

function picker(
  words: Words,
  choices: readonly PickerChoice[],
  closed: readonly Offered[],
  remarks: readonly string[],
): ChannelPicker {
  const facts = closed.slice(0, mostClosed).map(({ channel, blocked = "" }) => ({
    label: cutText(cleanLine(channel.name), 60),
    value: cutText(cleanLine(blocked), 300),
  }));
  const { label, hint, missing, question, submit, cancel } = words;
  return {
    kind: "picker",
    message: personalCard(words.title, words.status, { facts, actions: [] }, remarks.join("\n")),
    choices,
    words: { label, hint, missing, question, submit, cancel },
  };
}

function choiceOf(words: Words, { channel, destination }: Offered): PickerChoice {
  const parts = [cutText(cleanLine(channel.name), 60), words.standard];
  if (destination) parts.push(words.already(cutText(cleanLine(destination.name), 40)));
  return { label: parts.join(" · "), value: channel.channelId };
}

/** Say that a channel is a destination now, and how a rule names it; `remark` is why nothing arrives there yet. */
export function chosenCard(
  { name }: Destination,
  {
    person,
    page,
    remark,
  }: { readonly person: string; readonly page: string; readonly remark: string },
  language?: Language,
): Message {
  const words = wordsIn(language);
  return personalCard(
    words.chosen(name),
    words.chosenBy(cleanLine(person)),
    { tone: "good", facts: [], actions: [open(words.open, page)] },
    [words.named(name), remark].join("\n").trim(),
  );
}

/** Say why no channel was chosen, or may be. */
export function notChosenCard(because: string, language?: Language): Message {
  const { refused, unchanged } = wordsIn(language);
  const parts = { tone: "warning", facts: [], actions: [] } as const;
  return personalCard(refused, unchanged, parts, because);
}

/** Say why somebody may not choose. */
export const whyNotChoose = (because: "notRouter" | "notConnected", language?: Language): string =>
  wordsIn(language)[because];
