// A receiver of Countersign's callbacks, to copy from: Node 20 or newer, `npm install standardwebhooks`, and
//   WEBHOOK_SECRET=whsec_… npx tsx receiver.ts
// It takes what is signed with your producer's secret, refuses what is older than five minutes or was changed on the
// way, and does each decision once, however often it is told. The hub waits ten seconds for the whole answer and then
// calls again; what you do may take longer.
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { Webhook } from "standardwebhooks";

/** What a callback says; more fields may come, so read only what you use. */
interface Told {
  readonly type: "approval.approved" | "approval.rejected" | `approval.${string}`;
  readonly data: {
    readonly approval: string;
    /** The subject of your event. */
    readonly key: string | null;
    readonly votes: readonly { readonly name: string; readonly choice: string }[];
  };
}

/**
 * Make the receiver. `act` is called once for each callback, also where the hub calls again before it is done; when it
 * throws, the hub calls again later.
 */
export function createReceiver(
  secret: string,
  act: (told: Told) => Promise<void>,
): RequestListener {
  const webhook = new Webhook(secret);
  // Keep in your database which are done: after a restart a repeat must still be known.
  const begun = new Map<string, Promise<void>>();
  return async (request, response) => {
    const answer = (status: number) => void response.writeHead(status).end();
    const headers = request.headers as Readonly<Record<string, string>>;
    let told: Told;
    try {
      // The signature covers the raw bytes: verify before you parse, and never parse and write again.
      told = webhook.verify(await readAll(request), headers) as Told;
    } catch {
      return answer(401);
    }
    const id = headers["webhook-id"] ?? "";
    const acting = begun.get(id) ?? (async () => act(told))();
    begun.set(id, acting);
    try {
      await acting;
      answer(204);
    } catch {
      if (begun.get(id) === acting) begun.delete(id);
      answer(500);
    }
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

const { WEBHOOK_SECRET: secret, PORT: port = "8080" } = process.env;
if (secret !== undefined && process.argv[1]?.includes("receiver")) {
  const receiver = createReceiver(secret, async ({ type, data }) => {
    if (type === "approval.approved") process.stdout.write(`${data.key}: go ahead\n`);
    else process.stdout.write(`${data.key}: ${type}\n`);
  });
  createServer(receiver).listen(Number(port));
}
