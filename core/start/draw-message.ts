import type { JsonObject } from "../domain/json.ts";
import type { DrawMessage } from "../ports/pictures.ts";

/** Render a message as each chat would get it. Their code is loaded with the first one that is asked for. */
export const drawMessage: DrawMessage = async ({ slack, teams }) => {
  const [{ renderMessage }, { renderCard }] = await Promise.all([
    import("../../slack-app/render/message.ts"),
    import("../../teams-app/render/message.ts"),
  ]);
  return { slack: renderMessage(slack) as unknown as JsonObject, teams: renderCard(teams) };
};
