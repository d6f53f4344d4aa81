import { type Setting, type SettingName, settings } from "./settings-table.ts";

/** One setting that cannot be used. */
export interface Mistake {
  readonly variable: string;
  /** What stood there; secrets are masked. */
  readonly came: string;
  readonly allowed: string;
}

/** Turns the text of a setting into its value, or into undefined where the text is not allowed. */
export type Parser<Value> = (text: string) => Value | undefined;

/** One pass over the environment. It goes on after a mistake, so that all are told together. */
export interface Reading {
  /** The text of a setting; undefined when it is absent or blank. */
  text(name: SettingName): string | undefined;
  /** The parsed value; undefined when absent, or when it was refused. */
  read<Value>(name: SettingName, parser: Parser<Value>, allowed: string): Value | undefined;
  /** Note a mistake. */
  refuse(name: SettingName, allowed: string): void;
  /** All mistakes so far, in the order of the table. */
  mistakes(): readonly Mistake[];
}

const table: ReadonlyMap<string, Setting> = new Map(
  settings.map((setting) => [setting.name, setting]),
);
const shownAtMost = 60;

/** Begin a pass over this environment. A variable that is set to nothing counts as not set. */
export function beginReading(env: NodeJS.ProcessEnv): Reading {
  const found: Mistake[] = [];
  const text = (name: SettingName) => env[name]?.trim() || undefined;
  const refuse = (name: SettingName, allowed: string) => {
    found.push({ variable: name, came: showSetting(name, text(name)), allowed });
  };
  return {
    text,
    refuse,
    read(name, parser, allowed) {
      const given = text(name);
      if (given === undefined) return undefined;
      const value = parser(given);
      if (value === undefined) refuse(name, allowed);
      return value;
    },
    mistakes: () => {
      const rank = [...table.keys()];
      return found.toSorted(
        (one, other) => rank.indexOf(one.variable) - rank.indexOf(other.variable),
      );
    },
  };
}

/** Say what stands in a setting, on one line, cut where it is long; of a secret only its length. */
export function showSetting(name: SettingName, text: string | undefined): string {
  if (text === undefined) return "nothing";
  if (table.get(name)?.secret) return `something of ${text.length} characters (hidden)`;
  const oneLine = text.replace(/\p{Cc}/gu, "�").replace(/(?<=:\/\/)[^/@\s]*@/u, "…@");
  return oneLine.length > shownAtMost ? `${oneLine.slice(0, shownAtMost)}…` : oneLine;
}
