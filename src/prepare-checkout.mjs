/**
 * Makes a fresh clone ready to run: installs the dependencies and builds, each only where something that it depends on has
 * changed since it was last done. Plain JavaScript, because nothing is installed or built yet when it runs.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** The exit code for an environment that does not do. */
const environment = 3;

requireNode(JSON.parse(read('package.json')).engines.node);
const machine = `${process.platform} ${process.arch}`;
const dependencies = hashOf([machine, read('package-lock.json')]);
bringUpToDate('node_modules', dependencies, ['ci', '--no-audit', '--no-fund', '--include=dev']);
const sources = filesBelow('src').filter((file) => file.endsWith('.ts'));
const settings = ['tsconfig.json', 'tsconfig.build.json'];
const built = hashOf([dependencies, ...[...settings, ...sources].flatMap((file) => [file, read(file)])]);
bringUpToDate('dist', built, ['run', '--silent', 'build']);

/** Runs npm where the stamp in `folder` does not say `hash`, and stamps it. The stamp goes when npm makes the folder anew. */
function bringUpToDate(folder, hash, npmParameters) {
  const stamp = join(root, folder, '.prepared');
  if (readIfThere(stamp) === hash) return;
  const npm = spawnSync('npm', npmParameters, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
  if (npm.status !== 0) {
    const why = npm.error === undefined ? '' : `: ${npm.error.message}`;
    console.error(
      `npm ${npmParameters.join(' ')} did not work${why}. Mend what it says above and run the same command again.`,
    );
    process.exit(environment);
  }
  writeFileSync(stamp, hash);
}

function requireNode(range) {
  const [needed, running] = [range, process.version].map((version) => version.match(/\d+/g).map(Number));
  const difference = needed.map((part, index) => (running[index] ?? 0) - part).find((part) => part !== 0) ?? 0;
  if (difference >= 0) return;
  console.error(
    `deployclock needs Node.js ${range}; this is ${process.version}. Install a newer one and run the same command again.`,
  );
  process.exit(environment);
}

function filesBelow(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .flatMap((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [join(folder, entry.name)]));
}

function hashOf(texts) {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex');
}

function read(file) {
  return readFileSync(join(root, file), 'utf8');
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
