import type { Language } from "../domain/message.ts";
import type { Surface } from "../domain/policy.ts";
import { type Catalogue, textsIn } from "./catalogue.ts";
import { knownCodes, troubleOf } from "./platform-troubles.ts";

type Platform = Extract<Surface, "slack" | "teams">;
type Texts = Catalogue["installs"];

const names: Readonly<Record<Platform, string>> = { slack: "Slack", teams: "Microsoft Teams" };

/** What a person reads where a workspace was not connected. */
export interface InstallText {
  readonly title: string;
  /** What came, and which part of it is wrong. */
  readonly detail: string;
  readonly hint: string;
}

type Said =
  | { readonly because: keyof Texts["states"] }
  | { readonly because: "workspace_not_allowed"; readonly workspace: string }
  | { readonly because: "workspace_other"; readonly workspace: string; readonly wanted: string }
  | { readonly because: "workspace_taken" }
  | { readonly because: "platform"; readonly code: string };

/** Say why a workspace was not connected, which part is wrong, and what to do. An unknown code is shown as it came. */
export function installRefusalText(
  refusal: Said,
  platform: Platform,
  language?: Language,
): InstallText {
  const { states, otherTenant, notAllowed, other, taken } = textsIn(language).installs;
  switch (refusal.because) {
    case "state_unknown":
    case "state_used":
    case "state_expired":
    case "state_foreign":
      return states[refusal.because];
    case "workspace_not_allowed": {
      const said = platform === "teams" ? otherTenant : notAllowed;
      return { ...said, detail: said.detail(refusal.workspace) };
    }
    case "workspace_other": {
      const { workspace, wanted } = refusal;
      return { ...other, detail: other.detail(wanted, workspace), hint: other.hint(wanted) };
    }
    case "workspace_taken":
      return taken;
    case "platform":
      return codeText(platform, refusal.code, language);
  }
}

/** What a platform's own code says at an install (FEATURES §6.2). */
function codeText(platform: Platform, code: string, language: Language | undefined): InstallText {
  const { codes, unreached, refused } = textsIn(language).installs;
  const own = new Map<string, InstallText>(Object.entries(codes[platform])).get(code);
  if (own) return own;
  const name = names[platform];
  if (code === "unreachable" || code === "unreadable_answer") {
    const { title, detail, hint } = unreached;
    return { title: title(name), detail: detail(name, code), hint };
  }
  const title = refused.title(name);
  if (knownCodes(platform).includes(code)) {
    const { cause, next } = troubleOf(platform, code, refused.place, language);
    return { title, detail: refused.known(cause, code), hint: next };
  }
  return { title, detail: refused.unknown(code.slice(0, 80)), hint: refused.hint };
}

/** The codes of an install that have sentences of their own. */
export const installCodes = (platform: Platform): readonly string[] =>
  Object.keys(textsIn("en").installs.codes[platform]);

/** What is said where the person pressed Cancel on the platform's own page. */
export function installCancelledText(platform: Platform, language?: Language): InstallText {
  const { cancelled } = textsIn(language).installs;
  return { ...cancelled, detail: cancelled.detail(names[platform]) };
}
