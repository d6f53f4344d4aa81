import type { World } from "./world.ts";

/**
 * A second signal counts only this long after the first: `npm start` gets Ctrl-C from the terminal and passes it on,
 * so that one press arrives twice.
 */
const samePressMs = 500;

/** The presses of Ctrl-C, heard from the very start, so that one during the start stops a hub that has just begun. */
export function listenForSignals(world: World) {
  let stop = () => {};
  let second: Promise<void> = Promise.resolve();
  const first = new Promise<void>((firstCame) => {
    second = new Promise((secondCame) => {
      let firstAt: number | undefined;
      stop = world.onSignal(() => {
        const now = world.now().getTime();
        firstAt ??= now;
        firstCame();
        if (now - firstAt >= samePressMs) secondCame();
      });
    });
  });
  return { first, second, stop };
}
