import { createServer } from "node:http";
import type { StartSandbox } from "../commands/running-sandbox.ts";
import { createRandom } from "../random.ts";
import { createVault } from "../secrets.ts";
import { listen } from "../web/listen.ts";
import { createOwnServer } from "../web/sandbox/own-server.ts";
import { createOwnSignIn } from "../web/sandbox/own-sign-in.ts";
import { machineClock } from "./clocks.ts";
import { callHub } from "./hub-calls.ts";
import { hubSettings, socketSetting } from "./hub-settings.ts";
import { samples } from "./sandbox-samples.ts";
import { openSandboxWorld } from "./sandbox-world.ts";
import { notYet, serveWith } from "./serve-with.ts";

/** Run the sandbox as a process of its own. The hub is elsewhere, and takes it for Slack, for Teams and for a producer. */
export const startSandbox: StartSandbox = async (options, folder, log) => {
  const { hubUrl, hubKey, port, portChosen, installed } = options;
  const server = createServer(notYet);
  const { port: bound } = await listen(server, {
    port,
    chosen: portChosen,
    host: "127.0.0.1",
    portName: "--port",
  });
  const url = `http://localhost:${bound}`;
  const vault = createVault(folder.vaultKeys);
  const world = await openSandboxWorld({ vault, folder: folder.path, url, hubUrl, installed });
  const signIn = createOwnSignIn({
    apiKey: world.apiKey,
    secret: vault.mac("sandbox", "session"),
    linkToken: createRandom().token(),
    now: machineClock.now,
  });
  const withKey = hubKey !== undefined && {
    send: (event: object) => callHub(hubUrl, hubKey, "/v1/events", event),
    readHub: (path: string) => callHub(hubUrl, hubKey, path),
  };
  const app = createOwnServer({
    ...world,
    ...withKey,
    samples,
    hubUrl,
    now: machineClock.now,
    signIn,
    log,
  });
  serveWith(server, app);
  return {
    url,
    signInUrl: url + signIn.path,
    apiKey: world.apiKey,
    hubSettings: hubSettings(hubUrl, url, world.platforms),
    socketSetting: socketSetting(world.platforms),
    callback: world.callback,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await Promise.all(world.platforms.map(({ close }) => close?.()));
    },
  };
};
