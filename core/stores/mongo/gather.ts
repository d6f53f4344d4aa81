import { setImmediate as nextTurn } from "node:timers/promises";

/**
 * Make a call that shares one question to the server with every other one of its turn. The many lanes of a process and
 * the parts of a page ask for the same kind of record at the same time, and each question costs a way there and back.
 *
 * `askAll` answers in the order in which it is asked. When it rejects, all calls of that turn do.
 */
export function gather<Asked, Answer>(
  askAll: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
): (asked: Asked) => Promise<Answer> {
  let waiting: Asked[] = [];
  let answers: Promise<readonly Answer[]> | undefined;
  const askWaiting = async () => {
    await nextTurn();
    const all = waiting;
    waiting = [];
    answers = undefined;
    return askAll(all);
  };
  return async (asked) => {
    const position = waiting.push(asked) - 1;
    answers ??= askWaiting();
    return (await answers)[position] as Answer;
  };
}
