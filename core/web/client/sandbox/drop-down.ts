/**
 * Let a button open a box under it. The browser closes it on Escape and on a click elsewhere (Popover API), and gives
 * the focus back; where the Popover API is missing the box is shown and hidden by its attribute.
 */
export function dropDown(button: HTMLElement, box: HTMLElement, onOpen: () => void): () => void {
  box.popover = "auto";
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", box.id);
  const place = () => {
    const { left, bottom } = button.getBoundingClientRect();
    const most = document.documentElement.clientWidth - box.offsetWidth - 8;
    box.style.left = `${Math.max(8, Math.min(left, most))}px`;
    box.style.top = `${bottom + 6}px`;
  };
  button.addEventListener("click", () => {
    onOpen();
    box.togglePopover();
  });
  box.addEventListener("toggle", (event) => {
    const isOpen = (event as ToggleEvent).newState === "open";
    button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) return;
    place();
    (
      box.querySelector<HTMLElement>('[aria-checked="true"]') ??
      box.querySelector<HTMLElement>("button, select, input")
    )?.focus();
  });
  addEventListener("resize", () => {
    if (box.matches(":popover-open")) place();
  });
  return () => box.hidePopover();
}
