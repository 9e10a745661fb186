// Decision guides and boxes to tick in use, from a folder and by keyboard alone. A guide leads to an outcome by its
// first answers and by its last ones, moves the focus along, and leaves nothing behind: nothing is kept, asked for
// or put into the address. Ticks stay until they are cleared.
import { fileUrl, inTabs } from '../browser.mjs';

export const rules = ['guide ends', 'guide focus', 'guide back', 'guide leaves', 'guide whole', 'ticks stay', 'ticks clear'];

const ANSWERS = '[data-pk-question]:not([hidden]) button';
const OUTCOME = '[data-pk-end]:not([hidden])';
// More questions in a row than this are none to a reader.
const MOST = 200;

export async function gate(site, { browser, log }) {
  const having = (attr) => site.pages.filter((page) => page.elements.some(({ attrs }) => attrs[attr] !== undefined));
  const at = (page) => fileUrl(site.root, page.path);
  const guides = having('data-pk-guide').map((page) => ({ page }));
  await inTabs(browser, {}, guides, log, (tab, { page }) => guide(tab, at(page), page.path, log));
  const lists = having('data-pk-ticks').map((page) => ({ page }));
  await inTabs(browser, {}, lists, log, ({ page: tab }, { page }) => ticks(tab, at(page), page.path, log));
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
