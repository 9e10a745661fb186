// Without a mouse, with wide spacing on a small screen, on paper, in forced colours and without scripts.
import { fileUrl, inTabs } from '../browser.mjs';
import { install } from '../inpage.mjs';
import { LANGS } from '../site.mjs';

export const rules = [
  'skip link', 'focus visible', 'focus covered', 'order', 'reach', 'trap',
  'spacing', 'print', 'forced colours', 'language', 'without scripts',
];

// WCAG 1.4.12, word for word.
const SPACING = '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; } p { margin-block-end: 2em !important; }';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 640 };

export async function gate(site, { browser, chosen, log }) {
  // Both languages share their templates: one is walked in light colours, the other in dark.
  const jobs = chosen.map((page) => ({ page, scheme: page.folderLang === LANGS[1] ? 'dark' : 'light' }));
  const texts = new Map();
  await inTabs(browser, {}, jobs, log, async ({ page }, { page: { path, lang, folderLang }, scheme }) => {
    await page.emulateMedia({ colorScheme: scheme, forcedColors: 'none', media: 'screen' });
    const open = async (viewport) => {
      await page.setViewportSize(viewport);
      await page.goto('about:blank');
      await page.goto(fileUrl(site.root, path));
      await page.evaluate(install);
    };
    await open(DESK);
    texts.set(path, await mainText(page));
    log.check('language', path, [...(await page.evaluate(foreignLangs, LANGS)), ...(folderLang && lang !== folderLang ? [`html is in ${lang}`] : [])]);
    log.check('skip link', path, await skipLink(page));
    for (const viewport of [DESK, PHONE]) {
      await open(viewport);
      await walk(page, path, log, `${viewport.width} px`);
    }
    log.check('spacing', path, await spacing(page));
    log.check('print', path, await onPaper(page));
    log.check('forced colours', path, await forcedColours(page));
  });
  await inTabs(browser, { javaScriptEnabled: false }, jobs, log, async ({ page }, { page: { path } }) => {
    await page.goto(fileUrl(site.root, path));
    log.check('without scripts', path, lost(texts.get(path) ?? '', await mainText(page)));
  });
}

// What can be chosen in a filter is no text of the page.
function mainText(page) {
  return page.evaluate(() => {
    const main = document.querySelector('main');
    const choices = [...(main?.querySelectorAll('select') ?? [])].map((select) => select.innerText);
    return choices.reduce((text, choice) => text.replace(choice, ''), main?.innerText ?? '').trim();
  });
}

function foreignLangs(known) {
  return [document.documentElement, ...document.querySelectorAll('[lang]')]
    .filter((element) => !known.includes(element.lang.split('-')[0])).map((element) => `lang="${element.lang}"`);
}

// Where nothing stands before the main part there is nothing to skip.
async function skipLink(page) {
  const before = await page.evaluate(() => polkuChecks.stopsBeforeMain());
  if (before === 0) return [];
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => ({
    skips: (document.activeElement.getAttribute('href') ?? '').startsWith('#'),
    seen: document.activeElement.getBoundingClientRect().top >= 0,
  }));
  if (!first.skips) return ['the first stop is no skip link'];
  if (!first.seen) return ['the skip link is not seen when it has focus'];
  await page.keyboard.press('Enter');
  const arrived = await page.evaluate(() => document.activeElement.localName === 'main');
  return arrived ? [] : ['the skip link does not move focus to main'];
}

async function walk(page, path, log, mode) {
  const expected = await page.evaluate(() => polkuChecks.startWalk());
  const faults = { 'focus visible': [], 'focus covered': [], order: [], trap: [] };
  for (let count = 0; count <= expected * 2 + 20; count += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => polkuChecks.step());
    if (at === null) break;
    if (at.again) {
      faults.trap.push(at.again);
      break;
    }
    if (at.unseen) faults['focus visible'].push(at.unseen);
    if (at.covered) faults['focus covered'].push(at.covered);
    if (at.order) faults.order.push(at.order);
  }
  for (const [rule, found] of Object.entries(faults)) log.check(rule, path, found, mode);
  log.check('reach', path, await page.evaluate(() => polkuChecks.unreached()), mode);
}

// No content policy stands in the way of the injected style: the page comes from `file:`.
async function spacing(page) {
  await page.addStyleTag({ content: SPACING });
  await page.setViewportSize({ width: 320, height: 256 });
  const applied = await page.evaluate(() => parseFloat(getComputedStyle(document.body).letterSpacing) > 0);
  if (!applied) return ['the spacing did not apply'];
  return page.evaluate(() => [...polkuChecks.sideways(), ...polkuChecks.cutOff()]);
}

async function onPaper(page) {
  await page.emulateMedia({ media: 'print', colorScheme: 'light' });
  return page.evaluate(() => [...polkuChecks.printedNavigation(), ...polkuChecks.unreadableHeading()]);
}

// The reader's own colours may be dark on light or light on dark.
async function forcedColours(page) {
  const faults = [];
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ media: 'screen', forcedColors: 'active', colorScheme });
    faults.push(...(await page.evaluate(() => [...polkuChecks.unreadableHeading(), ...polkuChecks.faint()])));
  }
  return faults;
}

function lost(withScripts, without) {
  if (without.length < 50) return ['main is empty'];
  return without.length < 0.9 * withScripts.length ? ['a part of main needs scripts'] : [];
}
