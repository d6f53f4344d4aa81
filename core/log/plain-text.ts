/**
 * Make a text from outside safe to print: no escape sequences, no line breaks, nothing invisible.
 *
 * Event texts come from producers; one that carried a terminal's control signs could rewrite what stands above it.
 */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, "�");
}

/** Cut a text to a width in characters, the last one an ellipsis when something is missing. */
export function cutTo(text: string, width: number): string {
  const signs = [...text];
  return signs.length <= width ? text : `${signs.slice(0, width - 1).join("")}…`;
}

/** Fill a text up to a width in characters; one that is longer is cut. */
export function column(text: string, width: number): string {
  const cut = cutTo(text, width);
  return cut + " ".repeat(width - [...cut].length);
}

/** Lay rows out as a table, each column as wide as its widest cell, two blanks apart. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => [...(row[at] ?? "")].length)),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => column(cell, widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
