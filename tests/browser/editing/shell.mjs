// The bar, the panel and the findings: by pointer and by keyboard, with a server that answers and one that is gone.
import { startServer } from './server.mjs';
import { stub } from './stubs.mjs';

// A key, a kind and a form that need a closer look: each in one mistake.
const MISTAKES = `
[role.uusi-rooli]
nmae.fi = "<img src=x onerror=alert(1)>"
name.sv = "Ny roll"
`;

export async function check(browser, log, options = {}) {
  for (const [title, test] of Object.entries(tests)) {
    const server = await startServer(options);
    const problems = [];
    const page = await server.open(browser, '/fi/roolit/index.html', { ...options, prepare: async (page) => { await options.prepare?.(page); await stub(page); } });
    page.setDefaultTimeout(10_000);
    // What is wrong at the start is counted; only what changes after that is said.
    await page.waitForFunction(() => /\p{L}/u.test(document.querySelector('.pke-found')?.textContent ?? ''));
    const expect = (holds, what) => holds || problems.push(what);
    try {
      await test({ server, page, expect });
    } catch (error) {
      problems.push(String(error.message).split('\n').slice(0, 3).join(' '));
    }
    log.check('shell', title, [...problems, ...page.heard]);
    await page.context().close();
    await server.stop();
  }
}

const active = (page, what) => page.evaluate((what) => document.activeElement.matches(what), what);
const panelIsOpen = (page) => page.locator('.pke-panel').isVisible();

const tests = {
  async 'keys'({ page, expect }) {
    await page.keyboard.press('Alt+e');
    expect(await page.locator('.pke-edit-switch').getAttribute('aria-pressed') === 'true', 'Alt+E turns nothing on');
    await page.reload();
    await page.waitForSelector('.pke-editing');
    await page.keyboard.press('Alt+e');
    expect(await page.locator('.pke-editing').count() === 0, 'Alt+E turns nothing off');
    await page.locator('main a').first().focus();
    await page.keyboard.press('F6');
    expect(await active(page, '.pke-bar *'), 'F6 does not lead to the bar');
    await page.keyboard.press('F6');
    expect(await active(page, 'main a'), 'F6 does not lead back');
    await page.locator('.pke-edit-switch').focus();
    await page.keyboard.press('ArrowRight');
    expect(await active(page, '.pke-found'), 'the arrows do not lead on in the bar');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.pke-findings');
    expect(await active(page, '.pke-title'), 'the panel has no focus');
    expect((await page.locator('.pke-title').textContent()) === 'Havainnot', 'these are no findings');
    await page.keyboard.press('Escape');
    expect(!await panelIsOpen(page), 'Escape does not close the panel');
    expect(await active(page, '.pke-found'), 'the focus is not back');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.pke-menu:popover-open');
    await page.keyboard.press('Tab');
    expect(await active(page, '.pke-menu *'), 'the menu cannot be reached');
    await page.keyboard.press('Escape');
    expect(await page.locator('.pke-menu:popover-open').count() === 0, 'Escape does not close the menu');
  },

  async 'findings say what, where and how'({ server, page, expect }) {
    server.write('content/uusi.toml', MISTAKES);
    await page.waitForFunction(() => document.querySelector('.pke-found').classList.contains('pke-bad'));
    await page.waitForFunction(() => /virhe/.test(document.querySelector('.pke-told').textContent));
    await page.locator('.pke-found').click();
    const first = page.locator('.pke-finding').first();
    expect(await first.evaluate((one) => one.classList.contains('pke-is-error')), 'errors do not come first');
    const words = await page.locator('.pke-findings').textContent();
    expect(words.includes('nmae') && words.includes('content/uusi.toml'), 'what and where are not told');
    expect(await page.locator('.pke-findings img').count() === 0, 'a text of an author became markup');
    expect(await page.locator('.pke-fix').first().isVisible(), 'there is no mend');
    await page.locator('.pke-fix').first().click();
    await page.waitForFunction(() => !document.querySelector('.pke-findings')?.textContent.includes('nmae'));
    expect(server.read('content/uusi.toml').includes('name.fi'), 'nothing was mended in the file');
    await page.waitForFunction(() => /Kumoa: ./.test(document.querySelector('.pke-undo').getAttribute('aria-label') ?? ''));
    expect(await page.locator('.pke-findings img').count() === 0, 'a text of an author became markup');
    expect(await panelIsOpen(page), 'the panel closed');
  },

  async 'undo and redo'({ server, page, expect }) {
    server.write('content/uusi.toml', MISTAKES);
    await page.waitForFunction(() => document.querySelector('.pke-found').classList.contains('pke-bad'));
    await page.locator('.pke-found').click();
    await page.locator('.pke-fix').first().click();
    await page.waitForFunction(() => !document.querySelector('.pke-undo').disabled && !document.querySelector('.pke-undo').hidden);
    await page.locator('.pke-undo').click();
    await page.waitForFunction(() => !document.querySelector('.pke-redo').disabled);
    expect(server.read('content/uusi.toml') === MISTAKES, 'nothing was taken back');
    await page.locator('.pke-redo').click();
    await page.waitForFunction(() => document.querySelector('.pke-redo').disabled);
    expect(server.read('content/uusi.toml').includes('name.fi'), 'nothing was made again');
    await page.locator('.pke-more').click();
    await page.locator('.pke-menu button').filter({ hasText: 'versiot' }).click();
    await page.waitForSelector('.pke-history li');
    expect(await page.locator('.pke-history li').count() === 3, 'the versions are not told');
  },

  async 'the server goes away'({ server, page, expect }) {
    await server.kill();
    await page.waitForFunction(() => document.querySelector('.pke-away').textContent.length > 0);
    expect(await page.locator('main h1').isVisible(), 'the page is gone');
    page.heard.length = 0;
  },

  async 'stop'({ server, page, expect }) {
    await page.locator('.pke-more').click();
    await page.locator('.pke-menu button').last().click();
    await page.locator('.pke-primary').click();
    await page.waitForFunction(() => /lopetettu/.test(document.querySelector('.pke-away').textContent));
    await server.ended;
    expect(!await panelIsOpen(page), 'the panel stays');
    page.heard.length = 0;
  },

  async 'the dashboard leads to what is to be done'({ server, page, expect }) {
    server.write('content/uusi.toml', MISTAKES.replace('nmae.fi = "<img src=x onerror=alert(1)>"\n', ''));
    await page.waitForFunction(() => document.querySelector('.pke-found').classList.contains('pke-bad'));
    await page.locator('.pke-bar > a').click();
    await page.waitForSelector('.pke-dashboard .pke-tiles');
    expect(await page.locator('.pke-tile.pke-is-error').count() === 1, 'errors are not marked');
    expect(await page.locator('.pke-steps li').count() === 6, 'these are not six steps');
    const text = page.locator('#_translations td:has-text("Puuttuu")').first();
    expect(await text.count() === 1, 'what is missing is not told');
    await page.locator('#_translations tbody th a').first().click();
    await page.waitForSelector('.pke-body form');
    expect(!page.url().includes('dashboard') && !page.url().includes('_edit'), `the field opens at ${page.url()}`);
  },
};
