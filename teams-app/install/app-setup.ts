import type { KeysVerdict, TeamsAppSetup } from "../../core/ports/app-setup.ts";
import type { Clock } from "../../core/ports/clock.ts";
import type { TeamsCloud } from "../../core/ports/platform-settings.ts";
import { tryLogin } from "../outbound/credentials.ts";
import { redirectUrl } from "./consent.ts";
import { buildManifest, type Instance, type TeamsManifest } from "./manifest.ts";
import { type Icons, packApp } from "./package.ts";

/** What of the login's codes is about the keys; any other says nothing of them (FEATURES §6.3, U26). */
const aboutKeys: ReadonlySet<string> = new Set([
  ...["AADSTS700016", "AADSTS7000215", "AADSTS7000222", "AADSTS7000229"],
  ...["AADSTS90002", "AADSTS900023"],
]);

/** Make what leads an operator through making their own Azure Bot. `source` is the manifest of `manifests/teams`. */
export function createTeamsAppSetup(
  source: TeamsManifest,
  icons: Icons,
  instance: Omit<Instance, "appId">,
  deps: { readonly cloud: Pick<TeamsCloud, "loginUrl">; readonly clock: Clock },
): TeamsAppSetup {
  const { hubUrl } = instance;
  return {
    endpoint: `${hubUrl}/api/messages`,
    redirectUrl: redirectUrl(hubUrl),
    pack: async (appId) => {
      if (!hubUrl.startsWith("https://")) return undefined;
      const manifest = buildManifest(source, { ...instance, appId });
      return { zip: await packApp(manifest, icons), version: manifest.version };
    },
    tryKeys: async (keys) => {
      const refused = await tryLogin({ ...keys, loginUrl: deps.cloud.loginUrl }, deps.clock);
      return refused === undefined ? { kind: "fit" } : verdictOf(refused);
    },
  };
}

function verdictOf(refused: NonNullable<Awaited<ReturnType<typeof tryLogin>>>): KeysVerdict {
  if (refused.kind === "login_refused") {
    const { code } = refused;
    return aboutKeys.has(code) ? { kind: "wrong", code } : { kind: "unknown", because: code };
  }
  const because = refused.kind === "answered" ? `http_${refused.status}` : refused.because;
  return { kind: "unknown", because: because.replace(/^login_/, "") };
}
