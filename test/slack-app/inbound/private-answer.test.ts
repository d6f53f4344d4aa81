import { describe, expect, it } from "vitest";
import { isResponseUrl } from "../../../slack-app/inbound/private-answer.ts";

describe("isResponseUrl", () => {
  it.each([
    ["https://hooks.slack.com/actions/T1/2/3", "https://slack.com/api/"],
    ["https://hooks.slack-gov.com/actions/T1/2/3", "https://slack-gov.com/api/"],
    ["http://127.0.0.1:3000/sandbox/slack/actions/1", "http://127.0.0.1:3000/sandbox/slack/api/"],
  ])("takes %s beside %s", (responseUrl, apiUrl) => {
    expect(isResponseUrl(responseUrl, apiUrl)).toBe(true);
  });

  it.each([
    ["https://evilslack.com/actions/1", "https://slack.com/api/"],
    ["https://slack.com.evil.example/actions/1", "https://slack.com/api/"],
    ["http://hooks.slack.com/actions/1", "https://slack.com/api/"],
    ["https://x@hooks.slack.com/actions/1", "https://slack.com/api/"],
    ["http://127.0.0.1:9/actions/1", "http://127.0.0.1:3000/sandbox/slack/api/"],
    ["file:///etc/passwd", "https://slack.com/api/"],
    ["hooks.slack.com", "https://slack.com/api/"],
  ])("refuses %s beside %s", (responseUrl, apiUrl) => {
    expect(isResponseUrl(responseUrl, apiUrl)).toBe(false);
  });
});
