import { describe, expect, it } from "vitest";
import { isServiceHost } from "../../../teams-app/outbound/hosts.ts";

const hosts = ["smba.trafficmanager.net", "*.botframework.us", "localhost:3000"];

describe("isServiceHost", () => {
  it.each([
    "https://smba.trafficmanager.net/emea/",
    "https://SMBA.trafficmanager.net/teams/",
    "https://gov.botframework.us/",
    "http://localhost:3000/sandbox/teams/connector/emea/",
  ])("lets %s pass", (url) => {
    expect(isServiceHost(url, hosts)).toBe(true);
  });

  it.each([
    "",
    "smba.trafficmanager.net",
    "http://smba.trafficmanager.net/",
    "https://smba.trafficmanager.net:8443/",
    "https://smba.trafficmanager.net.evil.example/",
    "https://evil.example/smba.trafficmanager.net",
    "https://smba.trafficmanager.net@evil.example/",
    "https://user:secret@smba.trafficmanager.net/",
    "https://botframework.us/",
    "https://evilbotframework.us/",
    "http://localhost:3001/",
    "ftp://localhost:3000/",
    "http://169.254.169.254/",
  ])("stops %j", (url) => {
    expect(isServiceHost(url, hosts)).toBe(false);
  });
});
