import type { CheckPicture } from "../ports/pictures.ts";

/** Check what is sent to a chat by that chat's own rules. Their code is loaded with the first message that is looked at. */
export const checkPicture: CheckPicture = async (chat, sent) => {
  if (chat === "teams") {
    const { teamsMistakes } = await import("../../teams-app/outbound/limits/mistakes.ts");
    return teamsMistakes(sent);
  }
  const { slackMistakes } = await import("../../slack-app/outbound/limits/mistakes.ts");
  const { text, blocks } = sent;
  return slackMistakes({
    text: typeof text === "string" ? text : "",
    ...(Array.isArray(blocks) ? { blocks } : {}),
  });
};
