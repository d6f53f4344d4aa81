import type { RequestHandler } from "express";
import type { Scope } from "../../domain/producer.ts";

/** What the routes of the API share. */
export interface ApiDoors {
  /** Let in who has one of these scopes, turns left, and a query that the operation takes. */
  readonly allow: (...scopes: readonly Scope[]) => RequestHandler;
  /** Stands behind `allow` on calls that wait when their query asks for it; they end with what let them in. */
  readonly mayWait: RequestHandler;
  /** Stands behind `allow` on streams; they end with what let them in. */
  readonly waits: RequestHandler;
  /** Stands behind `allow` on what the disk's reserve is not for. */
  readonly hasRoom: RequestHandler;
}
