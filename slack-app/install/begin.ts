import type { Connecting } from "../../core/ports/connecting.ts";
import type { SlackSettings } from "../../core/ports/platform-settings.ts";
import type { ConnectingAdmin } from "../../core/ports/workspace-door.ts";
import { scopes } from "./scopes.ts";

/** Where Slack sends the browser back; Bolt's default path. */
const redirectPath = "/slack/oauth_redirect";

/** The redirect address of one hub: the same at the beginning, at the exchange and in the manifest. */
export const redirectUrl = (hubUrl: string) => `${hubUrl}${redirectPath}`;

/**
 * Begin an install: the address of Slack's consent page, with a state that works once.
 *
 * `onlyWorkspace` lets Slack offer that workspace first. An organization is no workspace, so it is left out.
 */
export async function beginInstall(
  settings: Pick<SlackSettings, "clientId" | "authorizeUrl">,
  connecting: Connecting,
  admin: ConnectingAdmin,
  onlyWorkspace: string | undefined,
): Promise<{ readonly location: string }> {
  const page = new URL(settings.authorizeUrl);
  page.searchParams.set("client_id", settings.clientId);
  page.searchParams.set("scope", scopes.map(({ scope }) => scope).join(","));
  page.searchParams.set("redirect_uri", redirectUrl(connecting.hubUrl));
  page.searchParams.set("state", await connecting.begin("slack", admin));
  if (onlyWorkspace?.startsWith("T")) page.searchParams.set("team", onlyWorkspace);
  return { location: page.href };
}
