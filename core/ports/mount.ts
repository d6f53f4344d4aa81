import type { IncomingMessage, ServerResponse } from "node:http";

/** A piece of HTTP that a part of the hub answers itself, body and all, under one path. */
export interface Mount {
  /** The whole path, or a prefix of it; what lies below belongs to the mount too. */
  readonly path: string;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void;
}
