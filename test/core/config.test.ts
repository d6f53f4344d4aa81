import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { withEnvFile } from "../../core/config/env-file.ts";
import { settings } from "../../core/config/settings-table.ts";
import { type Config, readConfig, readDataDir } from "../../core/config.ts";

const slack = {
  SLACK_CLIENT_ID: "1.2",
  SLACK_CLIENT_SECRET: "s3cret-one",
  SLACK_SIGNING_SECRET: "s3cret-two",
};
const teams = {
  TEAMS_APP_ID: "11111111-1111-1111-1111-111111111111",
  TEAMS_APP_PASSWORD: "s3cret-three",
  TEAMS_TENANT_ID: "22222222-2222-2222-2222-222222222222",
};
const cloud = {
  TEAMS_LOGIN_URL: "https://login.microsoftonline.us",
  TEAMS_OPENID_METADATA_URL:
    "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
  TEAMS_TOKEN_ISSUER: "https://api.botframework.us",
  TEAMS_SERVICE_HOSTS: "smba.infra.gcc.teams.microsoft.com, localhost:4000",
};
const oidc = {
  OIDC_ISSUER: "https://login.example/realms/ours",
  OIDC_CLIENT_ID: "countersign",
  OIDC_CLIENT_SECRET: "s3cret-five",
};
const mongodb = {
  MONGODB_URL: "mongodb+srv://hub:s3cret-four@db.example,other:27018/hub?retryWrites=true",
  COUNTERSIGN_KEYS: Buffer.alloc(32, 7).toString("base64"),
};

function read(env: NodeJS.ProcessEnv): Config {
  const result = readConfig(env, false);
  if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
  return result.config;
}

function refused(env: NodeJS.ProcessEnv): readonly string[] {
  const result = readConfig(env, false);
  return result.ok ? [] : result.mistakes.map(({ variable }) => variable);
}

describe("readConfig", () => {
  it("needs no setting at all, and is then a private trial", () => {
    expect(read({})).toEqual({
      port: 3000,
      portChosen: false,
      host: "127.0.0.1",
      dataDir: resolve("data"),
      sandbox: true,
      slackPlaces: {
        apiUrl: "https://slack.com/api/",
        authorizeUrl: "https://slack.com/oauth/v2/authorize",
      },
      teamsCloud: {
        loginUrl: "https://login.microsoftonline.com",
        openIdMetadataUrl: "https://login.botframework.com/v1/.well-known/openidconfiguration",
        tokenIssuer: "https://api.botframework.com",
        serviceHosts: ["smba.trafficmanager.net"],
      },
      logFormat: "json",
      logLevel: "info",
      retentionDays: 30,
      mostEventBytes: 1_048_576,
      mostCallbackBytes: 262_144,
      outboundAllow: [],
    });
  });

  it("A3: takes a cloud without a bot, whose values an admin types in the console", () => {
    const { teams: none, teamsCloud, sandbox } = read(cloud);
    expect([none, sandbox]).toEqual([undefined, false]);
    expect(teamsCloud.loginUrl).toBe(cloud.TEAMS_LOGIN_URL);
  });

  it("A20: takes the tenants that may be connected beside the bot's own, with a bot and without", () => {
    const one = "3333ABCD-3333-3333-3333-333333333333";
    const TEAMS_ALLOWED_TENANTS = `${one}, ${teams.TEAMS_APP_ID}`;
    const allowedTenants = [one.toLowerCase(), teams.TEAMS_APP_ID];
    expect(read({ ...teams, TEAMS_ALLOWED_TENANTS }).teams).toMatchObject({ allowedTenants });
    const { teamsCloud, sandbox } = read({ TEAMS_ALLOWED_TENANTS });
    expect([teamsCloud.allowedTenants, sandbox]).toEqual([allowedTenants, false]);
    expect(read(teams).teams).not.toHaveProperty("allowedTenants");
  });

  it("writes the feed where people watch, unless told otherwise", () => {
    expect(readConfig({}, true)).toMatchObject({ config: { logFormat: "feed" } });
    expect(readConfig({ LOG_FORMAT: "json" }, true)).toMatchObject({
      config: { logFormat: "json" },
    });
  });

  it("counts a variable that is set to nothing as not set", () => {
    expect(read({ PORT: "", PUBLIC_URL: " ", SLACK_CLIENT_ID: "", OIDC_ISSUER: "" })).toEqual(
      read({}),
    );
  });

  it("reads every setting of a live hub", () => {
    const key = Buffer.alloc(32, 7);
    const config = read({
      ...slack,
      ...teams,
      PORT: "8080",
      HOST: "0.0.0.0",
      PUBLIC_URL: "https://hub.example/",
      TRUST_PROXY: "10.0.0.0/8, 127.0.0.1",
      INSTANCE_NAME: "staging",
      COUNTERSIGN_KEYS: `${key.toString("base64")},${key.toString("hex")}`,
      LOG_LEVEL: "WARN",
      RETENTION_DAYS: "7",
      MAX_EVENT_BYTES: "65536",
      MAX_CALLBACK_BYTES: "4096",
      OUTBOUND_ALLOW: "https://itop.example, http://10.1.2.3:8080",
      METRICS_TOKEN: "t0ken-t0ken-t0ken",
    });
    expect(config).toMatchObject({
      port: 8080,
      portChosen: true,
      host: "0.0.0.0",
      publicUrl: "https://hub.example",
      trustProxy: ["10.0.0.0/8", "127.0.0.1"],
      instanceName: "staging",
      keys: [key, key],
      sandbox: false,
      logLevel: "warn",
      retentionDays: 7,
      mostEventBytes: 65_536,
      mostCallbackBytes: 4_096,
      outboundAllow: ["https://itop.example:443", "http://10.1.2.3:8080"],
      metricsToken: "t0ken-t0ken-t0ken",
      slack: { clientId: "1.2", apiUrl: "https://slack.com/api/" },
      teams: { tenantId: teams.TEAMS_TENANT_ID, serviceHosts: ["smba.trafficmanager.net"] },
    });
  });

  it("reads the address of a MongoDB as it stands", () => {
    expect(read(mongodb).mongodbUrl).toBe(mongodb.MONGODB_URL);
    expect(read({ ...mongodb, MONGODB_URL: "mongodb://db" }).mongodbUrl).toBe("mongodb://db");
  });

  it("takes another cloud's four addresses together", () => {
    expect(read({ ...teams, ...cloud }).teams).toMatchObject({
      loginUrl: "https://login.microsoftonline.us",
      tokenIssuer: "https://api.botframework.us",
      serviceHosts: ["smba.infra.gcc.teams.microsoft.com", "localhost:4000"],
    });
  });

  it("takes Slack's addresses without an app, whose keys may be typed in the console", () => {
    const config = read({ SLACK_API_URL: "https://slack-gov.com/api/" });
    expect(config.slack).toBeUndefined();
    expect(config.sandbox).toBe(false);
    expect(config.slackPlaces).toEqual({
      apiUrl: "https://slack-gov.com/api/",
      authorizeUrl: "https://slack.com/oauth/v2/authorize",
    });
  });

  it("A4: asks for no signing secret with Socket Mode", () => {
    const { SLACK_SIGNING_SECRET: _, ...unsigned } = slack;
    const settings = read({ ...unsigned, SLACK_APP_TOKEN: "xapp-1-A0-1-abc" }).slack;
    expect(settings).toMatchObject({ appToken: "xapp-1-A0-1-abc" });
    expect(settings).not.toHaveProperty("signingSecret");
    expect(read({ ...slack, SLACK_APP_TOKEN: "xapp-1" }).slack).toMatchObject({
      ...{ appToken: "xapp-1", signingSecret: slack.SLACK_SIGNING_SECRET },
    });
  });

  it("G7: reads the issuer of single sign-on, and lets the sandbox be", () => {
    const { singleSignOn, sandbox } = read(oidc);
    expect(singleSignOn).toEqual({
      issuer: "https://login.example/realms/ours",
      ...{ clientId: "countersign", clientSecret: "s3cret-five" },
    });
    expect(sandbox).toBe(true);
    const local = read({ ...oidc, OIDC_ISSUER: "http://127.0.0.1:9000" }).singleSignOn;
    expect(local?.issuer).toBe("http://127.0.0.1:9000/");
  });

  it("gives Slack's API address a slash at its end", () => {
    expect(read({ ...slack, SLACK_API_URL: "http://127.0.0.1:9/api" }).slack?.apiUrl).toBe(
      "http://127.0.0.1:9/api/",
    );
  });

  it.each<[string, NodeJS.ProcessEnv, readonly string[]]>([
    [
      "half a Slack app",
      { SLACK_CLIENT_ID: "1.2" },
      ["SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"],
    ],
    [
      "Socket Mode without the app",
      { SLACK_APP_TOKEN: "xapp-1" },
      ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"],
    ],
    ["a bot's token for Socket Mode", { ...slack, SLACK_APP_TOKEN: "xoxb-1" }, ["SLACK_APP_TOKEN"]],
    ["half an issuer", { OIDC_ISSUER: "https://login.example" }, Object.keys(oidc).slice(1)],
    ["a client without an issuer", { OIDC_CLIENT_ID: "x" }, ["OIDC_ISSUER", "OIDC_CLIENT_SECRET"]],
    ["an issuer in plain http", { ...oidc, OIDC_ISSUER: "http://login.example" }, ["OIDC_ISSUER"]],
    [
      "an issuer of every tenant",
      { ...oidc, OIDC_ISSUER: "https://login.microsoftonline.com/common/v2.0" },
      ["OIDC_ISSUER"],
    ],
    ["a short token for the metrics", { METRICS_TOKEN: "t0ken" }, ["METRICS_TOKEN"]],
    ["half an Azure Bot", { TEAMS_APP_PASSWORD: "x" }, ["TEAMS_APP_ID", "TEAMS_TENANT_ID"]],
    [
      "half a cloud",
      { ...teams, TEAMS_LOGIN_URL: cloud.TEAMS_LOGIN_URL },
      Object.keys(cloud).slice(1),
    ],
    [
      "half a cloud beside no bot",
      { TEAMS_TOKEN_ISSUER: cloud.TEAMS_TOKEN_ISSUER },
      ["TEAMS_LOGIN_URL", "TEAMS_OPENID_METADATA_URL", "TEAMS_SERVICE_HOSTS"],
    ],
    [
      "an allowed tenant that is no id",
      { ...teams, TEAMS_ALLOWED_TENANTS: `${teams.TEAMS_TENANT_ID}, common` },
      ["TEAMS_ALLOWED_TENANTS"],
    ],
    ["a tenant that is no id", { ...teams, TEAMS_TENANT_ID: "common" }, ["TEAMS_TENANT_ID"]],
    [
      "service hosts with a scheme",
      { ...teams, ...cloud, TEAMS_SERVICE_HOSTS: "https://x.example" },
      ["TEAMS_SERVICE_HOSTS"],
    ],
    ["a port that is none", { PORT: "70000" }, ["PORT"]],
    ["an open host without an address for people", { HOST: "0.0.0.0" }, ["PUBLIC_URL"]],
    ["a host that is a broken address", { HOST: "10.0.0.300" }, ["HOST"]],
    ["a public address in plain http", { PUBLIC_URL: "http://hub.example" }, ["PUBLIC_URL"]],
    [
      "a public address with a path",
      { PUBLIC_URL: "https://hub.example/countersign" },
      ["PUBLIC_URL"],
    ],
    [
      "a public address that only begins like loopback",
      { PUBLIC_URL: "http://127.0.0.1.evil.example" },
      ["PUBLIC_URL"],
    ],
    ["trust in every proxy", { TRUST_PROXY: "true" }, ["TRUST_PROXY"]],
    ["trust in a net that is none", { TRUST_PROXY: "10.0.0.0/33" }, ["TRUST_PROXY"]],
    ["trust in the whole internet", { TRUST_PROXY: "0.0.0.0/0" }, ["TRUST_PROXY"]],
    ["a sandbox beside live credentials", { ...slack, SANDBOX: "on" }, ["SANDBOX"]],
    ["a sandbox for everybody", { SANDBOX: "on", PUBLIC_URL: "https://hub.example" }, ["SANDBOX"]],
    ["a sandbox that may be", { SANDBOX: "maybe" }, ["SANDBOX"]],
    ["a short key", { COUNTERSIGN_KEYS: "c2hvcnQ=" }, ["COUNTERSIGN_KEYS"]],
    ["a store without shared keys", { MONGODB_URL: mongodb.MONGODB_URL }, ["COUNTERSIGN_KEYS"]],
    ["a sandbox beside MongoDB", { ...mongodb, SANDBOX: "on" }, ["SANDBOX"]],
    ["another database's address", { ...mongodb, MONGODB_URL: "postgres://db" }, ["MONGODB_URL"]],
    ["a store without a host", { ...mongodb, MONGODB_URL: "mongodb:///x" }, ["MONGODB_URL"]],
    ["a log format of its own", { LOG_FORMAT: "xml" }, ["LOG_FORMAT"]],
    ["no retention", { RETENTION_DAYS: "0" }, ["RETENTION_DAYS"]],
    ["a name with a line break", { INSTANCE_NAME: "a\nb" }, ["INSTANCE_NAME"]],
    ["the metadata address", { OUTBOUND_ALLOW: "http://169.254.169.254:80" }, ["OUTBOUND_ALLOW"]],
    [
      "the metadata address as one number",
      { OUTBOUND_ALLOW: "http://2852039166:80" },
      ["OUTBOUND_ALLOW"],
    ],
    [
      "the metadata address inside IPv6",
      { OUTBOUND_ALLOW: "http://[::ffff:169.254.169.254]:80" },
      ["OUTBOUND_ALLOW"],
    ],
    [
      "the metadata name",
      { OUTBOUND_ALLOW: "http://metadata.google.internal.:80" },
      ["OUTBOUND_ALLOW"],
    ],
    ["an outbound path", { OUTBOUND_ALLOW: "https://itop.example/hook" }, ["OUTBOUND_ALLOW"]],
  ])("refuses %s", (_, env, variables) => {
    expect(refused(env)).toEqual(variables);
  });

  it("refuses the settings of features that this version lacks, rather than ignore them", () => {
    const later = settings.filter((setting) => "later" in setting).map(({ name }) => name);
    expect(later).toContain("SMTP_URL");
    const result = readConfig(Object.fromEntries(later.map((name) => [name, "x"])), false);
    if (result.ok) throw new Error("nothing was refused");
    const told = result.mistakes.filter(({ allowed }) =>
      allowed.includes("not supported by this version"),
    );
    expect(told.map(({ variable }) => variable)).toEqual(later);
  });

  it("lists all mistakes together, in the order of the help", () => {
    expect(refused({ RETENTION_DAYS: "x", SLACK_CLIENT_ID: "1", PORT: "x", SANDBOX: "x" })).toEqual(
      ["PORT", "SANDBOX", "RETENTION_DAYS", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"],
    );
  });

  it("repeats no secret in a mistake", () => {
    const result = readConfig(
      {
        COUNTERSIGN_KEYS: "s3cret-key",
        MONGODB_URL: "mongodb//root:s3cret@db",
        SLACK_APP_TOKEN: "s3cret-token",
        METRICS_TOKEN: "s3cret 1",
        PUBLIC_URL: "https://user:s3cret@hub.example",
      },
      false,
    );
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain("s3cret");
  });

  it.each<[string, NodeJS.ProcessEnv, boolean]>([
    ["on for a private trial", {}, true],
    ["off when people have an address", { PUBLIC_URL: "https://hub.example" }, false],
    ["off beside live credentials", slack, false],
    ["off with MongoDB", mongodb, false],
    ["off when somebody says so", { SANDBOX: "off" }, false],
    [
      "on for a trial under a loopback address",
      { SANDBOX: "on", PUBLIC_URL: "http://localhost:3000" },
      true,
    ],
    [
      "on behind an open host when somebody says so",
      { SANDBOX: "on", HOST: "0.0.0.0", PUBLIC_URL: "http://localhost:3000" },
      true,
    ],
  ])("has the sandbox %s", (_, env, on) => {
    expect(read(env).sandbox).toBe(on);
  });

  it.each(["localhost", "127.8.9.10", "::1", "[::1]"])(
    "takes %s for this machine alone",
    (host) => {
      expect(read({ HOST: host }).sandbox).toBe(true);
    },
  );
});

describe("the environment", () => {
  const folder = mkdtempSync(join(tmpdir(), "countersign-env-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is added to by .env, and wins over it", () => {
    writeFileSync(join(folder, ".env"), 'PORT=4000\nINSTANCE_NAME="from file"\n');
    const env = withEnvFile({ PORT: "5000" }, folder);
    expect(read(env)).toMatchObject({ port: 5000, instanceName: "from file" });
  });

  it("stands alone where there is no .env", () => {
    mkdirSync(join(folder, "empty"));
    expect(withEnvFile({ PORT: "5000" }, join(folder, "empty"))).toEqual({ PORT: "5000" });
  });

  it("names the data folder from the working folder", () => {
    expect(readDataDir({}, folder)).toBe(join(folder, "data"));
    expect(readDataDir({ DATA_DIR: "elsewhere" }, folder)).toBe(join(folder, "elsewhere"));
  });
});
