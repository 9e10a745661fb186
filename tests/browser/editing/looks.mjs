// How every state of the shell looks to axe and to a measure: light and dark, wide and narrow, in both languages,
// and how soon a change is seen.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { install } from '../inpage.mjs';
import { startServer } from './server.mjs';


const MODES = ['light', 'dark'].flatMap((scheme) => [1280, 320].map((width) => ({ scheme, width, name: `${scheme} ${width}` })));
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'EN-301-549'];
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MISTAKES = '\n[role.uusi-rooli]\nnmae.fi = "Uusi rooli"\n';
// A change of a file to the change on the page, with the watch of the file in it.
const SOON = 1500;

const STATES = {
  bar: async () => {},
  editing: async (page) => { await page.keyboard.press('Alt+e'); },
  findings: async (page) => {
    await page.locator('.pke-found').click();
    await page.waitForSelector('.pke-findings');
  },
  form: async (page) => {
    await page.evaluate(() => window.polku.open('role/sosiaalityontekija.name'));
    await page.waitForSelector('.pke-body form');
  },
  texts: async (page) => { await page.evaluate(() => window.polku.texts()); },
  new: async (page) => { await page.evaluate(() => window.polku.choose()); },
  menu: async (page) => {
    await page.locator('.pke-more').click();
    await page.waitForSelector('.pke-menu:popover-open');
  },
  history: async (page) => {
    await page.evaluate(() => window.polku.history());
    await page.waitForSelector('.pke-history, .pke-body p');
  },
  dashboard: async (page) => {
    await page.goto(`${new URL(page.url()).origin}/_polku/dashboard?lang=${await page.evaluate(() => document.documentElement.lang)}`);
    await page.waitForSelector('.pke-found');
  },
};

export async function check(browser, log, options = {}) {
  const server = await startServer(options);
  try {
    server.write('content/uusi.toml', MISTAKES);
    for (const mode of MODES) await looks({ server, browser, log, options, mode });
    await soon({ server, browser, log, options });
  } finally {
    await server.stop();
  }
}

async function looks({ server, browser, log, options, mode }) {
  const context = { ...options, viewport: { width: mode.width, height: 800 }, colorScheme: mode.scheme, reducedMotion: 'reduce' };
  const page = await server.open(browser, null, { ...context, prepare: async (page) => { await options.prepare?.(page); } });
  page.setDefaultTimeout(10_000);
  for (const [name, show] of Object.entries(STATES)) {
    const lang = name.length % 2 ? 'sv/roller' : 'fi/roolit';
    await page.goto(`${server.origin}/${lang}/index.html`);
    await page.waitForFunction(() => /\d/.test(document.querySelector('.pke-found')?.textContent ?? ''));
    await page.evaluate(() => localStorage.clear());
    await show(page);
    // Words that fade away do not count.
    await page.waitForTimeout(150);
    if (process.env.PICTURES) await page.screenshot({ path: path.join(process.env.PICTURES, `${name}-${mode.scheme}-${mode.width}.png`) });
    await page.evaluate(install);
    log.check('sideways', name, await page.evaluate(() => polkuChecks.sideways()), mode.name);
    await page.evaluate(source);
    log.check('axe', name, await page.evaluate(violations, TAGS), mode.name);
  }
  log.check('console', 'all states', page.heard, mode.name);
  await page.context().close();
}

async function violations(tags) {
  const { violations } = await axe.run({ runOnly: tags, preload: false, resultTypes: ['violations'] });
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target.join(' ').replace(/:nth-child\(\d+\)/g, '')}`));
}

// What the browser itself needs, from the word that there is something new to what is seen; and the whole way from
// the file.
async function soon({ server, browser, log, options }) {
  const page = await server.open(browser, '/fi/sanasto.html', options);
  await page.waitForSelector('.pke-found');
  await page.evaluate(() => {
    window.taken = [];
    let told;
    window.polku.on('revision', () => { told ??= performance.now(); });
    window.polku.on('changed', () => { window.taken.push(performance.now() - told); told = undefined; });
  });
  const file = 'content/sanasto.toml';
  const text = server.read(file);
  const whole = [];
  for (let at = 0; at < 12; at++) {
    const began = performance.now();
    server.write(file, text.replace('definition.fi = "', `definition.fi = "KERTA${at}. `));
    await page.waitForFunction((at) => document.querySelector('main').textContent.includes(`KERTA${at}.`), at, { polling: 'raf' });
    whole.push(performance.now() - began);
  }
  const taken = await page.evaluate(() => window.taken);
  const worst = (list) => Math.round(list.toSorted((a, b) => a - b)[Math.floor(list.length * 0.95)] ?? 0);
  console.log(`        told to seen ${worst(taken)} ms, file to seen ${worst(whole)} ms (95 of 100, a debug program unless told otherwise)`);
  log.check('soon', 'sanasto', worst(whole) < SOON ? [] : [`${worst(whole)} ms`]);
  await page.context().close();
}
