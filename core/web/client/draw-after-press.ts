/*
 * A press counts only where it ends on the element on which it began. What is drawn again between the two swallows it, so
 * drawing waits for the finger, the mouse or the space bar to come up.
 */

let isPressed = false;
const waiting = new Set<() => void>();

const press = () => {
  isPressed = true;
};

function lift(): void {
  if (!isPressed) return;
  isPressed = false;
  // The click comes in the same turn as the end of the press, and still needs what it was pressed on.
  setTimeout(() => {
    if (isPressed) return;
    const acts = [...waiting];
    waiting.clear();
    for (const act of acts) act();
  });
}

const ifSpace = (act: () => void) => (event: KeyboardEvent) => {
  if (event.key === " ") act();
};

const first = { capture: true, passive: true };
addEventListener("pointerdown", press, first);
addEventListener("pointerup", lift, first);
// The press became a scroll, a drag or a menu, or went on in another window: nothing will be clicked.
addEventListener("pointercancel", lift, first);
addEventListener("contextmenu", lift, first);
addEventListener("keydown", ifSpace(press), first);
addEventListener("keyup", ifSpace(lift), first);
addEventListener("blur", lift);

/** Draw at once, or when what is pressed comes up. Whoever asks twice meanwhile is drawn once. */
export function drawAfterPress(draw: () => void): void {
  if (isPressed) waiting.add(draw);
  else draw();
}
