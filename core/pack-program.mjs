// A start read more than 2,000 small files of ours and of the packages, and that took longer than all else in it. So
// what was compiled is packed, with the packages that it imports, into few files that say the same.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Brings machine code of its own, which cannot be packed. */
const apart = [/^libsql$/];

/**
 * What a running hub may still load: parts have names made of their content, and those of an earlier build stay for a
 * while beside the new ones.
 */
const keptMs = 7 * 24 * 3_600_000;

/**
 * Pack `dist/core/main.js` into `dist/core/program`, unless nothing has changed since the last time. Without the packer
 * (a production install) there is nothing to do, and the program runs from the files as they were compiled.
 */
export async function packProgram(dist) {
  const folder = folderIn(dist);
  const entries = {
    main: join(dist, "core", "main.js"),
    // The tests arm it before the program is loaded; it is part of the same whole.
    "fault-point": join(dist, "core", "ports", "fault-point.js"),
  };
  if (isFresh(dist, join(folder, "main.js"))) return;
  const packer = await import("rolldown").catch(() => undefined);
  if (!packer) return unpackProgram(dist);
  const bundle = await packer.rolldown({
    ...{ input: entries, platform: "node", external: apart, logLevel: "silent" },
    // Some packages' files for `require` name their parts in ways that only Node can follow.
    resolve: { mainFields: ["module", "main"] },
  });
  const { output } = await bundle.generate({ format: "esm", chunkFileNames: "[name]-[hash].js" });
  await bundle.close();
  mkdirSync(folder, { recursive: true });
  // The entries last: who starts meanwhile finds the parts of the old one or of the new one.
  for (const part of [...output].sort((one, other) => Number(one.isEntry) - Number(other.isEntry)))
    writeWhole(join(folder, part.fileName), part.code ?? part.source);
  clearAway(folder, new Set(output.map(({ fileName }) => fileName)));
}

/** Let the program run from its files as they were compiled. */
export function unpackProgram(dist) {
  rmSync(folderIn(dist), { recursive: true, force: true });
}

const folderIn = (dist) => join(dist, "core", "program");

/** Whether the packed program is newer than everything that it was made of. */
function isFresh(dist, packed) {
  if (!existsSync(packed)) return false;
  const { mtimeMs } = statSync(packed);
  const installed = join(dirname(dist), "node_modules", ".package-lock.json");
  const parts = ["core", "slack-app", "teams-app"].flatMap((part) =>
    compiledBelow(join(dist, part)),
  );
  return [fileURLToPath(import.meta.url), installed, ...parts].every(
    (path) => !existsSync(path) || statSync(path).mtimeMs < mtimeMs,
  );
}

const compiledBelow = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith(".js") && !/^(program|web\/client)\//.test(path))
    .map((path) => join(folder, path));

function writeWhole(path, content) {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}

function clearAway(folder, current) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!current.has(name) && Date.now() - statSync(path).mtimeMs > keptMs) rmSync(path);
  }
}
