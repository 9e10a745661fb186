// From a text to its field and back: blocks of every sort, clicked one by one, ask for the right form.
import { startServer } from './server.mjs';
import { stub } from './stubs.mjs';

const PAGES = [
  '/fi/index.html', '/fi/roolit/sosiaalityontekija.html', '/fi/sanasto.html', '/fi/roolit/index.html',
  '/sv/index.html', '/fi/lomakkeet.html',
];
// Lists of which the first entry has a page of its own.
const LISTS = ['tehtavat', 'vaiheet', 'tyonjako', 'prosessit', 'paatosoppaat', 'palvelut', 'lait', 'ohjeet', 'asiakasryhmat', 'tarkistuslistat', 'tiimit', 'mittarit', 'kokeilut', 'perehdytys'];
const LEAST = 50;

export async function check(browser, log, options = {}) {
  const server = await startServer(options);
  try {
    await blocks(await open(server, browser, options), server, log);
    await bothWays(await open(server, browser, options), server, log);
  } finally {
    await server.stop();
  }
}

async function open(server, browser, options) {
  const page = await server.open(browser, '/fi/index.html', { ...options, prepare: async (page) => { await options.prepare?.(page); await stub(page); } });
  page.setDefaultTimeout(10_000);
  await page.evaluate(() => localStorage.setItem('polku-edit', 'on'));
  return page;
}

async function go(page, address) {
  const answer = await page.goto(address);
  if (answer.status() !== 200) return false;
  await page.waitForSelector('.pke-editing .pke-found');
  return true;
}

async function blocks(page, server, log) {
  const asked = [];
  page.on('request', (request) => request.url().includes('/_polku/form?') && asked.push(new URL(request.url()).searchParams.get('at')));
  const sorts = new Set();
  const problems = [];
  let clicked = 0;
  for (const address of await addresses(page, server)) {
    if (!await go(page, address)) continue;
    for (const src of await fresh(page, sorts)) {
      asked.length = 0;
      let point;
      // On a busy machine the page may still move under the pointer: then it is clicked where it has come to rest.
      for (let tries = 0; tries < 2 && !asked.length; tries += 1) {
        point = await place(page, src);
        if (!point) break;
        await page.mouse.click(point.x, point.y);
        try {
          await page.waitForFunction((src) => document.querySelector('.pke-body')?.querySelector(`[data-at="${CSS.escape(src)}"]`), src, { timeout: 3000 });
        } catch { /* Said below. */ }
      }
      if (!point) continue;
      clicked += 1;
      if (asked.at(-1) !== src) problems.push(`${src}: asked for ${asked.at(-1)}`);
      await page.evaluate(() => window.polku.close());
    }
  }
  log.check('blocks', `${clicked} of ${sorts.size} sorts`, problems);
  log.check('blocks', 'enough', clicked >= LEAST ? [] : [`only ${clicked} blocks were clicked`]);
}

async function addresses(page, server) {
  const found = PAGES.map((file) => server.origin + file);
  for (const list of LISTS) {
    const own = `${server.origin}/fi/${list}/index.html`;
    if (!await go(page, own)) continue;
    found.push(own, ...await page.evaluate(() => [...new Set([...document.querySelectorAll('main a[href]')].map((link) => link.href).filter((href) => /\/[^/]+\.html$/.test(href) && href.startsWith(location.href.replace(/[^/]*$/, '')) && !href.endsWith('index.html')))].slice(0, 2)));
  }
  return found;
}

// Texts of sorts that were not clicked yet: a sort is a kind and a field, rows and sections without their names.
async function fresh(page, sorts) {
  const all = await page.evaluate(() => [...new Set([...document.querySelectorAll('main [data-src]')].filter((one) => one.getClientRects().length).map((one) => `${one.closest('svg') ? 'svg ' : ''}${one.dataset.src}`))]);
  const found = [];
  for (const marked of all) {
    const src = marked.replace('svg ', '');
    const [kind, rest = ''] = marked.split('/');
    const parts = rest.replace(/^[^.#]+/, '').split('.');
    const sort = `${kind} ${rest.includes('#') ? `#${rest.split('#')[1].split('.')[1] ?? (rest.endsWith('#') ? '' : 'section')}` : parts.filter((_, at) => at % 2 === 1 || parts.length <= 2).join('.')}`;
    if (sorts.has(sort)) continue;
    sorts.add(sort);
    found.push(src);
  }
  return found;
}

// A point on the text at which nothing else lies.
function place(page, src) {
  return page.evaluate((src) => {
    for (const one of document.querySelectorAll(`main [data-src="${CSS.escape(src)}"]`)) {
      if (!one.getClientRects().length) continue;
      one.scrollIntoView({ block: 'center', inline: 'center' });
      for (const box of one.getClientRects()) {
        for (const part of [0.5, 0.2, 0.8, 0.05]) {
          const [x, y] = [box.left + box.width * part, box.top + box.height / 2];
          const hit = document.elementFromPoint(x, y);
          if (hit?.closest('[data-src]')?.dataset.src === src && !hit.closest('button, summary, label, input, select')) return { x, y };
        }
      }
    }
    return null;
  }, src);
}

async function bothWays(page, server, log) {
  const problems = [];
  const expect = (holds, what) => holds || problems.push(what);
  await go(page, `${server.origin}/fi/roolit/index.html`);
  const link = page.locator('main li a[data-src]').nth(1);
  const [src, href] = await link.evaluate((one) => [one.dataset.src, one.getAttribute('href')]);
  await link.click();
  await page.waitForSelector(`.pke-body [data-at="${src}"]`);
  expect(page.url().endsWith('/roolit/index.html'), 'a click on a link left the page');
  expect(await page.locator('.pke-lead a').getAttribute('href') === href, 'the panel does not lead on to the page');
  expect(await page.evaluate(() => document.activeElement.closest('[data-at]')?.dataset.at) === src, 'the field has no focus');
  expect(await page.evaluate(() => document.querySelector('.pke-at')?.dataset.src) === src, 'the text of the field is not marked');
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement.dataset.src) === src, 'the focus did not come back');
  await link.click({ modifiers: ['Alt'] });
  await page.waitForURL(/\/roolit\/(?!index)/);
  await page.waitForSelector('.pke-editing .pke-found');
  // Whoever does not point finds the same in a list.
  await page.locator('.pke-more').click();
  await page.locator('.pke-menu button').filter({ hasText: /tekstit/ }).click();
  const rows = page.locator('.pke-texts button');
  expect(await rows.count() > 10, 'the list of texts is short');
  await rows.nth(3).focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector('.pke-body form');
  expect(await page.evaluate(() => document.activeElement.localName) === 'input', 'the list does not lead to a field');
  // A field whose text is out of view brings it in; the panel stays where it is.
  const last = await page.evaluate(() => { scrollTo(0, 0); return [...document.querySelectorAll('main [data-src]')].filter((one) => one.getClientRects().length).at(-1).dataset.src; });
  await page.evaluate((src) => window.polku.emit('field', src), last);
  await page.waitForFunction((src) => { const box = document.querySelector(`.pke-at[data-src="${CSS.escape(src)}"]`)?.getBoundingClientRect(); return box && box.top >= 0 && box.top < innerHeight; }, last);
  log.check('both ways', 'role', [...problems, ...page.heard]);
}
