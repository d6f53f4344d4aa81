import { isAdmin, isCaretaker, type Person } from "../../domain/person.ts";
import { say } from "../../words/say.ts";
import type { IconName } from "./icons.tsx";

/** One page under Settings. */
export interface SettingsPlace {
  readonly href: `/settings/${string}`;
  readonly word: () => string;
  readonly icon: IconName;
  /** One sentence: what is looked after there. */
  readonly about: () => string;
  readonly isFor: (viewer: Person | undefined) => boolean;
}

/** The pages under Settings, in the order of its navigation. A page that does not exist is not in it. */
export const settingsPlaces = [
  {
    href: "/settings/producers",
    word: () => say`Producers and keys`,
    icon: "plug",
    about: () => say`Systems that post events, where they are called back, and API keys.`,
    isFor: isAdmin,
  },
  {
    href: "/settings/sign-in",
    word: () => say`Sign-in`,
    icon: "lock",
    about: () => say`How people get into this console.`,
    isFor: isAdmin,
  },
  {
    href: "/settings/audit",
    word: () => say`Audit log`,
    icon: "book",
    about: () => say`Who changed what, and when, in a chain that shows when somebody changes it.`,
    isFor: isCaretaker,
  },
  {
    href: "/settings/policies",
    word: () => say`Policies`,
    icon: "approvals",
    about: () => say`Who decides what, how many, by when, and what of it nobody may weaken.`,
    isFor: isAdmin,
  },
] as const satisfies readonly SettingsPlace[];

/** Where a page under Settings stands. */
export type SettingsHref = (typeof settingsPlaces)[number]["href"];

/** The pages under Settings that somebody may open; none: Settings are not for them. */
export const settingsFor = (viewer: Person | undefined): readonly SettingsPlace[] =>
  settingsPlaces.filter(({ isFor }) => isFor(viewer));
