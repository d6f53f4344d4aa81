import { account } from "./german/account.ts";
import { frame } from "./german/frame.ts";

/** What the pages say, by its English. Each file below `german/` holds one part of the console. */
export const german: Readonly<Record<string, string>> = { ...account, ...frame };
