/**
 * What a fresh clone needs before anything runs: dependencies installed from the lock file, and (for `start`) a build.
 * Plain JavaScript on the host's Node (20 or later); everything after it runs on the pinned Node in node_modules.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const installStamp = join(root, 'node_modules', '.querent-install');
const buildStamp = join(root, 'dist', '.querent-build');

/** The pinned Node of the project; `null` before the installation. */
export const pinnedNode = () => {
  const path = join(root, 'node_modules', 'node', 'bin', 'node');
  return existsSync(path) ? path : null;
};

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** Shows one line that keeps moving on a terminal, and plain lines elsewhere. */
function progress(label) {
  const started = Date.now();
  const seconds = () => `${Math.round((Date.now() - started) / 1000)} s`;
  if (!process.stderr.isTTY) {
    process.stderr.write(`${label} …\n`);
    const timer = setInterval(() => process.stderr.write(`${label} … ${seconds()}\n`), 10_000);
    return (word) => {
      clearInterval(timer);
      process.stderr.write(`${label} ${word} (${seconds()})\n`);
    };
  }
  const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
  let at = 0;
  const timer = setInterval(
    () => process.stderr.write(`\r${frames[at++ % frames.length]} ${label} … ${seconds()} `),
    100,
  );
  return (word) => {
    clearInterval(timer);
    process.stderr.write(`\r\u001b[2K${label} ${word} (${seconds()})\n`);
  };
}

/** Runs a quiet command; its output is shown only when it fails. */
function run(label, command, args) {
  const done = progress(label);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = [];
    child.stdout.on('data', (data) => output.push(data));
    child.stderr.on('data', (data) => output.push(data));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) {
        done('done');
        resolve();
      } else {
        done('failed');
        reject(new Error(`${label} failed (exit ${code}):\n${Buffer.concat(output).toString().trimEnd()}`));
      }
    });
  });
}

function newestChange(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) newest = Math.max(newest, statSync(join(entry.parentPath ?? entry.path, entry.name)).mtimeMs);
  }
  return newest;
}

/** Installs the dependencies when the lock file is not the one that was installed last. */
export async function ensureInstalled() {
  if (existsSync(installStamp) && pinnedNode() && readFileSync(installStamp, 'utf8') === lockHash()) return;
  const npm = process.env.npm_execpath;
  // Not `npm ci`: it refuses a lock file that lacks other platforms' optional binaries.
  const args = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  await run(
    'Installing dependencies',
    npm ? process.execPath : process.platform === 'win32' ? 'npm.cmd' : 'npm',
    npm ? [npm, ...args] : args,
  );
  writeFileSync(installStamp, lockHash());
}

/** Compiles `src/` to `dist/` when a source file is newer than the last build. */
export async function ensureBuilt({ force = false } = {}) {
  const changed = Math.max(
    newestChange(join(root, 'src')),
    statSync(join(root, 'tsconfig.build.json')).mtimeMs,
    statSync(join(root, 'package-lock.json')).mtimeMs,
  );
  if (!force && existsSync(buildStamp) && Number(readFileSync(buildStamp, 'utf8')) >= changed) return;
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const node = pinnedNode() ?? process.execPath;
  await run('Building', node, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json']);
  copyAssets();
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, String(changed));
}

/** Everything under `src/` that is not TypeScript (migrations, weights, lexicons, templates) goes along as it is. */
function copyAssets() {
  const from = join(root, 'src');
  for (const entry of readdirSync(from, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile() || entry.name.endsWith('.ts') || entry.name === 'README.md') continue;
    const source = join(entry.parentPath ?? entry.path, entry.name);
    const target = join(root, 'dist', source.slice(from.length + 1));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, readFileSync(source));
  }
}

/**
 * Runs a program on the pinned Node in the foreground and ends as it ends. Signals are passed on; the group's own
 * copy of a signal may reach the child too, so the child treats repeats within a moment as one.
 */
export function runForeground(args, env = process.env) {
  const child = spawn(pinnedNode() ?? process.execPath, args, { cwd: root, stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? (signal ? 128 + 15 : 1)));
  });
}
