/** Read a link that a producer wrote. Answers undefined unless it is a whole http or https address, so that no other scheme becomes clickable. */
export function readLink(link: string): URL | undefined {
  if (!URL.canParse(link)) return undefined;
  const address = new URL(link);
  return address.protocol === "https:" || address.protocol === "http:" ? address : undefined;
}
