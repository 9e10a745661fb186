// node run.mjs SITE_DIR [--full] [--only GATE,GATE] [--again]
//
// All gates over a built site. Each gate first has to find what was sown in its bad pages, and nothing else: a
// gate that finds nothing there would find nothing anywhere. `--full` takes every page for a sample. `--again`
// leaves the bad pages out, for another site right after the first.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openBrowser } from './browser.mjs';
import { Log } from './log.mjs';
import { readSite, samples } from './site.mjs';

const GATES = ['nu', 'links', 'axe', 'keys', 'csp', 'search', 'tools', 'weight', 'bpmn'];
const SEEDED = path.join(import.meta.dirname, 'seeded');

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { full: { type: 'boolean', default: false }, only: { type: 'string' }, again: { type: 'boolean', default: false } },
});
if (positionals.length !== 1 || !existsSync(path.join(positionals[0], 'index.html'))) {
  console.error('usage: node run.mjs SITE_DIR [--full] [--only GATE,GATE] [--again]; SITE_DIR is a built site');
  process.exit(2);
}
const wanted = values.only?.split(',') ?? GATES;
const gates = await Promise.all(wanted.map(async (name) => ({ name, ...(await import(`./gates/${name}.mjs`)) })));
const browser = await openBrowser();
const total = { passed: 0, failed: 0 };

if (!values.again) await seeded();
await real(readSite(positionals[0]));
await browser.close();
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;

async function seeded() {
  const began = Date.now();
  const blind = new Log();
  for (const { name, gate, rules } of gates) {
    const site = readSite(path.join(SEEDED, name));
    const log = new Log();
    await gate(site, { browser, chosen: site.pages, log });
    const seeds = [...site.files].map((file) => ({ file, finds: sown(path.join(site.root, file)) }));
    for (const { file, finds } of seeds) blind.check(name, file, differences(finds, reaped(log, file, rules)));
    const all = seeds.flatMap(({ finds }) => finds);
    for (const rule of rules) blind.check(name, 'all pages', all.includes(rule) ? [] : [`no bad page for "${rule}"`]);
  }
  tell('seeded', `${gates.length} gates on bad pages`, blind, began);
}

// A bad page says itself what is to be found in it: `finds: RULE; RULE` in a comment. One that says nothing
// is a good page.
function sown(file) {
  const said = readFileSync(file, 'utf8').match(/finds: (.*?) *(?:-->|\*\/)/)?.[1];
  return said?.split('; ') ?? [];
}

function reaped(log, file, rules) {
  const found = log.findings.filter(({ page }) => page === file);
  return [...new Set(found.map(({ rule, mode }) => (rules.includes(rule) ? rule : `${rule} (${mode})`)))];
}

function differences(sown, reaped) {
  return [
    ...sown.filter((rule) => !reaped.includes(rule)).map((rule) => `does not see "${rule}"`),
    ...reaped.filter((rule) => !sown.includes(rule)).map((rule) => `sees "${rule}" where there is none`),
  ];
}

async function real(site) {
  const chosen = values.full ? site.pages : samples(site);
  for (const { name, gate } of gates) {
    const began = Date.now();
    const log = new Log();
    await gate(site, { browser, chosen, log });
    tell(name, `${site.pages.length} pages, ${chosen.length} in all modes`, log, began);
  }
}

function tell(name, over, log, began) {
  total.passed += log.passed;
  total.failed += log.failed;
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${name.padEnd(7)} ${over}: ${log.passed} passed, ${log.failed} failed (${seconds} s)`);
  for (const line of log.lines()) console.log(line);
}
