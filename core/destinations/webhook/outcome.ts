import type { AnswerRows } from "../call.ts";

/**
 * What a receiver's answer means. 2xx is taken. What it will never take is rejected and can be sent again by hand; an
 * address that takes nothing is broken, and what waits for it is held; all else is tried again for 24 hours.
 */
export const webhookRows: AnswerRows = {
  words: {},
  statuses: {
    400: "reject",
    409: "reject",
    413: "reject",
    415: "reject",
    422: "reject",
  },
};
