import { isUtf8 } from "node:buffer";

const byteOrderMark = "\ufeff";

/** Read bytes as UTF-8, without the mark that may stand before them. */
export function readUtf8(bytes: Buffer): string {
  refuseOtherThanUtf8(bytes);
  const text = bytes.toString("utf8");
  return text.startsWith(byteOrderMark) ? text.slice(1) : text;
}

/**
 * Throw where bytes are not UTF-8: what came in another charset without its name would be kept, and shown to whoever
 * decides, with signs that nobody wrote.
 */
export function refuseOtherThanUtf8(bytes: Buffer): void {
  if (isUtf8(bytes)) return;
  const message =
    "The body is not UTF-8, as JSON is. Write it in UTF-8, or name its charset in Content-Type.";
  throw Object.assign(new Error(message), { status: 400 });
}
