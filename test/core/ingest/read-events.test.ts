import { describe, expect, it } from "vitest";
import { type Posted, readEvents } from "../../../core/ingest/read-events.ts";

const post = (body: unknown, headers: Posted["headers"] = {}, contentType = "application/json") =>
  readEvents({
    body: typeof body === "string" ? body : JSON.stringify(body),
    contentType,
    headers,
  });

function draftOf(...posted: Parameters<typeof post>) {
  const read = post(...posted);
  if (read.kind !== "one") throw new Error(JSON.stringify(read));
  return read.draft;
}
function problemOf(...posted: Parameters<typeof post>) {
  const read = post(...posted);
  if (read.kind !== "refused") throw new Error(`it was read as ${read.kind}`);
  return read.problem;
}
const errorsOf = (body: unknown) =>
  problemOf(body).errors?.map(({ pointer, message }) => `${pointer}: ${message}`);

const cloud = { specversion: "1.0", id: "812", source: "/ci", type: "deploy.requested" };

describe("a body that is not JSON", () => {
  it.each([
    ["{'type':'a'}", 1, 2, "invalid symbol"],
    ["{\"ä😀\": 'x'}", 1, 9, "invalid symbol"],
    ['{"type":"a",}', 1, 13, "property name expected"],
    ['{\n  "type": "a"\n  "id": 1\n}', 3, 3, "comma expected"],
    ['{"type":', 1, 9, "value expected"],
    ['[{"type":"a"}', 1, 14, "close bracket expected"],
    ['{"type": tru}', 1, 10, "invalid symbol"],
    ['{type: "a"}', 1, 2, "invalid symbol"],
    ['{"a":1}\n\n}', 3, 1, "end of file expected"],
    ['// a comment\n{"type":"a"}', 1, 1, "invalid comment token"],
    ['{"a":"x\ny"}', 1, 6, "unexpected end of string"],
  ])("%j is told with its line and column", (body, line, column, reason) => {
    expect(problemOf(body)).toMatchObject({
      status: 400,
      code: "json_invalid",
      detail: `The JSON breaks at line ${line}, column ${column}: ${reason}.`,
      errors: [{ pointer: "", message: `line ${line}, column ${column}` }],
    });
  });

  it("gets a hint about single quotes, in names and in values", () => {
    const hint = "Texts and names need double quotes in JSON, not single ones.";
    expect(problemOf("{'a':1}").hint).toBe(hint);
    expect(problemOf("{\"a\":'x'}").hint).toBe(hint);
    expect(problemOf("{a:1}").hint).not.toBe(hint);
  });

  it.each(["", "   \n "])("and empty (%j) is told as that", (body) => {
    expect(problemOf(body)).toMatchObject({
      status: 400,
      code: "json_invalid",
      detail: "The body is empty; a JSON object or list was expected.",
    });
  });
});

describe("JSON that no schema should walk", () => {
  const nested = (depth: number) =>
    `{"type":"a","data":{"a":${"[".repeat(depth)}${"]".repeat(depth)}}}`;

  it("is read down to 64 levels, and refused below them", () => {
    expect(draftOf(nested(62)).type).toBe("a");
    expect(problemOf(nested(63))).toMatchObject({ status: 400, code: "json_too_deep" });
    expect(problemOf(nested(400_000))).toMatchObject({ code: "json_too_deep" });
    expect(problemOf("[".repeat(400_000))).toMatchObject({ code: "json_too_deep" });
  });

  it("counts no brackets in texts", () => {
    expect(draftOf({ type: "a", data: { a: `${"[".repeat(99)}\\"${"{".repeat(99)}` } }).type).toBe(
      "a",
    );
  });

  it("has no name that would be dropped", () => {
    expect(problemOf('{"type":"a","data":{"b/c":[{"__proto__":1}]}}')).toMatchObject({
      status: 400,
      code: "json_name_refused",
      errors: [{ pointer: "/data/b~1c/0/__proto__" }],
    });
    const odd = { constructor: { prototype: 1 }, toString: "x", hasOwnProperty: null };
    expect(draftOf({ type: "a", data: odd }).data).toEqual(odd);
  });
});

describe("the media type", () => {
  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "Application/JSON",
    "application/cloudevents+json",
    "application/cloudevents-batch+json; charset=utf-8",
    "application/vnd.acme.v1+json",
  ])("may be %s", (type) => {
    const batch = type.includes("batch");
    expect(post(batch ? [cloud] : cloud, {}, type).kind).toBe(batch ? "batch" : "one");
  });

  it.each(["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "json"])(
    "may not be %j",
    (type) => {
      expect(problemOf({ type: "a" }, {}, type)).toMatchObject({
        status: 415,
        code: "media_type_unsupported",
      });
    },
  );
});

describe("a plain event", () => {
  it("needs a type and nothing else", () => {
    expect(draftOf({ type: "deploy.requested" })).toEqual({
      type: "deploy.requested",
      data: {},
      extensions: {},
    });
  });

  it("is read with everything that it says", () => {
    const data = { title: "Deploy", nested: { list: [1, null, true, "x"] } };
    expect(
      draftOf({
        type: "deploy.requested",
        id: "812",
        source: "ci",
        subject: "web/1.4.2",
        time: "2026-11-20T15:00:00+01:00",
        level: "alert",
        link: "/deploys/812",
        data,
      }),
    ).toEqual({
      type: "deploy.requested",
      externalId: "812",
      source: "ci",
      subject: "web/1.4.2",
      occurredAt: new Date("2026-11-20T14:00:00Z"),
      level: "alert",
      link: "/deploys/812",
      data,
      extensions: {},
    });
  });

  const levels = '"debug" or "info" or "notice" or "warning" or "alert" or "critical"';
  const years = "expected a time that lies in the years 0 to 9999 in UTC, too";
  const rfc3339 = "expected a time as RFC 3339, such as 2026-01-31T14:02:00Z";
  const address = "expected an http or https address, or a path that begins with /";
  const type = "expected 1 to 128 characters of a-z, A-Z, 0-9, dot, - and _";
  it.each<[unknown, string[]]>([
    [7, [": expected an event as a JSON object"]],
    [null, [": expected an event as a JSON object"]],
    [{}, ["/type: expected a text"]],
    [{ type: 5 }, ["/type: expected a text"]],
    [{ type: "" }, [`/type: ${type}`]],
    [{ type: "a b" }, [`/type: ${type}`]],
    [{ type: "a", id: "" }, ["/id: may not be empty"]],
    [{ type: "a", id: 812 }, ["/id: expected a text"]],
    [{ type: "a", id: "x".repeat(257) }, ["/id: expected at most 256 characters"]],
    [{ type: "a", source: "" }, ["/source: may not be empty"]],
    [{ type: "a", subject: {} }, ["/subject: expected a text"]],
    [{ type: "a", time: "yesterday" }, [`/time: ${rfc3339}`]],
    [{ type: "a", time: "2026-02-30T00:00:00Z" }, [`/time: ${rfc3339}`]],
    [{ type: "a", time: "2026-02-20T00:00:00" }, [`/time: ${rfc3339}`]],
    [{ type: "a", time: "0000-01-01T00:00:00+01:00" }, [`/time: ${years}`]],
    [
      { type: "a", data: { approval: { expires_at: "9999-12-31T23:59:59-05:00" } } },
      [`/data/approval/expires_at: ${years}`],
    ],
    [{ type: "a", level: "urgent" }, [`/level: expected ${levels}`]],
    [{ type: "a", link: "javascript:alert(1)" }, [`/link: ${address}`]],
    [{ type: "a", link: "//evil.example" }, [`/link: ${address}`]],
    [{ type: "a", data: "x" }, ["/data: expected a JSON object"]],
    [{ type: "a", data: [1] }, ["/data: expected a JSON object"]],
    [{ typ: "a" }, ["/type: expected a text", '/typ: unknown field; did you mean "type"?']],
    [{ type: "a", sorce: "x" }, ['/sorce: unknown field; did you mean "source"?']],
    [
      { type: "a", "a/b~": 1 },
      ["/a~1b~0: unknown field; there are type, id, source, subject, time, level, link, data"],
    ],
    [
      { type: 1, level: 2, id: 3 },
      ["/type: expected a text", "/id: expected a text", `/level: expected ${levels}`],
    ],
  ])("%j is told every wrong place", (body, errors) => {
    expect(problemOf(body)).toMatchObject({ status: 422, code: "event_invalid" });
    expect(errorsOf(body)).toEqual(errors);
  });
});

describe("data.approval", () => {
  it("is taken out of the data, and read", () => {
    const approval = {
      policy: "production",
      expires_in: "30m",
      requested_by: "chloe@example.com",
      actions: [{ id: "deploy", choice: "approve", label: "Deploy" }],
      callback: "https://ci.example/hooks",
    };
    expect(draftOf({ type: "a", data: { service: "web", approval } })).toMatchObject({
      data: { service: "web" },
      approval: {
        policy: "production",
        expiresInMs: 1_800_000,
        requestedBy: "chloe@example.com",
        actions: approval.actions,
        callback: "https://ci.example/hooks",
      },
    });
    expect(draftOf({ type: "a", data: { approval } }).data).toEqual({});
    expect(draftOf({ type: "a", data: { approval: {} } }).approval).toEqual({});
    expect(
      draftOf({ type: "a", data: { approval: { expires_at: "2026-11-20T15:00:00Z" } } }),
    ).toMatchObject({
      approval: { expiresAt: new Date("2026-11-20T15:00:00Z") },
    });
    expect(draftOf({ type: "a", data: {} })).not.toHaveProperty("approval");
  });

  const action = { id: "ok", choice: "approve", label: "OK" };
  const id = "expected 1 to 40 characters of a-z, 0-9, - and _";
  it.each<[unknown, string[]]>([
    [null, [": expected a JSON object"]],
    ["production", [": expected a JSON object"]],
    [{ expires_in: "5" }, ["/expires_in: expected a span such as 30s, 15m, 24h or 7d"]],
    [{ expires_in: "0m" }, ["/expires_in: expected a span such as 30s, 15m, 24h or 7d"]],
    [
      { expires_in: "5m", expires_at: "2026-11-20T15:00:00Z" },
      ["/expires_at: give expires_in or expires_at, not both"],
    ],
    [{ callback: "ftp://ci.example" }, ["/callback: expected an http or https address"]],
    [{ callback: "/hooks" }, ["/callback: expected an http or https address"]],
    [{ callbck: "x" }, ['/callbck: unknown field; did you mean "callback"?']],
    [{ actions: [] }, ["/actions: may not be empty"]],
    [{ actions: [action, action] }, ["/actions: two actions have the same id"]],
    [{ actions: Array(6).fill(action) }, ["/actions: expected at most 5 items"]],
    [{ actions: [{ ...action, id: "No spaces" }] }, [`/actions/0/id: ${id}`]],
    [
      { actions: [{ ...action, choice: "yes" }] },
      ['/actions/0/choice: expected "approve" or "reject"'],
    ],
    [{ actions: [{ ...action, label: "" }] }, ["/actions/0/label: may not be empty"]],
  ])("%j is told every wrong place", (approval, errors) => {
    expect(errorsOf({ type: "a", data: { approval } })).toEqual(
      errors.map((error) => `/data/approval${error}`),
    );
  });
});

describe("a CloudEvent", () => {
  const draft = {
    type: "deploy.requested",
    externalId: "812",
    source: "/ci",
    subject: "web",
    data: { service: "web" },
    extensions: { team: "blue", attempt: 2, urgent: true },
  };

  it("takes an attribute that is null for one that is left out", () => {
    const unset = { subject: null, time: null, datacontenttype: null, traceparent: null };
    expect(draftOf({ ...cloud, ...unset, data: null })).toEqual(draftOf(cloud));
    expect(errorsOf({ ...cloud, id: null })).toEqual(["/id: expected a text"]);
    expect(errorsOf({ type: "a", subject: null })).toEqual(["/subject: expected a text"]);
  });

  it("is read in structured form, its extension attributes kept", () => {
    const event = { ...cloud, subject: "web", data: { service: "web" } };
    const sent = { ...event, team: "blue", attempt: 2, urgent: true };
    expect(draftOf(sent, {}, "application/cloudevents+json")).toEqual(draft);
    expect(draftOf({ ...sent, level: "alert", link: "/x" })).toEqual({
      ...draft,
      level: "alert",
      link: "/x",
    });
  });

  it("is read in binary form, its attributes percent-encoded in headers", () => {
    const headers = {
      "ce-specversion": "1.0",
      "ce-id": "812",
      "ce-source": "/ci",
      "ce-type": "deploy.requested",
      "ce-subject": "w%C3%A9b%20%2F%25",
      "ce-team": "100% blue",
      "ce-data": "not the data",
      "x-other": "y",
    };
    expect(draftOf({ service: "web" }, headers)).toEqual({
      ...draft,
      subject: "wéb /%",
      extensions: { team: "100% blue" },
    });
    expect(problemOf([{ service: "web" }], headers).errors).toEqual([
      { pointer: "/data", message: "expected a JSON object" },
    ]);
  });

  it("asks for an approval in its data like any other event", () => {
    const sent = { ...cloud, data: { service: "web", approval: { expires_in: "5m" } } };
    expect(draftOf(sent)).toMatchObject({
      data: { service: "web" },
      approval: { expiresInMs: 300_000 },
    });
  });

  it.each<[object, string[]]>([
    [
      { specversion: "1.0" },
      ["/type: expected a text", "/id: expected a text", "/source: expected a text"],
    ],
    [{ ...cloud, specversion: "0.3" }, ['/specversion: expected "1.0"']],
    [
      { ...cloud, datacontenttype: "text/xml" },
      ["/datacontenttype: expected a JSON media type: data must be a JSON object"],
    ],
    [{ ...cloud, data_base64: "aGk=" }, ["/data_base64: is not read; send data as a JSON object"]],
    [{ ...cloud, data: "hi" }, ["/data: expected a JSON object"]],
    [{ ...cloud, team: { name: "blue" } }, ["/team: expected another type of value"]],
  ])("%j is told every wrong place", (body, errors) => {
    expect(errorsOf(body)).toEqual(errors);
  });
});

describe("a batch", () => {
  it("is read in its order, plain and CloudEvents mixed", () => {
    const read = post([{ type: "a" }, cloud]);
    expect(read).toMatchObject({
      kind: "batch",
      drafts: [{ type: "a" }, { type: "deploy.requested", externalId: "812" }],
    });
  });

  it("is refused whole for one invalid item, with the place of every mistake", () => {
    expect(
      errorsOf([{ type: "a" }, { type: 5 }, "x", { type: "b", data: { approval: 1 } }]),
    ).toEqual([
      "/1/type: expected a text",
      "/2: expected an event as a JSON object",
      "/3/data/approval: expected a JSON object",
    ]);
  });

  it("has 1 to 500 items", () => {
    const items = Array.from({ length: 501 }, () => ({ type: "a" }));
    expect(post(items.slice(1)).kind).toBe("batch");
    expect(problemOf(items)).toMatchObject({ status: 422, code: "batch_size" });
    expect(problemOf([])).toMatchObject({ code: "batch_size", hint: "Send at least one." });
  });
});

describe("the Idempotency-Key", () => {
  const key = { "idempotency-key": "run-7" };

  it("names an event that has no id of its own", () => {
    expect(draftOf({ type: "a" }, key).externalId).toBe("run-7");
    expect(draftOf({ type: "a", id: "812" }, key).externalId).toBe("812");
    expect(draftOf({ type: "a" }, { "idempotency-key": "" })).not.toHaveProperty("externalId");
  });

  it("names the events of a batch by their places", () => {
    const read = post([{ type: "a" }, { type: "b", id: "812" }, { type: "c" }], key);
    const ids = read.kind === "batch" ? read.drafts.map(({ externalId }) => externalId) : [];
    expect(ids).toEqual(["run-7/0", "812", "run-7/2"]);
  });

  it("is never cut: two long ones are two", () => {
    expect(problemOf({ type: "a" }, { "idempotency-key": "k".repeat(251) })).toMatchObject({
      status: 422,
      errors: [{ pointer: "Idempotency-Key", message: "expected at most 250 characters" }],
    });
  });
});
