// What readers use on pages, from a folder: decision guides, boxes to tick, the team of a postal code, explanations
// beside words, links to copy, and the way back to those who write.
//
// Guides and boxes are used by keyboard alone. A guide leads to an outcome by its first answers and by its last ones,
// moves the focus along, and leaves nothing behind: nothing is kept, asked for or put into the address. Ticks stay
// until they are cleared. A postal code leads to its team, what is none is told of, and nothing of it is kept. An
// explanation opens on focus and on hover, stays while the pointer is on it, and closes on Escape (WCAG 1.4.13). What
// a button copies leads to a place on the page, and is announced. Every page has a mail that says which page it is
// about, or a form.
import { fileUrl, inTabs } from '../browser.mjs';

export const rules = [
  'guide ends', 'guide focus', 'guide back', 'guide leaves', 'guide whole', 'ticks stay', 'ticks clear',
  'place found', 'place told', 'place leaves',
  'pop opens', 'pop stays', 'pop closes', 'copy link', 'copy told', 'feedback',
];

const ANSWERS = '[data-pk-question]:not([hidden]) button';
const OUTCOME = '[data-pk-end]:not([hidden])';
// More questions in a row than this are none to a reader.
const MOST = 200;

// Until something fades that should not, in milliseconds.
const WAIT = 300;

export async function gate(site, { browser, chosen, log }) {
  const having = (attr) => site.pages.filter((page) => page.elements.some(({ attrs }) => attrs[attr] !== undefined));
  const at = (page) => fileUrl(site.root, page.path);
  const guides = having('data-pk-guide').map((page) => ({ page }));
  await inTabs(browser, {}, guides, log, (tab, { page }) => guide(tab, at(page), page.path, log));
  const lists = having('data-pk-ticks').map((page) => ({ page }));
  await inTabs(browser, {}, lists, log, ({ page: tab }, { page }) => ticks(tab, at(page), page.path, log));
  const lookUps = having('data-pk-places').map((page) => ({ page }));
  await inTabs(browser, {}, lookUps, log, (tab, { page }) => places(tab, at(page), page.path, log));
  const jobs = chosen.map((page) => ({ page }));
  await inTabs(browser, {}, jobs, log, async ({ page: tab }, { page }) => {
    await tab.addInitScript(ownClipboard);
    await tab.goto(at(page));
    if (await tab.locator(WORD).count()) await pop(tab, page.path, log);
    if (await tab.locator(COPY).count()) await copy(tab, page, log);
  });
  for (const page of site.pages.filter(({ folderLang }) => folderLang)) log.check('feedback', page.path, feedback(page));
}

const WORD = 'main [aria-describedby]:has(+ [role=tooltip])';
const COPY = 'main :is(h2, h3, h4) button';

async function pop(page, path, log) {
  const word = page.locator(WORD).first();
  const tip = page.locator(`${WORD} + [role=tooltip]`).first();
  const faults = { opens: [], stays: [], closes: [] };
  const shown = async (rule, expected, fault) => {
    if ((await tip.isVisible()) !== expected) faults[rule].push(fault);
  };
  await word.focus();
  await shown('opens', true, 'not on focus');
  await page.keyboard.press('Escape');
  await shown('closes', false, 'not by Escape');
  if (!(await word.evaluate((element) => element === document.activeElement))) faults.closes.push('Escape takes the focus away');
  await word.blur();
  await word.hover();
  await shown('opens', true, 'not on hover');
  await page.waitForTimeout(WAIT);
  await shown('stays', true, 'fades while the pointer is on the word');
  await overTo(page, word, tip);
  await shown('stays', true, 'closes when the pointer comes to it');
  await page.keyboard.press('Escape');
  await shown('closes', false, 'not by Escape while the pointer is on it');
  await page.mouse.move(0, 0);
  for (const [rule, found] of Object.entries(faults)) log.check(`pop ${rule}`, path, found);
}

// Straight down or up from the word, as a hand moves.
async function overTo(page, word, tip) {
  const [from, to] = await Promise.all([word.boundingBox(), tip.boundingBox()]);
  if (!from || !to) return;
  const x = Math.min(Math.max(from.x + from.width / 2, to.x + 2), to.x + to.width - 2);
  await page.mouse.move(x, to.y + to.height / 2, { steps: 8 });
}

// The clipboard of the machine is one for all tabs.
function ownClipboard() {
  navigator.clipboard.writeText = async (text) => {
    globalThis.polkuCopied = text;
  };
}

async function copy(page, { path, idSet }, log) {
  await page.locator(COPY).first().press('Enter');
  await page.waitForTimeout(WAIT);
  const copied = await page.evaluate(() => globalThis.polkuCopied ?? '');
  const [address, anchor] = copied.split('#');
  const leads = address === page.url().split('#')[0] && idSet.has(decodeURIComponent(anchor ?? ''));
  log.check('copy link', path, leads ? [] : ['what is copied leads to no place on the page']);
  const told = await page.evaluate(() => {
    const words = document.querySelector('[data-pk-copied]').dataset.pkCopied;
    return [...document.querySelectorAll('[role=status]')].some((status) => status.textContent === words);
  });
  log.check('copy told', path, told ? [] : ['it is not announced']);
}

function feedback({ path, elements }) {
  const addresses = elements.filter(({ tag, inMain, attrs }) => tag === 'a' && !inMain && attrs.href).map(({ attrs }) => attrs);
  if (addresses.some(({ href, rel }) => rel === 'external' && href.startsWith('https://'))) return [];
  const mail = addresses.map(({ href }) => href).find((href) => href.startsWith('mailto:') && href.includes('?subject='));
  if (!mail) return ['no way to give feedback'];
  try {
    const body = decodeURIComponent(new URL(mail).search.match(/[?&]body=([^&]*)/)?.[1] ?? '');
    decodeURIComponent(mail);
    return [
      ...(body.includes(path) ? [] : ['the mail does not say which page']),
      ...(/[^\r]\n/.test(body) || !body.includes('\r\n') ? ['lines of the mail do not end as mail programs want it'] : []),
    ];
  } catch {
    return ['the mail is not encoded in UTF-8'];
  }
}

async function guide({ page, heard }, url, path, log) {
  const lost = [];
  const endless = [];
  await page.goto(url);
  await page.evaluate(() => localStorage.clear());
  for (const which of ['first', 'last']) {
    await page.goto('about:blank');
    await page.goto(url);
    heard.take();
    for (let n = 0; n < MOST && (await page.locator(ANSWERS).count()); n += 1) {
      await page.locator(ANSWERS)[which]().focus();
      await page.keyboard.press('Enter');
      if (!(await onHeading(page))) lost.push('the focus is not on the heading that follows');
    }
    if (!(await page.locator(OUTCOME).count())) endless.push(`no outcome by the ${which} answers`);
  }
  log.check('guide ends', path, endless);
  log.check('guide focus', path, lost);
  log.check('guide leaves', path, await left(page, url, heard.take().requests));
  await page.locator('[data-pk-back]').press('Enter');
  log.check('guide back', path, (await page.locator(ANSWERS).count()) ? [] : ['no question comes back']);
  await page.locator('[data-pk-whole]').press('Enter');
  const hidden = await page.locator('[data-pk-question][hidden], [data-pk-end][hidden]').count();
  log.check('guide whole', path, hidden ? ['a question or an outcome stays hidden'] : []);
}

function onHeading(page) {
  return page.evaluate(() => /^H[1-6]$/.test(document.activeElement.tagName) && document.activeElement.checkVisibility());
}

async function left(page, url, requests) {
  const kept = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
  const icon = await page.evaluate(() => document.querySelector('link[rel=icon]')?.href);
  return [
    ...(kept ? ['something is kept'] : []),
    ...(page.url() !== url ? ['the address has changed'] : []),
    // A browser may ask for the icon of a page whenever it likes.
    ...requests.filter((asked) => asked !== icon).map((asked) => `${asked} is asked for`),
  ];
}

async function ticks(page, url, path, log) {
  const first = page.locator('[data-pk-ticks] input[type=checkbox]').first();
  await page.goto(url);
  await page.evaluate(() => localStorage.clear());
  await page.reload();
  await first.press('Space');
  await page.goto('about:blank');
  await page.goto(url);
  log.check('ticks stay', path, (await first.isChecked()) ? [] : ['a tick is forgotten']);
  await page.locator('[data-pk-clear]').press('Enter');
  await page.reload();
  log.check('ticks clear', path, (await first.isChecked()) ? ['a tick comes back'] : []);
}

async function places({ page, heard }, url, path, log) {
  await page.goto(url);
  await page.evaluate(() => localStorage.clear());
  await page.goto('about:blank');
  await page.goto(url);
  heard.take();
  const { spans, words } = await page.evaluate(() => ({
    spans: [...document.querySelectorAll('[data-pk-codes]')].flatMap((head) => {
      const team = head.parentElement.cells[2].textContent.trim();
      return head.dataset.pkCodes.split(' ').map((span) => ({ ends: span.split('-'), team }));
    }),
    words: { ...document.querySelector('[data-pk-places]').dataset },
  }));
  const ask = async (code) => {
    await page.locator('[data-pk-places] input').fill(code);
    return page.locator('[data-pk-found]').evaluate((told) => ({
      text: told.textContent,
      teams: [...told.querySelectorAll('h3')].map((team) => team.textContent.trim()),
    }));
  };
  const faults = [];
  // Both ends of every span, the last one as people write it.
  for (const { ends, team } of spans) {
    for (const code of [ends[0], ` ${ends.at(-1).slice(0, 2)} ${ends.at(-1).slice(2)} `]) {
      if (!(await ask(code)).teams.includes(team)) faults.push(`${code} does not lead to ${team}`);
    }
  }
  log.check('place found', path, faults);
  const inSpan = (code) => spans.some(({ ends }) => ends[0] <= code && code <= ends.at(-1));
  const none = Array.from({ length: 100_000 }, (_, at) => String(at).padStart(5, '0')).find((code) => !inSpan(code));
  const told = [[none, words.pkNone.replace('{code}', none)], ['9900a', words.pkWrong], ['990000', words.pkWrong], ['990', '']];
  const silent = [];
  for (const [code, expected] of told) {
    const { text } = await ask(code);
    if (text !== expected) silent.push(`${code}: ${text || 'nothing'} is told`);
  }
  log.check('place told', path, silent);
  log.check('place leaves', path, await left(page, url, heard.take().requests));
}
