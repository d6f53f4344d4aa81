import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type DataFolder, openDataFolder } from "../../../core/data-folder.ts";
import { surfacePhrases } from "../../../core/messages/texts.ts";
import { approvalStates } from "../../../core/web/api/schemas.ts";
import { type Answer, answering, run, smallWorld } from "./small-world.ts";

const approval = {
  id: "apr_1",
  state: "open",
  title: "Deploy web 1.4.2",
  facts: [{ label: "Service", value: "web" }],
  producer: { name: "ci" },
  policy: { name: "production", votes: 1, approvers: ["release managers"] },
  requester: { name: "Chloé" },
  votes: [],
  opened_at: "2026-11-20T14:00:00Z",
  expires_at: "2026-11-20T15:00:00Z",
  links: { page: "https://hub.example/approvals/apr_1" },
};
const approved = {
  ...approval,
  state: "approved",
  votes: [{ name: "Ann", choice: "approve", via: "api" }],
};

let hub: Awaited<ReturnType<typeof answering>>;
let spare = "";
const opened: DataFolder[] = [];

beforeEach(() => {
  spare = mkdtempSync(join(tmpdir(), "countersign-cli-"));
});
afterEach(() => {
  hub?.close();
  for (const folder of opened.splice(0)) folder.close();
  rmSync(spare, { recursive: true });
});

async function ran(
  words: readonly string[],
  routes: Readonly<Record<string, readonly Answer[]>> = {},
) {
  hub = await answering(routes);
  const world = smallWorld();
  return { ...(await run([...hub.flags, ...words], world)), asked: hub.asked };
}

describe("the command line", () => {
  it.each([
    ["aprovals list", "approvals"],
    ["approvals lst", "list"],
    ["triger x", "trigger"],
  ])("answers %s with a suggestion, and exits 2", async (words, suggestion) => {
    const { code, err } = await run(words.split(" "), smallWorld());
    expect(code).toBe(2);
    expect(err).toContain(`Did you mean ${suggestion}?`);
  });

  it("prints its version and its help, and exits 0", async () => {
    expect(await run(["--version"], smallWorld())).toMatchObject({ code: 0, out: "0.1.0\n" });
    const { code, out } = await run(["--help"], smallWorld());
    expect(code).toBe(0);
    for (const name of ["serve", "trigger", "listen", "approvals", "events", "routes", "admin"]) {
      expect(out).toContain(`\n  ${name} `);
    }
  });
});

describe("finding the hub", () => {
  const list = { "GET /v1/approvals": [{ items: [], next: null }] };

  function runningHere(sandbox = false) {
    const folder = openDataFolder(join(spare, "data"), { sandbox });
    opened.push(folder);
    folder.writeRun(hub.url);
    return folder;
  }

  it("goes by the flags before the environment", async () => {
    hub = await answering(list);
    const env = { COUNTERSIGN_URL: "http://127.0.0.1:1", COUNTERSIGN_KEY: "cs_environment" };
    expect((await run([...hub.flags, "approvals", "list"], smallWorld({ env }))).code).toBe(0);
    expect(hub.asked[0]?.key).toBe("cs_test");
  });

  it("goes by the environment before the hub that runs here", async () => {
    hub = await answering(list);
    runningHere();
    const env = {
      COUNTERSIGN_URL: hub.url,
      COUNTERSIGN_KEY: "cs_environment",
      DATA_DIR: join(spare, "data"),
    };
    expect((await run(["approvals", "list"], smallWorld({ env }))).code).toBe(0);
    expect(hub.asked[0]?.key).toBe("cs_environment");
  });

  it.each([false, true])(
    "finds the hub that runs here, as its local admin (sandbox: %s)",
    async (sandbox) => {
      hub = await answering(list);
      const { adminKey } = runningHere(sandbox);
      expect((await run(["approvals", "list"], smallWorld({ folder: spare }))).code).toBe(0);
      expect(hub.asked[0]?.key).toBe(adminKey);
    },
  );

  it("gives the local admin key to no other hub", async () => {
    hub = await answering(list);
    runningHere();
    const other = await answering(list);
    const { code, err } = await run(
      ["--url", other.url, "approvals", "list"],
      smallWorld({ folder: spare }),
    );
    other.close();
    expect([code, other.asked]).toEqual([2, []]);
    expect(err).toContain("COUNTERSIGN_KEY");
  });

  it("says what to do when no hub runs here, and exits 3", async () => {
    const { code, err } = await run(["approvals", "list"], smallWorld({ folder: spare }));
    expect(code).toBe(3);
    expect(err).toContain("countersign serve");
  });

  it("says that nobody answers at an address, and exits 3", async () => {
    hub = await answering({});
    hub.close();
    const { code, err } = await run([...hub.flags, "approvals", "list"], smallWorld());
    expect(code).toBe(3);
    expect(err).toContain(`No hub answers at ${hub.url} (ECONNREFUSED).`);
  });

  it("says that something else answers there", async () => {
    const { code, err } = await ran(["events", "list"], {
      "GET /v1/events": [{ status: 200, body: ["no", "hub"] }],
    });
    expect(code).toBe(3);
    expect(err).toContain("is not a Countersign hub");
  });
});

describe("approvals", () => {
  it("lists requests by state and subject", async () => {
    const { code, out, asked } = await ran(
      ["approvals", "list", "--state", "open", "--subject", "web/1.4.2", "--limit", "5"],
      {
        "GET /v1/approvals": [{ items: [approval], next: null }],
      },
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^ID +STATE +TITLE +OPENED\napr_1 +open +Deploy web 1\.4\.2 /);
    expect(asked[0]?.path).toBe("/v1/approvals?state=open&key=web%2F1.4.2&limit=5");
  });

  it("offers every state that a request can be in", async () => {
    const { out } = await ran(["approvals", "list", "--help"]);
    for (const state of approvalStates) expect(out).toContain(state);
  });

  it("prints the API's own JSON when asked to", async () => {
    const { out } = await ran(["approvals", "show", "apr_1", "--json"], {
      "GET /v1/approvals/apr_1": [approval],
    });
    expect(JSON.parse(out)).toEqual(approval);
  });

  it("shows a request with all that its approver reads", async () => {
    const { out } = await ran(["approvals", "show", "apr_1"], {
      "GET /v1/approvals/apr_1": [approval],
    });
    for (const part of [
      "Deploy web 1.4.2",
      "Service  web",
      "Chloé",
      "from ci",
      "1 of release managers",
      approval.links.page,
    ]) {
      expect(out).toContain(part);
    }
  });

  it("prints nothing that a producer could hide in a title", async () => {
    const hostile = { ...approval, title: "ok\u001b[2J\u202e" };
    const { out } = await ran(["approvals", "show", "apr_1"], {
      "GET /v1/approvals/apr_1": [hostile],
    });
    expect(out.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it.each([
    [["approve"], { choice: "approve" }],
    [["reject", "--reason", "not today"], { choice: "reject", reason: "not today" }],
    [["hold"], { action: "hold" }],
  ])("decides: %s", async (words, body) => {
    const { code, out, asked } = await ran(["approvals", "decide", "apr_1", ...words], {
      "POST /v1/approvals/apr_1/votes": [{ approval: approved }],
    });
    expect(code).toBe(0);
    expect(asked[0]?.body).toEqual(body);
    expect(out).toContain(`Approved by Ann ${surfacePhrases.api}`);
  });

  it.each([
    [403, "not_eligible", 1],
    [409, "closed", 1],
    [422, "reason_missing", 1],
    [403, "scope_missing", 3],
    [401, "key_unknown", 3],
  ])("tells a vote that was refused with %i %s, and exits %i", async (status, code, exit) => {
    const body = {
      title: "The vote was not counted",
      detail: "Ben approved this 2 min ago in Slack.",
      code,
    };
    const refused = await ran(["approvals", "decide", "apr_1", "approve"], {
      "POST /v1/approvals/apr_1/votes": [{ status, body }],
    });
    expect(refused.code).toBe(exit);
    expect(refused.err).toContain("Ben approved this 2 min ago in Slack.");
  });

  it("waits for a request with trigger's exit codes, but not for a hub that is not there", async () => {
    const routes = {
      "GET /v1/approvals/apr_1": [approval, approval, { ...approved, state: "rejected" }],
    };
    expect((await ran(["approvals", "wait", "apr_1"], routes)).code).toBe(10);
    hub.close();
    expect(
      (await ran(["approvals", "wait", "apr_1"], { "GET /v1/approvals/apr_1": ["gone"] })).code,
    ).toBe(3);
  });

  it("withdraws a request", async () => {
    const { out, asked } = await ran(
      ["approvals", "cancel", "apr_1", "--reason", "wrong version"],
      {
        "POST /v1/approvals/apr_1/cancel": [{ ...approval, state: "cancelled", closed_by: "ci" }],
      },
    );
    expect(asked[0]?.body).toEqual({ reason: "wrong version" });
    expect(out).toBe("Cancelled by ci · apr_1\n");
  });
});

describe("events, routes and admin", () => {
  it("shows an event with its rules, deliveries and data", async () => {
    const event = {
      id: "evt_1",
      type: "deploy.requested",
      subject: "web/1.4.2",
      source: "ci",
      data: { service: "web" },
      matched: [{ name: "Deploys" }],
      deliveries: [
        {
          id: "dlv_1",
          kind: "post",
          platform: "slack",
          label: "#releases",
          state: "dead",
          because: "channel_not_found",
        },
      ],
    };
    const { out } = await ran(["events", "show", "evt_1"], { "GET /v1/events/evt_1": [event] });
    for (const part of [
      "deploy.requested",
      "Rule Deploys",
      "#releases  dead  channel_not_found",
      '"service": "web"',
    ]) {
      expect(out).toContain(part);
    }
  });

  it("says that a list is empty", async () => {
    expect(
      (await ran(["events", "list"], { "GET /v1/events": [{ items: [], next: null }] })).out,
    ).toBe("No events.\n");
  });

  it("shows the rules in order, with their conditions and the fallback", async () => {
    const pattern = { data: { environment: ["production"] } };
    const to = ["#releases"];
    const rules = [
      { name: "Deploys", types: ["deploy.*"], pattern, to, policy: "production" },
      { name: "All", types: ["*"], level: "alert", to: ["#ops"], continue: true },
    ];
    const body = { version: 1, rules, fallback: "#ops" };
    const { out } = await ran(["routes", "show"], { "GET /v1/rules": [body] });
    const [, one, two, last] = out.split("\n").map((line) => line.replaceAll(/ {2,}/g, " | "));
    expect(one).toBe(
      '1 | Deploys | deploy.* | {"data":{"environment":["production"]}} | #releases | production | ends',
    );
    expect(two).toBe("2 | All | * | level ≥ alert | #ops | goes on");
    expect(last).toBe("What no rule takes goes to #ops, and is listed as unrouted.");
  });

  it("prints a new sign-in link", async () => {
    const link = { url: "https://hub.example/start/abc", expires_at: "2026-11-20T14:30:00Z" };
    const { out } = await ran(["admin", "link"], {
      "POST /v1/admin/links": [{ status: 201, body: link }],
    });
    expect(out).toMatch(/^https:\/\/hub\.example\/start\/abc\n/);
  });

  it("asks for a running hub when a link is wanted and none runs", async () => {
    const { code, err } = await run(["admin", "link"], smallWorld({ folder: spare }));
    expect(code).toBe(3);
    expect(err).toContain("Start it with countersign serve");
  });
});
