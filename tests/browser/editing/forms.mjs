// Forms in use over a real server: every kind unchanged, texts and rows saved, pickers by keyboard, two who write at
// once, drafts, something new, the matrix, prose, a block from Excel; and how each state looks to axe.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { install } from '../inpage.mjs';
import { startServer } from './server.mjs';

const MODES = ['light', 'dark'].flatMap((scheme) => [1280, 320].map((width) => ({ scheme, width, name: `${scheme} ${width}` })));
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice', 'EN-301-549'];
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PHASE = 'phase/vireilletulo', TASK = 'task/asiakassuunnitelma';
const FILE = 'content/aikuissosiaalityo/polku.toml', TASKS = 'content/aikuissosiaalityo/tehtavat.toml';

export async function check(browser, log, options = {}) {
  for (const part of [unchanged, saved, picked, conflict, drafted, made, matrix, prose, pasted, looks].filter((one) => !process.env.FORMS || process.env.FORMS.includes(one.name))) {
    const server = await startServer(options);
    try {
      await part({ server, browser, log, options, name: part.name });
    } catch (error) {
      log.check('forms', part.name, [String(error).split('\n')[0]]);
    } finally {
      await server.stop();
    }
  }
}

async function visit({ server, browser, options }, file = '/fi/vaiheet/vireilletulo.html', more = {}) {
  const page = await server.open(browser, file, { ...options, ...more });
  page.setDefaultTimeout(8000);
  return page;
}

async function open(page, at) {
  await page.evaluate((at) => window.polku.open(at), at);
  await page.waitForSelector('.pke-f-bar');
  await page.waitForFunction(() => window.polku.form.element?.isConnected);
}

const changes = (page) => page.evaluate(() => window.polku.form.changes());
const status = (page) => page.locator('.pke-f-status').textContent();
const tell = ({ log, name }, what, holds, told = 'it does not') => log.check('forms', `${name}: ${what}`, holds ? [] : [told]);

async function save(page) {
  const done = page.waitForResponse((answer) => answer.url().includes('/_polku/save'));
  await page.keyboard.press('Control+s');
  const answer = await done;
  await page.waitForFunction(() => !/^(Tallennetaan|Sparar)/.test(document.querySelector('.pke-f-status')?.textContent ?? ''));
  return answer.status();
}

// A form that nobody touched asks for no change, whatever its kind.
async function unchanged(it) {
  const page = await visit(it);
  const told = await page.evaluate(async () => {
    const kinds = ['qualification', 'role', 'function', 'partner', 'framework', 'phase', 'axis', 'situation', 'topic', 'task', 'process', 'guide', 'service', 'form', 'segmentation', 'segment', 'team', 'area', 'forum', 'competence', 'statute', 'section', 'rule', 'obligation', 'question', 'indicator', 'pilot', 'checklist', 'onboarding', 'change', 'term', 'page'];
    const places = ['site', 'cell/sosiaaliohjaaja/vireilletulo', 'phase/vireilletulo#'];
    for (const kind of kinds) {
      const found = await window.polku.get(`find?kinds=${kind}&q=&lang=fi`);
      places.push(...found.slice(0, 4).map((one) => one.at));
    }
    const wrong = [];
    for (const at of places) {
      await window.polku.open(at);
      const form = window.polku.form.element;
      if (form?.dataset.at !== at && !at.includes('#')) { wrong.push(`${at}: no form, but ${form?.dataset.at}`); continue; }
      const own = window.polku.form.changes();
      if (own.length) wrong.push(`${at}: ${JSON.stringify(own).slice(0, 200)}`);
    }
    return { wrong, n: places.length };
  });
  it.log.check('forms', 'unchanged: no form asks for a change', told.wrong);
  tell(it, 'enough forms', told.n > 90, `only ${told.n}`);
  it.log.check('forms', 'unchanged: console', page.heard);
}

async function saved(it) {
  const page = await visit(it);
  await open(page, `${PHASE}.summary`);
  const area = page.locator(`[name="${PHASE}.summary.fi"]`);
  tell(it, 'the field that was asked for has the focus', await page.evaluate(() => document.activeElement.name) === `${PHASE}.summary.fi`);
  const before = it.server.read(FILE);
  await area.fill('Uusi tiivistelmä.');
  await page.waitForFunction(() => document.querySelector('main').textContent.includes('Uusi tiivistelmä.'));
  tell(it, 'nothing is written before it is saved', it.server.read(FILE) === before);
  tell(it, 'saving answers', await save(page) === 200);
  const after = it.server.read(FILE);
  const [old, now] = [before, after].map((text) => text.split('\n'));
  tell(it, 'one line differs', old.length === now.length && now.filter((line, n) => line !== old[n]).length === 1);
  tell(it, 'nothing is left', (await changes(page)).length === 0);
  tell(it, 'the state says so', /Tallennettu/.test(await status(page)), await status(page));
  await open(page, TASK);
  const list = page.locator(`[data-rows="${TASK}.recorded"]`);
  await list.locator('[data-add]').click();
  await page.keyboard.type('Toinen');
  await page.keyboard.press('Alt+ArrowUp');
  tell(it, 'a new row moves', (await changes(page))[0]?.before === 1, JSON.stringify(await changes(page)));
  tell(it, 'rows are saved', await save(page) === 200);
  await page.waitForFunction((at) => document.activeElement.name === `${at}.recorded.1.text.fi`, TASK);
  tell(it, 'and stand in their order', /recorded = \[[^\]]*"Toinen"|\[\[task.asiakassuunnitelma.recorded\]\]\s+text.fi = "Toinen"/.test(it.server.read(TASKS)));
  await list.locator('[data-remove]').first().click();
  tell(it, 'a row that is taken out can be put back', await page.evaluate(() => document.activeElement.closest('.pke-f-gone') !== null));
  await page.keyboard.press('Enter');
  tell(it, 'and then nothing has changed', (await changes(page)).length === 0);
}

async function picked(it) {
  const page = await visit(it);
  await open(page, TASK);
  const input = page.locator(`[name="${TASK}.informed"]`);
  await input.evaluate((one) => { for (let box = one.closest('details'); box; box = box.parentElement.closest('details')) box.open = true; });
  const before = await page.locator(`[data-at="${TASK}.informed"] .pke-f-chip`).count();
  await input.focus();
  await page.keyboard.type('johtava');
  await page.waitForSelector(`[data-at="${TASK}.informed"] [role=option]`);
  tell(it, 'the combobox says that it is open', await input.getAttribute('aria-expanded') === 'true' && Boolean(await input.getAttribute('aria-activedescendant')));
  await page.keyboard.press('Enter');
  await page.waitForFunction(([at, n]) => document.querySelectorAll(`[data-at="${at}.informed"] .pke-f-chip`).length > n, [TASK, before]);
  const [change] = await changes(page);
  tell(it, 'what is chosen is one more', change.at === `${TASK}.informed` && change.value.length === before + 1, JSON.stringify(change));
  tell(it, 'it is saved', await save(page) === 200);
}

async function conflict(it) {
  const page = await visit(it);
  await open(page, PHASE);
  await page.locator(`[name="${PHASE}.summary.fi"]`).fill('Oma teksti.');
  const other = it.server.read(FILE).replace(/(\[phase\.vireilletulo\][\s\S]*?summary\.fi = ")[^"]*"/, '$1Toisen teksti."').replace(/(\[phase\.vireilletulo\][\s\S]*?name\.sv = ")[^"]*"/, '$1Ett annat namn"');
  it.server.write(FILE, other);
  await page.waitForFunction((at) => document.querySelector(`[name="${at}.name.sv"]`).value === 'Ett annat namn', PHASE);
  tell(it, 'a field that nobody touched takes what is new, mine stays', await page.locator(`[name="${PHASE}.summary.fi"]`).inputValue() === 'Oma teksti.');
  await page.locator(`[name="${PHASE}.summary.fi"]`).focus();
  if (!await page.locator('.pke-f-conflict').count()) tell(it, 'saving is refused', await save(page) === 409);
  await page.waitForSelector('.pke-f-conflict');
  const words = await page.locator('.pke-f-conflict').textContent();
  tell(it, 'both versions stand side by side', words.includes('Oma teksti.') && words.includes('Toisen teksti.'), words);
  await page.locator('.pke-f-conflict textarea').fill('Molempien teksti.');
  await page.locator('.pke-f-conflict .pke-primary').click();
  tell(it, 'the result is saved', await save(page) === 200 && it.server.read(FILE).includes('Molempien teksti.') && it.server.read(FILE).includes('Ett annat namn'));
}

async function drafted(it) {
  const page = await visit(it);
  await open(page, PHASE);
  const own = `[name="${PHASE}.summary.fi"]`;
  await page.locator(own).fill('Keskeneräinen.');
  await page.waitForResponse((answer) => answer.url().includes('/_polku/try'));
  await page.goto(`${it.server.origin}/fi/roolit/sosiaaliohjaaja.html`);
  await page.waitForSelector('.pke-bar');
  await open(page, PHASE);
  tell(it, 'a tab keeps what is not saved', await page.locator(own).inputValue() === 'Keskeneräinen.');
  const other = await page.context().newPage();
  await page.close();
  await other.goto(`${it.server.origin}/fi/vaiheet/vireilletulo.html`);
  await other.waitForSelector('.pke-bar');
  await open(other, PHASE);
  await other.waitForSelector('.pke-f-notice');
  tell(it, 'another tab is offered it and takes nothing by itself', await other.locator(own).inputValue() !== 'Keskeneräinen.' && (await changes(other)).length === 0);
  await other.locator('.pke-f-notice .pke-primary').click();
  tell(it, 'and can take it', await other.locator(own).inputValue() === 'Keskeneräinen.' && (await changes(other)).length === 1);
  await other.locator('.pke-f-bar .pke-secondary').click();
  await other.waitForFunction((own) => document.querySelector(own)?.value !== 'Keskeneräinen.', own);
  tell(it, 'what is discarded is gone', (await changes(other)).length === 0);
}

async function made(it) {
  const page = await visit(it);
  await open(page, 'new/task/vireilletulo/sosiaaliohjaaja');
  const [fi, sv] = [0, 1].map((n) => page.locator('[data-text="task/+.name"] textarea').nth(n));
  await fi.fill('Ääkkösten työ');
  await sv.fill('Arbete med åäö');
  tell(it, 'an id is made from the name', await page.locator('[data-new-id] input').inputValue() === 'aakkosten-tyo');
  const [{ value }] = await changes(page);
  tell(it, 'what is known stands in it, and no default', value.phase[0] === 'vireilletulo' && value.accountable === 'sosiaaliohjaaja' && !('decision' in value), JSON.stringify(value));
  tell(it, 'it is made', await save(page) === 200);
  await page.waitForFunction(() => window.polku.form.element?.dataset.at === 'task/aakkosten-tyo');
  tell(it, 'in the file of its neighbours', it.server.read(TASKS).includes('[task.aakkosten-tyo]'));
}

async function matrix(it) {
  const page = await visit(it);
  await open(page, 'cell/palvelusihteeri/vireilletulo');
  const row = page.locator('[data-task]').filter({ hasNot: page.locator('option[value=accountable][selected]') }).first();
  const task = await row.getAttribute('data-task');
  await row.locator('select').selectOption('accountable');
  tell(it, 'whoever answered before is told', await row.locator('.pke-f-note').count() === 1);
  const own = await changes(page);
  tell(it, 'one accountable at a time', own.some((one) => one.at === `${task}.accountable` && one.value === 'palvelusihteeri'), JSON.stringify(own));
  tell(it, 'it is saved', await save(page) === 200);
  tell(it, 'and nothing is left', (await changes(page)).length === 0);
}

async function prose(it) {
  const page = await visit(it);
  await open(page, 'phase/vireilletulo#');
  const area = page.locator('[data-shape=prose] textarea').first();
  await area.fill('yksi\nkaksi');
  await area.evaluate((one) => one.setSelectionRange(0, 4));
  await page.keyboard.press('Control+b');
  tell(it, 'bold', await area.inputValue() === '**yksi**\nkaksi', await area.inputValue());
  await page.keyboard.press('Control+z');
  tell(it, 'is taken back', await area.inputValue() === 'yksi\nkaksi', await area.inputValue());
  await area.evaluate((one) => one.setSelectionRange(0, one.value.length));
  await page.locator('.pke-f-toolbar').first().getByRole('button').nth(2).click();
  tell(it, 'lists', await area.inputValue() === '- yksi\n- kaksi', await area.inputValue());
  await area.evaluate((one) => one.setSelectionRange(2, 6));
  await page.keyboard.press('Control+k');
  await page.waitForSelector('.pke-f-ask [role=option]', { timeout: 3000 }).catch(() => {});
  await page.locator('.pke-f-ask input').fill('omaty');
  await page.waitForFunction(() => document.querySelector('.pke-f-ask [role=option][aria-selected=true]'));
  await page.keyboard.press('Enter');
  tell(it, 'links', /^- \[\[[a-z:-]*omaty[a-z-]*\|yksi\]\]/.test(await area.inputValue()), await area.inputValue());
  await area.evaluate((one) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='), (c) => c.charCodeAt(0))], 'kuva.png', { type: 'image/png' }));
    one.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.waitForSelector('.pke-f-ask img');
  await page.locator('.pke-f-ask .pke-primary').click();
  tell(it, 'a picture without words is refused', await page.locator('.pke-f-ask img').count() === 1);
  await page.locator('.pke-f-ask textarea').fill('Piste');
  await page.locator('.pke-f-ask .pke-primary').click();
  await page.waitForSelector('.pke-f-ask', { state: 'detached' });
  tell(it, 'with words it is put in', /!\[Piste\]\([./a-z]*media\/kuva\.png\)/.test(await area.inputValue()), await area.inputValue());
  tell(it, 'prose is saved', await save(page) === 200);
}

async function pasted(it) {
  const page = await visit(it);
  await open(page, TASK);
  const list = `[data-rows="${TASK}.recorded"]`;
  await page.locator(`${list} textarea`).first().evaluate((one) => {
    const data = new DataTransfer();
    data.setData('text/html', '<table><tr><td>Kuvaus (fi)<td>Kuvaus (sv)<td>Outo<tr><td>Kertomus<td>Berättelse<td>x</table>');
    data.setData('text/plain', 'x');
    one.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  });
  await page.waitForSelector(`${list} > .pke-f-ask table`);
  tell(it, 'what is left out is said', (await page.locator(`${list} > .pke-f-ask`).textContent()).includes('Outo'));
  await page.locator(`${list} > .pke-f-ask .pke-primary`).click();
  const [change] = await changes(page);
  tell(it, 'rows stand in the form', change?.value.text.sv === 'Berättelse', JSON.stringify(change));
  tell(it, 'and are saved', await save(page) === 200 && it.server.read(TASKS).includes('Berättelse'));
}

// ---- How it looks

const STATES = {
  clean: (page) => open(page, TASK),
  dirty: async (page) => {
    await open(page, PHASE);
    await page.locator(`[name="${PHASE}.name.fi"]`).fill('Toinen nimi');
    await page.locator(`[name="${PHASE}.summary.sv"]`).fill('');
    await page.evaluate(() => document.querySelectorAll('.pke-f-form details').forEach((one) => { one.open = true; }));
  },
  picker: async (page) => {
    await open(page, TASK);
    await page.locator(`[name="${TASK}.law"]`).fill('SHL');
    await page.waitForSelector('[role=option]');
  },
  error: async (page) => {
    await open(page, PHASE);
    await page.evaluate((at) => window.polku.form.put(`${at}.name`, { severity: 'error', message: 'Nimi puuttuu.', help: 'Kirjoita nimi.' }, 'refused'), PHASE);
  },
  conflict: async (page) => {
    await open(page, PHASE);
    await page.locator(`[name="${PHASE}.summary.fi"]`).fill('Oma teksti.');
    await page.evaluate((at) => window.polku.emit('conflict', [{ at: `${at}.summary.fi`, message: 'Joku muu on muuttanut tätä kohtaa.', theirs: 'Toisen teksti.' }]), PHASE);
    await page.waitForSelector('.pke-f-conflict');
  },
  cell: (page) => open(page, 'cell/sosiaaliohjaaja/vireilletulo'),
  prose: (page) => open(page, 'phase/vireilletulo#'),
  new: (page) => open(page, 'new/process'),
  rows: async (page) => {
    await open(page, 'process/alkuarviointi');
    await page.evaluate(() => document.querySelectorAll('.pke-f-row details').forEach((one, n) => { one.open = n < 2; }));
  },
};

// The start address opens one browser only, so each mode has a server of its own.
async function looks({ browser, log, options }) {
  for (const mode of MODES) {
    const server = await startServer(options);
    const more = { viewport: { width: mode.width, height: 800 }, colorScheme: mode.scheme, reducedMotion: 'reduce' };
    const page = await visit({ server, browser, options }, null, more);
    for (const [name, show] of Object.entries(STATES)) {
      await page.goto(`${server.origin}/${name.length % 2 ? 'sv/roller' : 'fi/roolit'}/index.html`);
      await page.waitForSelector('.pke-bar');
      await page.evaluate(() => { localStorage.clear(); sessionStorage.clear(); });
      await show(page);
      await page.waitForTimeout(250);
      if (process.env.PICTURES) await page.screenshot({ path: path.join(process.env.PICTURES, `form-${name}-${mode.scheme}-${mode.width}.png`) });
      await page.evaluate(install);
      log.check('sideways', `form ${name}`, await page.evaluate(() => polkuChecks.sideways()), mode.name);
      const wide = await page.evaluate(() => [...document.querySelectorAll('.pke-body')].filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => `${one.scrollWidth} in ${one.clientWidth}`));
      log.check('sideways', `panel ${name}`, wide, mode.name);
      await page.evaluate(source);
      log.check('axe', `form ${name}`, await page.evaluate(violations, TAGS), mode.name);
    }
    await page.context().close();
    await server.stop();
  }
}

async function violations(tags) {
  const { violations } = await axe.run('.pke', { runOnly: tags, preload: false, resultTypes: ['violations'] });
  return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} (${node.target.join(' ')})`));
}
