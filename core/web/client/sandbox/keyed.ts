interface Kept {
  readonly signature: string;
  readonly node: HTMLElement;
}

const drawn = new WeakMap<Element, Map<string, Kept>>();

interface Drawing<Item> {
  readonly key: (item: Item) => string;
  /** What the drawing depends on: while it stays the same, the drawn node stays too, with all that was typed in it. */
  readonly signature: (item: Item) => string;
  /** Draw one; `redrawn` tells that another drawing of it stood there before. */
  readonly draw: (item: Item, redrawn: boolean) => HTMLElement;
}

/** Show a list inside an element that holds nothing else. */
export function drawList<Item>(
  parent: Element,
  items: readonly Item[],
  { key, signature, draw }: Drawing<Item>,
): void {
  const before = drawn.get(parent) ?? new Map<string, Kept>();
  const after = new Map<string, Kept>();
  for (const item of items) {
    const kept = before.get(key(item));
    const now = signature(item);
    const stays = kept?.signature === now;
    after.set(key(item), stays ? kept : { signature: now, node: draw(item, kept !== undefined) });
  }
  drawn.set(parent, after);
  const nodes = [...after.values()].map(({ node }) => node);
  for (const child of [...parent.children]) {
    if (!nodes.includes(child as HTMLElement)) child.remove();
  }
  for (const [index, node] of nodes.entries()) {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  }
}
