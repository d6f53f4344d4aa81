import type { TurnContext } from "botbuilder";
import type { TeamsSettings } from "../../core/ports/platform-settings.ts";
import type { TeamsBot } from "../teams-bot.ts";
import type { Credentials } from "./credentials.ts";
import { type Exchange, recordExchange } from "./wire.ts";

/** What speaking to Teams without being spoken to needs. */
export interface Speaker {
  readonly settings: TeamsSettings;
  readonly bot: TeamsBot;
  readonly credentials: Credentials;
}

/** Where to speak. The caller has checked the host of `serviceUrl`. */
export interface Place {
  readonly workspace: string;
  readonly channel: string;
  readonly serviceUrl: string;
}

/** What came of one call: its value, or the failure beside what the wire saw. */
export interface Spoken<Value> {
  readonly exchange: Exchange;
  readonly value?: Value;
  readonly failure?: unknown;
}

/**
 * Do one thing in a conversation as the bot. Never rejects for what Teams answers: an error inside the turn is kept as
 * `failure` (PLATFORMS 2.5 a). A token that was not taken is dropped.
 */
export async function converse<Value>(
  { settings, bot, credentials }: Speaker,
  place: Place,
  act: (context: TurnContext) => Promise<Value>,
): Promise<Spoken<Value>> {
  let done: Pick<Spoken<Value>, "value" | "failure"> = {};
  const exchange = await recordExchange(() =>
    bot.continueConversationAsync(settings.appId, reference(place, settings), async (context) => {
      try {
        done = { value: await act(context) };
      } catch (failure) {
        done = { failure };
      }
    }),
  );
  const { answer } = exchange;
  if (answer?.kind === "answered" && answer.status === 401) credentials.forget();
  return { exchange, ...done };
}

function reference(place: Place, { appId }: TeamsSettings) {
  return {
    channelId: "msteams",
    serviceUrl: place.serviceUrl,
    bot: { id: `28:${appId}`, name: "" },
    conversation: {
      id: place.channel,
      isGroup: true,
      conversationType: "channel",
      tenantId: place.workspace,
      name: "",
    },
  };
}
