// A real `polku serve` over a copy of the example handbook, and pages of it in a browser. Shared by all tests of
// editing.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const PROGRAM = path.resolve(import.meta.dirname, '../../../target/debug/polku');
const ROOT = path.resolve(import.meta.dirname, '../../..');
// What makes a handbook, and nothing of what makes the program.
const PARTS = ['content', 'site.toml', 'search.toml', 'translations.lock', 'urls.lock'];

// A copy that may be written to; `remove` takes it away.
export function copyHandbook(from = ROOT) {
  const root = mkdtempSync(path.join(tmpdir(), 'polku-editing-'));
  for (const part of readdirSync(from).filter((name) => PARTS.includes(name))) {
    cpSync(path.join(from, part), path.join(root, part), { recursive: true });
  }
  return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}

// Starts the program; `start` is the address it told, `origin` that without the path, `open(browser, path)` a page.
export async function startServer({ root, program = PROGRAM, today = '2026-07-01', more = [] } = {}) {
  const handbook = root ? { root, remove: () => {} } : copyHandbook();
  const child = spawn(program, ['serve', '--root', handbook.root, '--today', today, ...more], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => { child.once('exit', done); });
  const heard = { start: await told(child) };
  // A start address opens one browser; the program tells the next one.
  child.stdout.on('data', (chunk) => { heard.start = String(chunk).match(/http:\/\/\S+token=\S+/)?.[0] ?? heard.start; });
  const { start } = heard;
  const origin = new URL(start).origin;
  return {
    root: handbook.root, start, origin,
    // The first file of the content in which words stand.
    find: (words) => files(path.join(handbook.root, 'content')).find((file) => readFileSync(file, 'utf8').includes(words))?.slice(handbook.root.length + 1),
    read: (file) => readFileSync(path.join(handbook.root, file), 'utf8'),
    write: (file, text) => write(handbook.root, file, text),
    open: (browser, file, options) => openPage(browser, { heard, origin }, file, options),
    ended,
    kill: () => (child.kill(), ended),
    async stop() {
      child.kill();
      await ended;
      handbook.remove();
    },
  };
}

// Writes a file as an editor does: in one step. One that is written where it stands is empty for a moment.
function write(root, file, text) {
  const beside = path.join(root, '.written');
  writeFileSync(beside, text);
  renameSync(beside, path.join(root, file));
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(toml|md)$/.test(entry.name)).map((entry) => path.join(entry.parentPath, entry.name));
}

function told(child) {
  return new Promise((done, refused) => {
    let said = '';
    child.once('exit', (code) => refused(new Error(`polku ended with ${code}: ${said}`)));
    child.stdout.on('data', (chunk) => {
      said += chunk;
      const address = said.match(/http:\/\/\S+/)?.[0];
      if (address && said.includes('\n')) done(address);
    });
  });
}

// A page as the user gets it: the address that the program told is opened first, because it carries the key to
// all others. `page.heard` gathers what went wrong in it.
async function openPage(browser, { heard, origin }, file, { prepare, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.heard = [];
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.heard.push(message.text()));
  page.on('pageerror', (error) => page.heard.push(String(error)));
  await prepare?.(page);
  const { start } = heard;
  await page.goto(start);
  for (let tries = 0; heard.start === start && start.includes('token=') && tries < 100; tries++) await page.waitForTimeout(20);
  if (file) await page.goto(origin + file);
  await ready(page);
  return page;
}

export function ready(page) {
  return page.waitForSelector('.pke-bar', { state: 'attached' });
}
