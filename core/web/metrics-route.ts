import { createHash, timingSafeEqual } from "node:crypto";
import { BlockList } from "node:net";
import type { Request, RequestHandler } from "express";
import type { Problem } from "../domain/problem.ts";
import { sendProblem } from "./problem.ts";

/** What `/metrics` answers with, and to whom. */
export interface MetricsDoor {
  readonly scrape: () => Promise<{ readonly contentType: string; readonly text: string }>;
  /** METRICS_TOKEN. */
  readonly token?: string;
}

/**
 * Answer Prometheus (SURFACE §2).
 *
 * With a token: whoever bears it. Without one: callers of this machine alone, and only while no PUBLIC_URL says that
 * others reach the hub. Who calls is read from the connection; a header that a proxy adds shuts the door.
 */
export function answerMetrics(door: MetricsDoor, publicUrl: string | undefined): RequestHandler {
  return async (request, response) => {
    const refusal = refusalFor(request, door.token, publicUrl);
    if (refusal) return sendProblem(response, refusal);
    const { contentType, text } = await door.scrape();
    response.setHeader("cache-control", "no-store");
    response.setHeader("content-type", contentType);
    response.end(text);
  };
}

function refusalFor(
  request: Request,
  token: string | undefined,
  publicUrl: string | undefined,
): Problem | undefined {
  if (token !== undefined) return bears(request, token) ? undefined : tokenMissing;
  return publicUrl === undefined && isFromHere(request) ? undefined : closed;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");
loopback.addSubnet("::ffff:127.0.0.0", 104, "ipv6");

const forwarding = /^(forwarded|x-forwarded-|x-real-ip$|via$)/;

function isFromHere({ socket, headers }: Request): boolean {
  const { remoteAddress, remoteFamily } = socket;
  if (remoteAddress === undefined || Object.keys(headers).some((name) => forwarding.test(name)))
    return false;
  return loopback.check(remoteAddress, remoteFamily === "IPv6" ? "ipv6" : "ipv4");
}

const digest = (text: string) => createHash("sha256").update(text).digest();

function bears({ headers }: Request, token: string): boolean {
  const given = /^Bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(given), digest(token));
}

const tokenMissing: Problem = {
  status: 401,
  code: "metrics_token",
  title: "The metrics need their token",
  detail: "The Authorization header does not bear the METRICS_TOKEN of this hub.",
  hint: "Send the header: Authorization: Bearer … with the value of METRICS_TOKEN.",
};

const closed: Problem = {
  status: 403,
  code: "metrics_closed",
  title: "The metrics are closed",
  detail:
    "Without METRICS_TOKEN they are for callers of the hub's own machine, and only while PUBLIC_URL is not set.",
  hint: "Set METRICS_TOKEN, start the hub again, and send the token as a bearer token.",
};
