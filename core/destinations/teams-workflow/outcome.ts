import { isJsonObject } from "../../domain/json.ts";
import type { AnswerRows } from "../call.ts";

/** What a Workflows address answers: Power Automate's codes in JSON. */
export const teamsWorkflowRows: AnswerRows = {
  words: {
    WorkflowNotFound: "reroute",
    WorkflowTriggerIsNotEnabled: "reroute",
    TriggerRequestSchemaValidationFailed: "reject",
    InvalidRequestContent: "reject",
    RequestEntityTooLarge: "shorten",
  },
  statuses: { 413: "shorten" },
};

/** The code in `{"error":{"code":"WorkflowNotFound", …}}`. */
export function workflowWord(text: string): string | undefined {
  try {
    const said: unknown = JSON.parse(text);
    const error = isJsonObject(said) ? said["error"] : undefined;
    const code = isJsonObject(error) ? error["code"] : undefined;
    return typeof code === "string" ? code : undefined;
  } catch {
    return undefined;
  }
}
