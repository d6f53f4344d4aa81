import { mkdtempSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDataFolder } from "../../core/data-folder.ts";
import type { PersonId } from "../../core/domain/ids.ts";
import { createInstallations } from "../../core/installations/installations.ts";
import type { SlackInstallation } from "../../core/ports/installations.ts";
import type { SlackSettings } from "../../core/ports/platform-settings.ts";
import { createVault } from "../../core/secrets.ts";
import { openSqliteStore } from "../../core/stores/sqlite/store.ts";
import { createSlackSandbox } from "../../slack-app/sandbox/slack-sandbox.ts";
import { freePort } from "../fixtures/rig/free-port.ts";
import { type HubProcess, launch } from "../fixtures/rig/hub-process.ts";
import { organization } from "../fixtures/rig/web-hub.ts";
import { type Listening, listen, memoryJournal } from "../slack-app/rig.ts";

const ring = Buffer.alloc(32, 7);
const hourMs = 3_600_000;

interface Granted {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly bot_user_id: string;
  readonly scope: string;
  readonly team: { readonly id: string; readonly name: string };
}

describe("a hub that is killed while it renews a token", () => {
  let slack: Listening;
  let sandbox: ReturnType<typeof createSlackSandbox>;
  let folder: string;
  let port: number;
  let hub: HubProcess | undefined;
  /** Called when a renewal comes; answers whether Slack hears it. */
  let onRenewal: ((response: ServerResponse) => boolean) | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "countersign-rotation-"));
    port = await freePort();
    slack = await listen();
    sandbox = createSlackSandbox({
      ownUrl: `${slack.url}/slack`,
      hubUrl: `http://localhost:${port}`,
      secret: "a secret of this test",
      journal: memoryJournal(),
      now: () => new Date(),
      installed: false,
    });
    const [mount] = sandbox.mounts;
    slack.mounts.push({
      path: "/slack",
      handle: (request: IncomingMessage, response: ServerResponse) => {
        const isRenewal = request.url?.endsWith("oauth.v2.access") ?? false;
        if (!isRenewal || (onRenewal?.(response) ?? true)) mount?.handle(request, response);
      },
    });
    await plant(await grant());
  });
  afterEach(async () => {
    onRenewal = undefined;
    await hub?.end("SIGKILL");
    await sandbox.close?.();
    await slack.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const settings = () => sandbox.settings as SlackSettings;

  /** Install by hand: the consent, then the exchange. */
  const grant = async (): Promise<Granted> => {
    const redirect = `http://localhost:${port}/slack/oauth_redirect`;
    const asked = { client_id: settings().clientId, scope: "chat:write", redirect_uri: redirect };
    sandbox.life?.consent({ outcome: "accept", rotating: true });
    const page = `${settings().authorizeUrl}?${new URLSearchParams(asked)}`;
    const { headers } = await fetch(page, { redirect: "manual" });
    const code = new URL(headers.get("location") ?? "").searchParams.get("code") ?? "";
    const keys = { client_id: settings().clientId, client_secret: settings().clientSecret };
    const answer = await fetch(`${settings().apiUrl}oauth.v2.access`, {
      method: "POST",
      body: new URLSearchParams({ ...keys, code, redirect_uri: redirect }),
    });
    return (await answer.json()) as Granted;
  };

  /** Keep it as the hub does, with a token that is due to be renewed. */
  const plant = async (granted: Granted) => {
    const data = openDataFolder(join(folder, "data"), { sandbox: false, keys: [ring] });
    const clock = { now: () => new Date() };
    const store = openSqliteStore({ path: data.database, clock });
    const { team, refresh_token: refreshToken } = granted;
    const installation: SlackInstallation = {
      ...{ platform: "slack", slackTeamId: team.id, name: team.name, botId: "B1" },
      ...{ botToken: granted.access_token, botUserId: granted.bot_user_id },
      scopes: granted.scope.split(","),
      renewal: { refreshToken, expiresAtMs: Date.now() + hourMs },
    };
    const vault = createVault(data.vaultKeys);
    await createInstallations(store, vault, organization).save(installation, {
      at: new Date(),
      by: "per_00000000000000000000000000" as PersonId,
    });
    await store.close();
    data.close();
  };

  const start = () => {
    const { clientId, clientSecret, signingSecret = "", apiUrl, authorizeUrl } = settings();
    hub = launch(["serve"], folder, {
      DATA_DIR: join(folder, "data"),
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      COUNTERSIGN_KEYS: ring.toString("base64"),
      SLACK_CLIENT_ID: clientId,
      SLACK_CLIENT_SECRET: clientSecret,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: apiUrl,
      SLACK_AUTHORIZE_URL: authorizeUrl,
    });
    return hub;
  };

  /** Kill the hub when Slack answers: the one-time token is spent by then, and the answer is lost. */
  const killAtAnswer = (running: HubProcess) => {
    onRenewal = (response) => {
      onRenewal = undefined;
      response.end = () => {
        process.kill(running.pid, "SIGKILL");
        response.destroy();
        return response;
      };
      return true;
    };
    return running.ended;
  };

  it("A19: is told within a minute of the restart that the grant is over", async () => {
    const { signal } = await killAtAnswer(start());
    expect(signal).toBe("SIGKILL");
    const restarted = Date.now();
    const line = await start().lines.until(/"kind":"installation.revoked"/);
    expect(line).toContain("invalid_refresh_token");
    expect(Date.now() - restarted).toBeLessThan(60_000);
  });

  it("A19: goes on with the new token where it was killed before Slack heard it", async () => {
    const running = start();
    const heard = new Promise<void>((resolve) => {
      onRenewal = (response) => {
        onRenewal = undefined;
        process.kill(running.pid, "SIGKILL");
        response.destroy();
        resolve();
        return false;
      };
    });
    await heard;
    await running.ended;
    const renewed = new Promise<void>((resolve) => {
      onRenewal = (response) => {
        response.once("finish", resolve);
        return true;
      };
    });
    const again = start();
    await renewed;
    await again.lines.until(/API/);
    expect(again.lines.all.join("\n")).not.toContain("installation.revoked");
  });
});
