import { type Chat, type ChatChannel, type ChatState, shortName } from "./shapes.ts";

/** Something that people do in a workspace, as an order to the sandbox's API. */
export interface Act {
  readonly word: string;
  readonly path: "channels" | "uninstall" | "teams";
  readonly order: object;
  /** It takes something away for good. */
  readonly ends?: true;
}

/** How life is in one chat app. */
export interface Ways {
  readonly note: string;
  readonly mostSigns: string;
  /** What a person would type to rename it. */
  nameOf(channel: ChatChannel): string;
  onChannel(channel: ChatChannel): readonly Act[];
  /** What is done to the app; a text where nothing can be. */
  onApp(state: ChatState, channel: ChatChannel): readonly (Act | string)[];
}

const slack: Ways = {
  note: "What people do in Slack. Countersign is told by Slack's events.",
  mostSigns: "80",
  nameOf: ({ name }) => name.replace(/^#/u, ""),
  onChannel: ({ id, name, archived, member }) => {
    const act = actOn("channels", { channel: id });
    return [
      archived ? act(`Restore ${name}`, "unarchive") : act(`Archive ${name}`, "archive"),
      member ? act("Put the app out", "remove") : act("Let the app in", "invite"),
      act(`Delete ${name}`, "delete"),
    ];
  },
  onApp: ({ workspace }) =>
    workspace.installed === false
      ? ["The app is not installed here. Connect Slack in the console."]
      : [
          {
            word: `Remove the app from ${workspace.name}`,
            path: "uninstall",
            order: {},
            ends: true,
          },
        ],
};

const teams: Ways = {
  note: "What people do in Teams. Countersign is told by updates of the team, where the app was added.",
  mostSigns: "50",
  nameOf: shortName,
  onChannel: (channel) => [
    actOn("channels", { channel: channel.id })(`Delete ${shortName(channel)}`, "delete"),
  ],
  onApp: ({ channels }, { team = "", archived }) => {
    const act = actOn("teams", { team });
    const hasApp = channels.some((one) => one.team === team && one.member);
    return [
      archived ? act(`Restore ${team}`, "unarchive") : act(`Archive ${team}`, "archive"),
      hasApp
        ? { ...act(`Remove the app from ${team}`, "remove_app"), ends: true }
        : act(`Add the app to ${team}`, "add_app"),
    ];
  },
};

/** Life in each chat app. */
export const ways: Readonly<Record<Chat, Ways>> = { slack, teams };

const actOn =
  (path: Act["path"], about: object) =>
  (word: string, what: string): Act => ({ word, path, order: { do: what, ...about } });
