/** The oldest Node that runs Countersign, as `engines` in package.json says it too. */
export const oldestNode = "20.19.0";

/**
 * Say what is wrong with this version of Node, or nothing. Plain old JavaScript: versions that are too old read it.
 * @param {string} version as in `process.versions.node`
 * @returns {string | undefined}
 */
export function nodeComplaint(version) {
  const numbers = (text) => text.split(".").map((part) => Number.parseInt(part, 10));
  const [major, minor] = numbers(version);
  const [leastMajor, leastMinor] = numbers(oldestNode);
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return undefined;
  return `Countersign needs Node ${leastMajor}.${leastMinor} or newer, and this is Node ${version}. Install a newer one from https://nodejs.org and try again.`;
}
