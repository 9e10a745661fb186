// The search in use: opened, typed into, walked through and closed by the keyboard, on a strict host and from a
// folder; with an index that does not come, with passages that come late, and with queries that mean harm.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileUrl, inTabs } from '../browser.mjs';
import { install } from '../inpage.mjs';
import { serve } from '../server.mjs';

export const rules = [
  'opens', 'returns', 'finds', 'arrows', 'enter', 'announced', 'address', 'filter', 'failing index', 'interpreted',
  'jumps', 'console', 'from a folder', 'axe', 'room', 'paper', 'single key',
];

const HITS = '[data-pk-hits] a';
const FIELD = '[data-pk-find] input[type=search]';
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 640 };
// After so many milliseconds without a key everything has been told and shown.
const REST = 1_000;
// So long is waited for a hit.
const PATIENCE = 3_000;
// Most of the time is spent waiting for what must not come.
const TABS = 5;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'EN-301-549'];

// What a reader may paste, and what somebody may try. Nothing of it is ever an element, a property or a pattern.
const HOSTILE = [
  '<img src=x onerror="polkuHarm=1">', '"><script>polkuHarm=1</script>', '__proto__', 'constructor', 'hasOwnProperty',
  '.*+?^${}()|[\\', '\\u0000\\', '%00%ff', '{n} $& $1', '🙂👩‍👩‍👧', '\u202eكتاب עברית', 'a\u0301\u0308', '§§§', 'x'.repeat(10_000), 'ä '.repeat(5_000),
];

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export async function gate(site, { browser, chosen, log }) {
  const jobs = looked(chosen).map((page) => ({ page }));
  const server = await serve(site.root);
  await inTabs(browser, {}, jobs, log, (tab, { page: { path } }) => overHttp(tab, server.url(path), path, log), TABS);
  server.close();
  await inTabs(browser, {}, jobs, log, (tab, { page: { path } }) => fromFolder(tab, fileUrl(site.root, path), path, log), TABS);
}

// The dialog is the same on every page: it is tried once in each language and depth of folders, and so is the
// page of the search.
function looked(pages) {
  const searching = pages.filter((page) => find(page, 'data-pk-search') && find(page, 'data-pk-find'));
  const groups = new Map(searching.map((page) => [groupOf(page), page]));
  return [...groups.values()];
}

function find(page, attr) {
  return page.elements.find(({ attrs }) => attrs[attr] !== undefined);
}

function groupOf(page) {
  const { tag } = find(page, 'data-pk-find');
  return page.folderLang ? `${page.folderLang} ${page.path.split('/').length} ${tag}` : page.path;
}

async function overHttp({ page, heard }, url, path, log) {
  hopeless.delete(page);
  await page.addInitScript(watch);
  await page.setViewportSize(DESK);
  const open = () => page.goto('about:blank').then(() => page.goto(url));
  const checks = { opens, returns, 'single key': singleKey, finds, arrows, announced, address, filter, interpreted, enter };
  for (const [rule, check] of Object.entries(checks)) {
    await open();
    log.check(rule, path, await check(page));
    const violations = await page.evaluate(() => globalThis.polkuViolations);
    log.check('console', path, [...heard.take().errors.map(inWords), ...violations], rule);
  }
  await open();
  log.check('failing index', path, await failingIndex(page, heard));
  for (const viewport of [DESK, PHONE]) {
    await page.setViewportSize(viewport);
    await open();
    log.check('jumps', path, await jumps(page), `${viewport.width} px`);
  }
  heard.take();
}

function inWords(error) {
  return error.replace(/https?:\S+\//g, '');
}

function watch() {
  globalThis.polkuViolations = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    globalThis.polkuViolations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
}

// ---- What is done

async function ask(page, text) {
  await page.keyboard.press('/');
  await page.keyboard.type(text ?? (await example(page)), { delay: 30 });
}

// What the page itself proposes to search.
function example(page) {
  return page.evaluate(() => document.querySelector('[data-pk-ask]').textContent);
}

// Where nothing was found once, that is told; nobody waits as long again.
const hopeless = new WeakSet();

async function found(page) {
  const any = await within(hopeless.has(page) ? 100 : PATIENCE, (timeout) => page.waitForSelector(HITS, { timeout }));
  if (!any) hopeless.add(page);
  return any;
}

// Whether something comes in time.
function within(timeout, wait) {
  return wait(timeout).then(() => true, () => false);
}

// Waits until a condition holds in the page, or has had its time.
function rested(page, condition, arg, time = REST) {
  return within(time, (timeout) => page.waitForFunction(condition, arg, { timeout }));
}

function inField(page) {
  return page.evaluate((field) => document.activeElement?.matches(field) ?? false, FIELD);
}

// Which hit has the focus, from 0; -1 where none has.
function hitInFocus(page) {
  return page.evaluate((hits) => [...document.querySelectorAll(hits)].indexOf(document.activeElement), HITS);
}

function isDialog(page) {
  return page.evaluate(() => document.querySelector('[data-pk-find]').localName === 'dialog');
}

function focus(page, selector) {
  return page.evaluate((at) => document.querySelector(at).focus(), selector);
}

function status(page) {
  return page.evaluate(() => document.querySelector('[data-pk-find] [role=status]').textContent.trim());
}

// ---- What must hold

async function opens(page) {
  const faults = [];
  for (const key of ['/', 'Control+k', 'Meta+k']) {
    await page.evaluate(() => document.activeElement?.blur());
    await page.keyboard.press(key);
    if (!(await inField(page))) faults.push(`${key} does not lead to the field`);
    await page.keyboard.press('Escape');
  }
  await page.click('[data-pk-search]');
  if (!(await inField(page))) faults.push('the link does not lead to the field');
  await page.keyboard.type('a/');
  const typed = await page.inputValue(FIELD);
  return typed === 'a/' ? faults : [...faults, '/ is not typed in the field'];
}

async function returns(page) {
  if (!(await isDialog(page))) return [];
  await focus(page, 'main a[href]');
  await ask(page, 'a');
  await page.keyboard.press('Escape');
  const back = await page.evaluate(() => ({
    shut: !document.querySelector('[data-pk-find]').open,
    same: document.activeElement === document.querySelector('main a[href]'),
  }));
  return [...(back.shut ? [] : ['Escape does not close']), ...(back.same ? [] : ['the focus is not where it was'])];
}

// WCAG 2.1.4: a key alone can be turned off, and stays so.
async function singleKey(page) {
  const off = await page.evaluate(() => {
    const box = document.querySelector('[data-pk-slash]');
    box?.click();
    return box !== null;
  });
  if (!off) return ['it cannot be turned off'];
  await page.reload();
  await page.keyboard.press('/');
  const answered = await inField(page);
  await page.evaluate(() => localStorage.clear());
  return answered ? ['it answers where it is turned off'] : [];
}

async function finds(page) {
  await ask(page);
  return (await found(page)) ? [] : ['the example finds nothing'];
}

async function arrows(page) {
  await ask(page);
  await found(page);
  const went = [];
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'ArrowUp']) {
    await page.keyboard.press(key);
    went.push(await hitInFocus(page));
  }
  const way = went.join(' ');
  return way === '0 1 0 -1' && (await inField(page)) ? [] : [`down, down, up, up leads to ${way}`];
}

async function enter(page) {
  await ask(page);
  await found(page);
  await page.keyboard.press('ArrowDown');
  const href = await page.evaluate(() => document.activeElement.href);
  await page.keyboard.press('Enter');
  const arrived = await within(PATIENCE, (timeout) => page.waitForURL((url) => url.href === href, { timeout }));
  await page.waitForLoadState();
  return arrived ? [] : ['Enter does not open the hit'];
}

async function announced(page) {
  await page.evaluate(() => {
    const status = document.querySelector('[data-pk-find] [role=status]');
    globalThis.polkuSaid = [];
    new MutationObserver(() => polkuSaid.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
  });
  await ask(page);
  const early = await page.evaluate(() => polkuSaid.filter(Boolean).length);
  await rested(page, () => /\d/.test(polkuSaid.at(-1) ?? ''));
  const said = await status(page);
  return [
    ...(early > 0 ? ['it is told while keys are typed'] : []),
    ...(/\d/.test(said) ? [] : ['the number of hits is not told']),
  ];
}

// The dialog leads to all hits by address; the page keeps its own address and finds the same when opened there.
async function address(page) {
  const text = await example(page);
  await ask(page, text);
  await found(page);
  await rested(page, told, text);
  const here = await page.evaluate(() => {
    const all = document.querySelector('[data-pk-all]:not([hidden])');
    const isDialog = document.querySelector('[data-pk-find]').localName === 'dialog';
    return { url: isDialog ? all?.href : location.href, first: document.querySelector('[data-pk-hits] a')?.textContent };
  });
  if (!here.url) return [];
  if (new URL(here.url).searchParams.get('q') !== text) return ['the query is not in the address'];
  await page.goto('about:blank');
  await page.goto(here.url);
  await found(page);
  const again = await page.evaluate((hits) => document.querySelector(hits)?.textContent, HITS);
  return again === here.first ? [] : ['the address finds something else'];
}

// Whether an address on the page, or its own, holds the query.
function told(text) {
  const isDialog = document.querySelector('[data-pk-find]').localName === 'dialog';
  const url = isDialog ? document.querySelector('[data-pk-all]:not([hidden])')?.href : location.href;
  return url !== undefined && new URL(url).searchParams.get('q') === text;
}

async function filter(page) {
  await ask(page);
  await found(page);
  const kinds = await page.evaluate(() => document.querySelectorAll('[data-pk-kinds] input').length);
  if (kinds < 2) return ['there are no kinds to choose from'];
  await focus(page, '[data-pk-kinds] input:checked');
  await page.keyboard.press('ArrowRight');
  await rested(page, () => {
    const count = document.querySelector('[data-pk-kinds] input:checked').parentElement.querySelector('b').textContent;
    return document.querySelector('[data-pk-find] [role=status]').textContent.match(/\d+/)?.[0] === count;
  });
  const chosen = await page.evaluate(() => {
    const input = document.querySelector('[data-pk-kinds] input:checked');
    const kinds = new Set([...document.querySelectorAll('[data-pk-hits] .pk-hit-kind')].map((kind) => kind.textContent));
    return { kept: document.activeElement === input, count: input.parentElement.querySelector('b').textContent, kinds: kinds.size };
  });
  const said = (await status(page)).match(/\d+/)?.[0];
  return [
    ...(chosen.kept ? [] : ['the focus is lost']),
    ...(chosen.kinds === 1 ? [] : [`hits of ${chosen.kinds} kinds are shown`]),
    ...(said === chosen.count ? [] : [`${chosen.count} are promised and ${said} told`]),
  ];
}

async function interpreted(page) {
  const faults = [];
  await page.keyboard.press('/');
  const before = await page.evaluate(elements);
  for (const text of HOSTILE) {
    await page.fill(FIELD, text);
    await page.waitForTimeout(40);
    const after = await page.evaluate(elements);
    const harm = await page.evaluate(() => globalThis.polkuHarm !== undefined || Object.prototype.hits !== undefined);
    if (harm || after !== before) faults.push(`${text.slice(0, 30)} is more than text`);
  }
  await page.fill(FIELD, await example(page));
  return (await found(page)) ? faults : [...faults, 'nothing is found any more'];
}

// Elements that no result has.
function elements() {
  return document.querySelector('[data-pk-find]').querySelectorAll('img, script, iframe, style, svg').length;
}

// The index, then the script that searches it: both are told in words, with a way to go on.
async function failingIndex(page, heard) {
  const faults = [];
  for (const attr of ['data-pk-index', 'data-pk-search']) {
    const refused = await page.evaluate((name) => new URL(document.querySelector(`[${name}]`).getAttribute(name), location).href, attr);
    await page.route(refused, (route) => route.abort());
    await page.reload();
    await ask(page, 'a');
    const told = await rested(page, () => {
      const message = document.querySelector('[data-pk-failed]');
      return message?.checkVisibility() && message.querySelector('a[href]') !== null;
    });
    if (!told) faults.push('it is not told');
    await page.unroute(refused);
    const errors = heard.take().errors.filter((error) => !error.includes('net::'));
    faults.push(...errors);
  }
  return faults;
}

// Passages come late: every hit stays where it was.
async function jumps(page) {
  const late = /\/search\/[^/]+-\d+\.js$|\/texts\.js$/;
  await page.route(late, async (route) => {
    await new Promise((ready) => setTimeout(ready, 600));
    // What is still on its way when all has been seen is nobody's concern.
    await route.continue().catch(() => {});
  });
  await ask(page);
  await found(page);
  const before = await page.evaluate(places);
  await rested(page, () => [...document.querySelectorAll('.pk-hit-text')].some((text) => text.textContent), undefined, 2 * REST);
  // What comes with them has had its time.
  await page.waitForTimeout(300);
  const after = await page.evaluate(places);
  await page.unroute(late);
  if (after.texts === 0) return ['no passage came'];
  return before.tops === after.tops ? [] : ['hits move when the passages come'];
}

function places() {
  const hits = [...document.querySelectorAll('[data-pk-hits] a')].slice(0, 10);
  const texts = hits.filter((hit) => hit.closest('li').querySelector('.pk-hit-text')?.textContent);
  return { tops: hits.map((hit) => Math.round(hit.getBoundingClientRect().top)).join(' '), texts: texts.length };
}

// ---- Without a host, and to the eye

async function fromFolder({ page, heard }, url, path, log) {
  hopeless.delete(page);
  await page.setViewportSize(DESK);
  await page.goto(url);
  heard.take();
  await ask(page);
  log.check('from a folder', path, (await found(page)) ? heard.take().errors : ['nothing is found']);
  for (const [viewport, colorScheme] of [[DESK, 'light'], [PHONE, 'dark']]) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await page.evaluate(install);
    await page.evaluate(axe);
    log.check('axe', path, await page.evaluate(violations, TAGS), `${colorScheme} ${viewport.width}`);
    log.check('room', path, await page.evaluate(() => [...polkuChecks.sideways(), ...polkuChecks.cutOff()]), `${viewport.width} px`);
  }
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  const printed = () => [...document.querySelectorAll('[data-pk-find], [data-pk-search]')].filter((part) => part.getClientRects().length).map((part) => part.localName);
  log.check('paper', path, await page.evaluate(printed));
  await page.emulateMedia({ media: 'screen' });
}

async function violations(tags) {
  const { violations } = await axe.run({ runOnly: tags, preload: false, resultTypes: ['violations'] });
  return violations.map(({ id, help, nodes }) => `${id} ${help}: ${nodes[0].target.join(' ')}`);
}
