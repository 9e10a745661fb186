// A change of the handbook reaches the page in view without touching what its reader has done to it.
import { startServer } from './server.mjs';

export const name = 'patch';

export async function check(browser, log, options = {}) {
  const server = await startServer(options);
  try {
    for (const [title, test] of Object.entries(tests)) {
      const page = await server.open(browser, null, options);
      page.setDefaultTimeout(10_000);
      const problems = [];
      try {
        await test({ server, page, problems, edit: editor(server), log });
      } catch (error) {
        problems.push(String(error.message).split('\n').slice(0, 3).join(' '));
      }
      log.check('patch', title, [...problems, ...page.heard]);
      await page.context().close();
    }
  } finally {
    await server.stop();
  }
}

// Replaces words in a file of the handbook, as another program would.
function editor(server) {
  return (file, from, to) => {
    const text = server.read(file);
    if (!text.includes(from)) throw new Error(`${file} does not say "${from}"`);
    server.write(file, text.replace(from, to));
  };
}

function expect(problems, holds, what) {
  if (!holds) problems.push(what);
}

async function go(server, page, file) {
  await page.goto(server.origin + file);
  await page.waitForSelector('.pke-found');
  await page.evaluate(() => { window.stays = true; });
}

const changed = (page, words) => page.waitForFunction((words) => document.querySelector('main').textContent.includes(words), words);

const tests = {
  async 'what is typed, opened, marked and scrolled stays'({ server, page, problems, edit }) {
    await go(server, page, '/fi/sanasto.html');
    await page.evaluate(() => {
      const extra = document.createElement('details');
      extra.id = 'extra';
      extra.innerHTML = '<summary>x</summary><p>y</p>';
      document.querySelector('main header').append(extra);
      extra.open = true;
    });
    const field = page.locator('[data-pk-search]');
    await field.click();
    const typed = page.locator('dialog input[type=search]');
    await typed.pressSequentially('omatyön', { delay: 5 });
    await typed.evaluate((input) => input.setSelectionRange(2, 4));
    const before = await typed.evaluate((input) => { window.kept = input; return [input.value, input.selectionStart, input.selectionEnd]; });
    edit('content/sanasto.toml', 'definition.fi = "', 'definition.fi = "MUUTETTU ');
    await changed(page, 'MUUTETTU');
    const after = await typed.evaluate((input) => [input.value, input.selectionStart, input.selectionEnd]);
    expect(problems, JSON.stringify(before) === JSON.stringify(after), `field ${before} became ${after}`);
    expect(problems, await typed.evaluate((input) => input === window.kept && document.activeElement === input), 'the field lost the focus');
    expect(problems, await page.evaluate(() => document.querySelector('dialog').open), 'the dialog closed');
    expect(problems, await page.evaluate(() => document.getElementById('extra')?.open), 'details closed');
    await page.keyboard.press('Escape');
    await page.evaluate(() => { scrollTo(0, 900); });
    const top = await page.evaluate(() => { window.last = [...document.querySelectorAll('main li')].find((one) => one.getBoundingClientRect().top > 200); return window.last.getBoundingClientRect().top; });
    edit('content/sanasto.toml', 'MUUTETTU ', 'JA TAAS MUUTETTU ');
    await changed(page, 'JA TAAS');
    const now = await page.evaluate(() => window.last.getBoundingClientRect().top);
    expect(problems, Math.abs(now - top) < 30, `what was read moved by ${now - top} px`);
    expect(problems, await page.evaluate(() => window.stays), 'the page was loaded again');
  },

  async 'a new row rewrites no other'({ server, page, problems, edit }) {
    await go(server, page, '/fi/sanasto.html');
    await page.evaluate(() => {
      window.rows = [...document.querySelectorAll('main h3')];
      window.rewritten = [];
      new MutationObserver((seen) => seen.forEach((one) => window.rewritten.push(...one.addedNodes, ...one.removedNodes)))
        .observe(document.querySelector('main'), { childList: true, subtree: true });
    });
    edit('content/sanasto.toml', '[term.', '[term.aaa-uusi]\nname.fi = "aivan uusi sana"\nname.sv = "alldeles nytt ord"\ndefinition.fi = "Uusi selite."\ndefinition.sv = "Ny förklaring."\n\n[term.');
    await changed(page, 'Uusi selite.');
    const [lost, rewritten] = await page.evaluate(() => [window.rows.filter((one) => !one.isConnected).length, window.rewritten.filter((one) => one.nodeType === 1).length]);
    expect(problems, lost === 0, `${lost} headings were rewritten`);
    expect(problems, rewritten <= 8, `${rewritten} elements were put in or taken out for one row`);
  },

  async 'the filter of the matrix stays'({ server, page, problems, edit }) {
    await go(server, page, '/fi/tyonjako/index.html');
    const href = await page.evaluate(() => [...document.querySelectorAll('main a')].map((link) => link.getAttribute('href')).find((href) => /^[a-z-]+\.html/.test(href)));
    await go(server, page, `/fi/tyonjako/${href}`);
    await page.locator('[data-pk-filter] select[name=phase]').selectOption({ index: 2 });
    const count = () => page.evaluate(() => [...document.querySelectorAll('[data-pk-matrix] tbody tr')].filter((row) => row.getClientRects().length).length);
    const before = await count();
    const task = await page.evaluate(() => [...document.querySelectorAll('[data-pk-matrix] tbody tr')].find((row) => row.getClientRects().length).querySelector('[data-src^="task/"]').textContent);
    const file = server.find(task);
    edit(file, `name.fi = "${task}"`, `name.fi = "${task} MUUTETTU"`);
    await changed(page, 'MUUTETTU');
    expect(problems, before === await count(), `${before} rows became ${await count()}`);
    expect(problems, await page.locator('[data-pk-filter] select[name=phase]').evaluate((select) => select.selectedIndex) === 2, 'the choice is gone');
  },

  async 'ticks and new boxes of a checklist'({ server, page, problems, edit }) {
    await go(server, page, '/fi/tarkistuslistat/index.html');
    await page.goto(server.origin + '/fi/tarkistuslistat/' + await page.evaluate(() => [...document.querySelectorAll('main h2 a, main h3 a')].map((link) => link.getAttribute('href'))[0]));
    await page.waitForSelector('.pke-found');
    const box = page.locator('[data-pk-ticks] input[type=checkbox]').nth(1);
    await box.check();
    const text = await page.evaluate(() => document.querySelector('[data-pk-ticks] li [data-src]').textContent);
    edit(server.find(text), text, `${text} MUUTETTU`);
    await changed(page, 'MUUTETTU');
    expect(problems, await box.isChecked(), 'the tick is gone');
  },

  async 'a decision guide stays where it is'({ server, page, problems, edit }) {
    await go(server, page, '/fi/paatosoppaat/index.html');
    await page.goto(server.origin + '/fi/paatosoppaat/' + await page.evaluate(() => [...document.querySelectorAll('main h2 a, main h3 a')].map((link) => link.getAttribute('href'))[0]));
    await page.waitForSelector('.pke-found');
    await page.locator('.pk-answer-button:visible').first().click();
    const shown = () => page.evaluate(() => [...document.querySelectorAll('[data-pk-question], [data-pk-end]')].filter((one) => one.getClientRects().length).map((one) => one.id).join());
    const before = await shown();
    const text = await page.evaluate(() => document.querySelector('main h1').textContent.replace(/\u00ad/g, ''));
    edit(server.find(text), `name.fi = "${text}"`, `name.fi = "${text} MUUTETTU"`);
    await changed(page, 'MUUTETTU');
    expect(problems, before === await shown(), `${before} became ${await shown()}`);
  },

  async 'a page that goes stays and says so'({ server, page, problems, edit }) {
    await go(server, page, '/fi/sanasto.html');
    await page.goto(server.origin + '/fi/roolit/index.html');
    await page.waitForSelector('.pke-found');
    await page.evaluate(() => history.replaceState(null, '', '/fi/roolit/ei-ole.html'));
    edit('content/sanasto.toml', 'definition.fi = "', 'definition.fi = "VIELÄ ');
    await page.waitForFunction(() => document.querySelector('.pke-told').textContent.length > 0);
    expect(problems, await page.evaluate(() => document.querySelector('main h1').textContent === 'Roolit'), 'the last page is gone');
    page.heard = page.heard.filter((line) => !line.includes('404'));
  },
};
