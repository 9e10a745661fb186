// node run.mjs POLKU HANDBOOK
//
// What an editor tells: the language server Taplo, with the schemas that `polku schema` makes. Every file of the
// handbook is taken, and each mistake of this folder is told in the line that says `# here`.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [polku, handbook] = process.argv.slice(2);
if (!handbook) {
  console.error('usage: node run.mjs POLKU HANDBOOK');
  process.exit(2);
}
const here = import.meta.dirname;
const taplo = path.join(here, '../node_modules/@taplo/cli/dist/cli.js');
const work = mkdtempSync(path.join(tmpdir(), 'polku-editor-'));
const faults = [];
let passed = 0;

execFileSync(polku, ['schema', '--root', handbook, '--out', work]);
const sorts = ['content', 'site', 'search'];
// Taplo looks for files below the folder it is in.
cpSync(path.join(handbook, 'content'), path.join(work, 'content'), { recursive: true });
for (const sort of ['site', 'search']) cpSync(path.join(handbook, `${sort}.toml`), path.join(work, `${sort}.toml`));
const whole = readdirSync(path.join(work, 'content'), { recursive: true }).filter((name) => name.endsWith('.toml'));
const told = new Map(sorts.map((sort) => [sort, lint(sort, sort === 'content' ? whole.map((name) => `content/${name}`) : [`${sort}.toml`])]));
for (const [sort, places] of told) check(`the files of ${sort}`, [...places.keys()].map((place) => `${place} is not taken`));

const mistakes = readdirSync(here).filter((name) => name.endsWith('.toml'));
for (const name of mistakes) cpSync(path.join(here, name), path.join(work, name));
for (const sort of sorts) {
  const own = mistakes.filter((name) => name.startsWith(sort));
  const places = lint(sort, own);
  for (const name of own) {
    const line = readFileSync(path.join(here, name), 'utf8').split('\n').findIndex((text) => text.includes('# here')) + 1;
    check(name, places.has(`${name}:${line}`) ? [] : [`nothing is told in line ${line}`]);
  }
}
rmSync(work, { recursive: true });
for (const fault of faults) console.log(fault);
console.log(`editor  ${whole.length + 2} files, ${mistakes.length} mistakes: ${passed} passed, ${faults.length} failed`);
process.exitCode = faults.length ? 1 : 0;

// The places that are told, as FILE:LINE.
function lint(sort, files) {
  const schema = pathToFileURL(path.join(work, `${sort}.schema.json`)).href;
  const { stderr, error } = spawnSync(process.execPath, [taplo, 'lint', '--no-auto-config', '--schema', schema, ...files], {
    cwd: work,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (error || !stderr.includes(`total=${files.length}`)) throw error ?? new Error(stderr);
  const found = stderr.matchAll(/┌─ (.*):(\d+):\d+$/gm);
  return new Map([...found].map(([, file, line]) => [`${path.relative(work, path.resolve(work, file))}:${line}`, true]));
}

function check(name, found) {
  if (found.length) faults.push(...found.map((fault) => `  ${name}: ${fault}`));
  else passed += 1;
}
