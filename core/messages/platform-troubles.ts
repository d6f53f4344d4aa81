import type { DestinationKind } from "../domain/destination.ts";
import { destinationKinds } from "../domain/destination-kinds.ts";
import { type Language, languages } from "../domain/message.ts";
import { codeOf } from "../domain/send-result.ts";
import { type Catalogue, textsIn } from "./catalogue.ts";
import { troubleCodes } from "./troubles/codes.ts";
import type { Trouble } from "./troubles/trouble.ts";

type Texts = Catalogue["troubles"];
type Table = ReadonlyMap<string, Trouble>;

/** Codes of connections, the same for every platform. */
const unreachedCodes = [
  ...["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ECONNRESET"],
  ...["UND_ERR_CONNECT_TIMEOUT", "unreachable", "no answer in time"],
];

/** The sentences of one group, under each code that means them. */
const tableOf = (texts: Texts, group: keyof typeof troubleCodes): readonly [string, Trouble][] =>
  Object.entries<readonly string[]>(troubleCodes[group]).flatMap(([meaning, codes]) => {
    const trouble = new Map<string, Trouble>(Object.entries(texts[group])).get(meaning);
    return trouble ? codes.map((code): [string, Trouble] => [code, trouble]) : [];
  });

/** The tables of a language, by kind; of two that name one code, the later counts. */
function tablesOf(texts: Texts): Readonly<Record<DestinationKind, Table>> {
  const unreached = unreachedCodes.map((code): [string, Trouble] => [code, texts.unreached]);
  const [slack, teams] = [tableOf(texts, "slack"), tableOf(texts, "teams")];
  const [places, workflows] = [tableOf(texts, "places"), tableOf(texts, "workflows")];
  return {
    slack: new Map([...slack, ...unreached]),
    teams: new Map([...teams, ...unreached]),
    webhook: new Map(places),
    "slack-webhook": new Map([...places, ...slack]),
    "teams-workflow": new Map([...places, ...teams, ...workflows]),
  };
}

const tables = new Map(
  languages.map((language) => [language, tablesOf(textsIn(language).troubles)] as const),
);

const tablesIn = (language: Language = "en") =>
  tables.get(language) ?? tablesOf(textsIn(language).troubles);

/** Every code that has sentences of its own, for a platform. */
export const knownCodes = (platform: DestinationKind): readonly string[] => [
  ...tablesIn()[platform].keys(),
];

/**
 * Say what a platform's error means: its cause in one sentence, and the next step with who does it (FEATURES §6).
 *
 * `because` is what a delivery keeps: the platform's own code, words behind it or not. A code that nobody named is shown
 * as it came. Words behind the code stay in the language that they were written in.
 */
export function troubleOf(
  platform: DestinationKind,
  because: string,
  place: string,
  language?: Language,
): Trouble {
  const texts = textsIn(language).troubles;
  const table = tablesIn(language)[platform];
  const code = codeOf(because);
  const known = code.startsWith("restricted_action") ? "restricted_action" : code;
  const family = /^http_[45]/.test(code) ? `${code.slice(0, 6)}xx` : code;
  const { cause, next } = table.get(known) ?? table.get(family) ?? texts.unknown;
  const detail = because.slice(code.length).replace(/^: /, "");
  const name = platform === "webhook" ? texts.receiver : destinationKinds[platform].platform;
  const fill = (text: string) =>
    text
      .replaceAll("{platform}", name)
      .replaceAll("{status}", () => code.replace(/^http_/, ""))
      .replaceAll("{reason}", () => (detail === "" ? texts.noReason : texts.quoted(detail)))
      .replaceAll("{detail}", () => detail || texts.noDetail)
      .replaceAll("{code}", () => code)
      .replaceAll("{place}", () => place);
  return { cause: fill(cause), next: fill(next) };
}
