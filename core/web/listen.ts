import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { HubError } from "../domain/hub-error.ts";

/** How many ports above the default are tried before giving up. */
const portsTried = 20;

/**
 * Connections that may wait to be accepted. Node's 511 are full as soon as a thousand producers come at once; what comes
 * then is dropped and comes again after a second or more, or finds its connection closed. Linux takes 4096 at most.
 */
const backlog = 4_096;

/** Where to listen. `chosen` says that somebody asked for this very port. */
export interface ListenAt {
  readonly port: number;
  readonly chosen: boolean;
  readonly host: string;
  /** What the port is set by, for the operator; PORT if it is not named. */
  readonly portName?: string;
}

/**
 * Listen, and say on which port.
 *
 * A default port that is taken moves to the next free one; a chosen port never moves, because whoever chose it told
 * others. Rejects with `HubError("cannot_listen")`, whose message is ready for the operator.
 */
export async function listen(
  server: Server,
  { port, chosen, host, portName = "PORT" }: ListenAt,
): Promise<{ readonly port: number; readonly moved: boolean }> {
  const last = chosen || port === 0 ? port : Math.min(port + portsTried, 65_535);
  for (let candidate = port; candidate <= last; candidate += 1) {
    const failure = await tryListening(server, candidate, host);
    if (!failure) {
      const bound = (server.address() as AddressInfo).port;
      return { port: bound, moved: port !== 0 && bound !== port };
    }
    if (failure.code !== "EADDRINUSE") throw cannotListen(candidate, host, portName, failure);
  }
  const asked = last === port ? `Port ${port}` : `Every port from ${port} to ${last}`;
  throw new HubError(
    "cannot_listen",
    `${asked} is taken on ${host}. Stop the program that holds it, or set ${portName} to a free one.`,
  );
}

function tryListening(
  server: Server,
  port: number,
  host: string,
): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const settle = (failure?: Error) => {
      server.off("error", settle).off("listening", settle);
      resolve(failure);
    };
    server.once("error", settle).once("listening", settle).listen({ port, host, backlog });
  });
}

function cannotListen(
  port: number,
  host: string,
  portName: string,
  cause: NodeJS.ErrnoException,
): HubError {
  return new HubError("cannot_listen", reasonOf(port, host, portName, cause), { cause });
}

function reasonOf(
  port: number,
  host: string,
  portName: string,
  { code }: NodeJS.ErrnoException,
): string {
  switch (code) {
    case "EACCES":
      return `This user may not listen on port ${port}. Set ${portName} to one above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOST is ${host}, which is no address of this machine. Set it to one that is, or leave it out for 127.0.0.1.`;
    default:
      return `Cannot listen on ${host}, port ${port} (${code ?? "unknown reason"}). Set HOST and ${portName} to an address that is free.`;
  }
}
