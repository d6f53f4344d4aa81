import type { ChatPlatform } from "../ports/chat-platform.ts";
import { faultPoint } from "../ports/fault-point.ts";
import type { Mount } from "../ports/mount.ts";
import { sendProblem } from "../web/problem.ts";

/**
 * Answer at a platform's path before the platform's code is loaded: who calls early waits for it. A platform without
 * settings is off, and its path says so; settings that come while the hub runs switch it on.
 */
export function lazyMount(
  path: string,
  platformNow: () => Promise<Pick<ChatPlatform, "mounts">> | undefined,
): Mount {
  return {
    path,
    handle: (request, response) => {
      faultPoint("click-received");
      response.once("finish", () => faultPoint("answer-given"));
      const platform = platformNow();
      if (!platform) return sendProblem(response, off(path));
      platform.then(
        ({ mounts }) => mounts.find((mount) => mount.path === path)?.handle(request, response),
        () => sendProblem(response, failed),
      );
    },
  };
}

const off = (path: string) => ({
  status: 404,
  code: "platform_not_configured",
  title: "This platform is off",
  detail: `Nothing is connected at ${path}: its settings are missing.`,
  hint: "An admin sets the platform up under Workspaces in the console, or by the settings that `countersign serve --help` lists.",
});

const failed = {
  status: 503,
  code: "platform_not_loaded",
  title: "This platform could not be loaded",
  detail: "The hub runs, but the code of this platform did not start. The log says why.",
  retryAfterS: 30,
};
