// The Nu HTML checker over every page, style sheet and picture: it must have nothing at all to say.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const rules = ['error', 'warning', 'info', 'css', 'svg'];

const BATCH = 400;
const run = promisify(execFile);

export async function gate(site, { log }) {
  const files = [...site.files].filter((file) => /\.(html|css|svg)$/.test(file));
  for (let from = 0; from < files.length; from += BATCH) {
    await batch(site.root, files.slice(from, from + BATCH), log);
  }
}

// Files, not addresses: the checker refuses those of the own machine.
async function batch(root, files, log) {
  const jar = path.join(path.dirname(createRequire(import.meta.url).resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
  const options = ['--stdout', '--exit-zero-always', '--format', 'json', '--also-check-css', '--also-check-svg'];
  const { stdout } = await run('java', ['-Xss8m', '-jar', jar, ...options, ...files.map((file) => path.join(root, file))], {
    maxBuffer: 2 ** 28,
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  const { messages } = JSON.parse(stdout);
  const spoken = new Set(messages.map((message) => inSite(root, message)));
  for (const file of files.filter((file) => !spoken.has(file))) log.check('error', file, []);
  for (const message of messages) log.check(ruleOf(message), inSite(root, message), [message.message]);
}

function inSite(root, message) {
  return message.url ? path.relative(root, fileURLToPath(message.url)) : '(no file)';
}

function ruleOf(message) {
  if (message.message.startsWith('CSS:') || message.url?.endsWith('.css')) return 'css';
  if (message.url?.endsWith('.svg')) return 'svg';
  return message.type === 'info' ? (message.subType ?? 'info') : 'error';
}
