import { parseUrl } from "./parse-url.ts";

/**
 * Tell whether an address lies on one of these hosts: `host` or `host:port` as somebody wrote them, in capitals or with
 * the usual port too.
 */
export const namesHost = (hosts: readonly string[], { protocol, host }: URL): boolean =>
  hosts.some((named) => parseUrl(`${protocol}//${named}`)?.host === host);
