import type { IncomingHttpHeaders } from "node:http";
import type { RequestHandler } from "express";
import type { Log } from "../ports/log.ts";
import { sendProblem } from "./problem.ts";

const loopbackNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const forwardingHeaders = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];

/** Says why a request may not come by the way it came; undefined where it may. */
export type HostRule = (headers: IncomingHttpHeaders) => string | undefined;

/**
 * Without `PUBLIC_URL`, refuse whoever came by another name than this machine's own, or through a proxy.
 *
 * A tunnel or proxy on the same machine would otherwise make a private trial public, and a web page that rebinds its
 * name to 127.0.0.1 could act as the person at the keyboard.
 */
export function hostRule(publicUrl: string | undefined): HostRule {
  const publicHost = hostOf(publicUrl);
  return (headers) => {
    const host = headers.host ?? "";
    const name = host.replace(/:\d+$/, "").toLowerCase();
    const forwarded = forwardingHeaders.find((header) => headers[header] !== undefined);
    const known =
      loopbackNames.has(name) || host === publicHost || plain(host, publicUrl) === publicHost;
    if (known && (publicUrl !== undefined || !forwarded)) return undefined;
    return known ? `the header ${forwarded}` : `the host name "${host.slice(0, 100)}"`;
  };
}

/** A host without what says nothing: upper case, the root's dot behind the name, and the port that the scheme has anyway. */
function plain(host: string, publicUrl: string | undefined): string {
  const ownPort = publicUrl?.startsWith("https:") ? ":443" : ":80";
  const lower = host.toLowerCase().replace(/\.(?=:\d+$|$)/, "");
  return lower.endsWith(ownPort) ? lower.slice(0, -ownPort.length) : lower;
}

const hostOf = (url: string | undefined) => (url === undefined ? undefined : new URL(url).host);

/** What monitoring asks each process for, by the process's own address: it tells nothing, or takes a token. */
const forMonitoring: ReadonlySet<string> = new Set(["/healthz", "/readyz", "/metrics"]);

/** Answer 421 to whom the host rule refuses. Where others reach the hub, monitoring comes by any name. */
export function guardHost(publicUrl: string | undefined, log: Log): RequestHandler {
  const refusalFor = hostRule(publicUrl);
  return (request, response, next) => {
    const because = refusalFor(request.headers);
    const isMonitoring = publicUrl !== undefined && forMonitoring.has(request.path);
    if (because === undefined || isMonitoring) return next();
    log.write({ kind: "request.refused", door: request.path, status: 421, because });
    sendProblem(response, {
      status: 421,
      code: "host_unknown",
      title: "This hub is not reached by this address",
      detail: `The request came with ${because}; the hub answers to ${hostOf(publicUrl) ?? "localhost and 127.0.0.1"}.`,
      hint: "Set PUBLIC_URL to the address that people use, and start the hub again.",
    });
  };
}
