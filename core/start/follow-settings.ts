import { createBackground } from "../hub/background.ts";
import type { PlatformSettings } from "../hub/platform-settings.ts";
import type { SecretEnds } from "../hub/secret-ends.ts";
import type { Log } from "../ports/log.ts";
import type { Platforms } from "./platforms.ts";

/** Sees that the platforms work with the settings that hold. */
export interface SettingsWatch {
  /** Look now: somebody has just saved. Resolves when the platform is connected, or could not be; with what went wrong. */
  lookNow(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** How long settings that were typed at another process may take to arrive at this one. */
const lookMs = 5_000;

/** Take settings that are typed in a console as they come, without a restart. */
export function followSettings(
  settings: PlatformSettings,
  platforms: Pick<Platforms, "use">,
  log: Log,
  secretEnds: Pick<SecretEnds, "look">,
): SettingsWatch {
  const background = createBackground(log);
  const lookNow = async () => platforms.use(await settings.current());
  background.every(lookMs, "platform settings", async () => {
    const live = await settings.current();
    for (const error of await platforms.use(live)) {
      log.write({ kind: "hub.trouble", where: "platform settings", error });
    }
    await secretEnds.look(live);
  });
  return { lookNow, stop: background.stop };
}
