import { type Setting, settings } from "../config/settings-table.ts";
import { table } from "../log/plain-text.ts";

/** Every setting with its default, for `serve --help`. */
export function settingsHelp(): string {
  const rows = settings.map(({ name, default: byDefault, ...rest }) => {
    const { meaning, later }: Omit<Setting, "name" | "default"> = rest;
    return [
      `  ${name}`,
      byDefault,
      later ? `${meaning} (not supported by this version yet)` : meaning,
    ];
  });
  const lines = table([["  Setting", "Default", "Meaning"], ...rows]);
  return `\nSettings are environment variables; a .env file in the working folder is read too.\n\n${lines.join("\n")}\n`;
}
