import { relative, sep } from "node:path";
import type { RunningHub } from "./running-hub.ts";

/** Where the mode stands on the first line (SURFACE §1). */
const modeColumn = 56;

/** What is told when the hub listens: where to go, what to paste, what to know. Plain text, whatever the log format. */
export function startBlock(
  hub: RunningHub,
  version: string,
  workingFolder: string,
): readonly string[] {
  const { sandbox, dataFolder } = hub.mode;
  return [
    headLine(`Countersign ${version}`, dataFolder, workingFolder, sandbox ? "sandbox · " : ""),
    ...places(hub),
    "",
    ...(hub.curl === undefined ? [] : [...hub.curl.split("\n").map((line) => `  ${line}`), ""]),
    ...(hub.notes.length === 0 ? [] : [...hub.notes.map((note) => `  ${note}`), ""]),
  ];
}

/** The first line: what runs, and where its data is. */
export function headLine(
  what: string,
  dataFolder: string,
  workingFolder: string,
  mode = "",
): string {
  return `${what.padEnd(modeColumn)}${mode}data in ${shownPath(dataFolder, workingFolder)}`;
}

function places({ url, signInUrl, mode }: RunningHub): readonly string[] {
  const rows = [
    [
      "Console",
      signInUrl ?? url,
      signInUrl
        ? "signs you in once, valid 30 minutes"
        : "for a sign-in link run: countersign admin link",
    ],
    ...(mode.sandbox ? [["Sandbox", `${url}/sandbox`, "a Slack and a Teams, side by side"]] : []),
    ["API", `${url}/docs`, ""],
  ] as const;
  const width = Math.max(...rows.map(([, address]) => (address ?? "").length)) + 4;
  return rows.map(([name = "", address = "", why]) =>
    `  ${name.padEnd(10)}${address.padEnd(width)}${why}`.trimEnd(),
  );
}

function shownPath(path: string, workingFolder: string): string {
  const inside = relative(workingFolder, path);
  return inside === "" || inside === ".." || inside.startsWith(`..${sep}`) ? path : `./${inside}`;
}
