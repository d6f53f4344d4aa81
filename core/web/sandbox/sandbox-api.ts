import express, { type RequestHandler, type Router } from "express";
import { createSandboxChanges } from "./changes.ts";
import * as doing from "./doing.ts";
import { readCallbacks, readMessages, readState, streamChanges } from "./reading.ts";
import type { SandboxApiDeps } from "./sandbox-deps.ts";
import { addWorkspaceLife } from "./workspace-life.ts";

/** The sandbox's own API under `/sandbox/api`, for the page, for tests, and for customers' CI. */
export function sandboxApi(deps: SandboxApiDeps, allow: RequestHandler): Router {
  const router = express.Router();
  const changes = createSandboxChanges(deps);
  router.use(express.text({ type: () => true, limit: "1mb", defaultCharset: "utf-8" }), allow);
  router.get("/state", (_request, response) => void response.json(readState(deps)));
  router.get("/stream", (_request, response) => streamChanges(changes, response));
  router.get("/messages", (request, response) => readMessages(deps, changes, request, response));
  router.get("/callbacks", (request, response) => readCallbacks(deps, changes, request, response));
  router.delete("/messages", (request, response) => doing.clearMessages(deps, request, response));
  router.delete("/chaos", (request, response) => doing.endChaos(deps, request, response));
  const posts = {
    click: doing.click,
    refresh: doing.refresh,
    submit: doing.submit,
    say: doing.say,
    delete: doing.remove,
    chaos: doing.setChaos,
    clock: doing.moveClock,
    send: doing.send,
    reset: doing.reset,
  };
  for (const [name, step] of Object.entries(posts)) {
    router.post(`/${name}`, (request, response) => step(deps, request, response));
  }
  addWorkspaceLife(router, deps);
  return router;
}
