import type { AddressInfo } from "node:net";
import express from "express";

/** The least that an Express app does with an event: read the JSON, answer 202, keep nothing. */
const app = express();
app.use(express.json());
app.post("/v1/events", (request, response) => {
  const { type } = request.body as { readonly type: string };
  response.status(202).json({ id: "evt_0", status: "accepted", type });
});
const server = app.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(
    `${JSON.stringify({ url: `http://127.0.0.1:${port}/v1/events`, key: "none" })}\n`,
  );
});
