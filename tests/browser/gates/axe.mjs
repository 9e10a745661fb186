// axe over every page in one mode and over every kind of page in all; what axe does not see is measured
// beside it: pages that scroll sideways, cut text, faint drawings, errors on the console.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileUrl, inTabs } from '../browser.mjs';
import { install } from '../inpage.mjs';

const MODES = ['light', 'dark'].flatMap((scheme) => [1280, 320].map((width) => ({ scheme, width, name: `${scheme} ${width}` })));
const MEASURES = { sideways: 'sideways', 'cut off': 'cutOff', 'faint drawing': 'faint' };
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'EN-301-549'];

export const rules = [...MODES.map(({ name }) => `axe (${name})`), ...Object.keys(MEASURES), 'console'];

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function gate(site, { browser, chosen, log }) {
  const inAllModes = new Set(chosen);
  const jobs = site.pages.flatMap((page) => MODES.slice(0, inAllModes.has(page) ? undefined : 1).map((mode) => ({ page, mode })));
  await inTabs(browser, {}, jobs, log, (tab, job) => look(site, tab, job, log));
}

async function look(site, { page, heard }, { page: { path }, mode }, log) {
  await page.emulateMedia({ colorScheme: mode.scheme });
  await page.setViewportSize({ width: mode.width, height: 800 });
  await page.goto(fileUrl(site.root, path));
  await page.evaluate(install);
  for (const [rule, measure] of Object.entries(MEASURES)) {
    log.check(rule, path, await page.evaluate((name) => polkuChecks[name](), measure), mode.name);
  }
  await page.evaluate(source);
  log.check('axe', path, (await page.evaluate(violations, TAGS)).map(inWords), mode.name);
  log.check('console', path, heard.take().errors, mode.name);
}

// `preload` would fetch style sheets by XHR, which `file:` refuses.
async function violations(tags) {
  const { violations } = await axe.run({ runOnly: tags, preload: false, resultTypes: ['violations'] });
  return violations.flatMap(({ id, impact, help, nodes }) => nodes.map((node) => ({ id, impact, help, at: node.target.join(' ') })));
}

// Numbers, ids and addresses in a selector differ from place to place, the fault does not.
function inWords({ id, impact, help, at }) {
  const alike = at.replace(/:nth-child\(\d+\)/g, '').replace(/#[\w-]+(?= )/g, '#…').replace(/\[(\w+)[~^$*|]?="[^"]*"\]/g, '[$1]');
  return `${id} (${impact}) ${help}: ${alike}`;
}
