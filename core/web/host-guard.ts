import type { RequestHandler } from "express";
import type { Log } from "../ports/log.ts";
import { sendProblem } from "./problem.ts";

const loopbackNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const forwardingHeaders = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];

/**
 * Without `PUBLIC_URL`, answer 421 to whoever came by another name than this machine's own, or through a proxy.
 *
 * A tunnel or proxy on the same machine would otherwise make a private trial public, and a web page that rebinds its
 * name to 127.0.0.1 could act as the person at the keyboard.
 */
export function guardHost(publicUrl: string | undefined, log: Log): RequestHandler {
  const publicHost = publicUrl === undefined ? undefined : new URL(publicUrl).host;
  return (request, response, next) => {
    const host = request.headers.host ?? "";
    const name = host.replace(/:\d+$/, "").toLowerCase();
    const forwarded = forwardingHeaders.find((header) => request.headers[header] !== undefined);
    const known = loopbackNames.has(name) || host.toLowerCase() === publicHost;
    if (known && (publicUrl !== undefined || !forwarded)) return next();
    const because = known ? `the header ${forwarded}` : `the host name "${host.slice(0, 100)}"`;
    log.write({ kind: "request.refused", door: request.path, status: 421, because });
    sendProblem(response, {
      status: 421,
      code: "host_unknown",
      title: "This hub is not reached by this address",
      detail: `The request came with ${because}; the hub answers to ${publicHost ?? "localhost and 127.0.0.1"}.`,
      hint: "Set PUBLIC_URL to the address that people use, and start the hub again.",
    });
  };
}
