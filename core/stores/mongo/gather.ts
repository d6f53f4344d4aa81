import { setImmediate as nextTurn } from "node:timers/promises";

/** What comes while a question is on its way waits for its end to share the next one, but no longer than this. */
const longestWaitMs = 100;

/**
 * Make a call that shares one question to the server with others: with every other one of its turn, and of the time in
 * which the question before it was on its way. The many lanes of a process and the parts of a page ask for the same kind
 * of record at the same time; each question costs a way there and back, and each write a wait for the majority.
 *
 * `askAll` answers in the order in which it is asked. When it rejects, all calls that share the question do. A question
 * that hangs holds up nobody for longer than a tenth of a second.
 */
export function gather<Asked, Answer>(
  askAll: (asked: readonly Asked[]) => Promise<readonly Answer[]>,
): (asked: Asked) => Promise<Answer> {
  let waiting: Asked[] = [];
  let answers: Promise<readonly Answer[]> | undefined;
  let underWay = 0;
  let answered: () => void = () => {};
  const turn = async () => {
    await nextTurn();
    if (underWay === 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, longestWaitMs);
      answered = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  };
  const askWaiting = async () => {
    await turn();
    const all = waiting;
    waiting = [];
    answers = undefined;
    underWay += 1;
    try {
      return await askAll(all);
    } finally {
      underWay -= 1;
      if (underWay === 0) answered();
    }
  };
  return async (asked) => {
    const position = waiting.push(asked) - 1;
    answers ??= askWaiting();
    return (await answers)[position] as Answer;
  };
}
