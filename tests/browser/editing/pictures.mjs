// node pictures.mjs [PROGRAM] [FOLDER]
//
// The pictures of the guides to editing, taken of the example handbook while it is edited: `docs/pictures` where no
// folder is given, and the debug build where no program is.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBrowser } from '../browser.mjs';
import { PROGRAM, startServer } from './server.mjs';

const PHASE = 'phase/vireilletulo', FILE = 'content/aikuissosiaalityo/polku.toml';
const SCREEN = { width: 1080, height: 680 };
// Wide enough for a column of roles beside the panel, and high enough for two versions and what is done with them.
const WIDE = { width: 1280, height: 720 }, HIGH = { width: 1080, height: 1100 };
// The same pictures in both languages: what they are called, where they are taken and what is written in them.
const LANGUAGES = {
  fi: {
    fresh: 'esikatselu', languages: 'fi,sv',
    names: ['muokkaus-lomake', 'muokkaus-ruutu', 'muokkaus-ristiriita', 'muokkaus-tilannekuva'],
    phase: '/fi/vaiheet/vireilletulo.html', matrix: '/fi/tyonjako/aikuissosiaalityon-polku.html',
    mine: 'Asia alkaa hakemuksesta, yhteydenotosta tai ilmoituksesta. Kiireellinen avun tarve arvioidaan heti.',
    theirs: 'Asia alkaa hakemuksesta, yhteydenotosta tai työntekijän havainnosta.',
  },
  sv: {
    fresh: 'forhandsvisning', languages: 'sv,fi',
    names: ['redigering-formular', 'redigering-ruta', 'redigering-konflikt', 'redigering-lagesbild'],
    phase: '/sv/skeden/vireilletulo.html', matrix: '/sv/arbetsfordelning/aikuissosiaalityon-polku.html',
    mine: 'Ärendet inleds genom en ansökan, en kontakt eller en anmälan. Ett brådskande hjälpbehov bedöms genast.',
    theirs: 'Ärendet inleds genom en ansökan, en kontakt eller en anställds iakttagelse.',
  },
};

const [program = PROGRAM, folder = path.join(import.meta.dirname, '../../../docs/pictures')] = process.argv.slice(2);
const browser = await openBrowser();
for (const [lang, told] of Object.entries(LANGUAGES)) {
  await fresh(lang, told);
  const [form, cell, conflict, dashboard] = told.names;
  await take(form, told, formOf);
  await take(cell, told, cellOf);
  await take(conflict, told, (it) => conflictOf(it, lang));
  await take(dashboard, told, (it) => dashboardOf(it, lang));
}
await browser.close();

// Each picture in a handbook of its own, in which nobody has done anything yet. What `of` gives is its frame.
async function take(name, told, of) {
  const server = await startServer({ program, today: '2026-12-01' });
  const page = await server.open(browser, told.phase, { viewport: SCREEN });
  const frame = await of({ server, page, told });
  await settled(page);
  await (frame ?? page).screenshot({ path: path.join(folder, `${name}.png`) });
  await page.context().close();
  await server.stop();
}

// The front page of a handbook that was just made.
async function fresh(lang, told) {
  const root = path.join(mkdtempSync(path.join(tmpdir(), 'polku-pictures-')), 'handbook');
  spawnSync(program, ['new', root, '--languages', told.languages], { stdio: 'inherit' });
  const server = await startServer({ root, program, today: '2026-12-01' });
  const page = await server.open(browser, `/${lang}/index.html`, { viewport: SCREEN });
  await settled(page);
  await page.screenshot({ path: path.join(folder, `${told.fresh}.png`) });
  await page.context().close();
  await server.stop();
  rmSync(path.dirname(root), { recursive: true });
}

// What is said for a moment only is not in the way.
async function settled(page) {
  await page.evaluate(() => { document.querySelector('.pke-told').hidden = true; });
  await page.mouse.move(0, 0);
  await page.waitForTimeout(2500);
}

async function open(page, at) {
  await page.evaluate((at) => window.polku.open(at), at);
  await page.waitForSelector('.pke-f-bar');
}

async function formOf({ page }) {
  await page.setViewportSize({ ...SCREEN, height: 620 });
  await page.keyboard.press('Alt+e');
  await page.locator(`[data-src="${PHASE}.summary"]`).first().click();
  await page.waitForSelector('.pke-f-bar');
}

async function cellOf({ server, page, told }) {
  await page.setViewportSize(WIDE);
  await page.goto(server.origin + told.matrix);
  await page.waitForSelector('.pke-bar');
  await page.keyboard.press('Alt+e');
  const cell = page.locator('[data-src^="cell/sosiaalityontekija/vireilletulo"]').first();
  await cell.click();
  await page.waitForSelector('.pke-f-bar');
  await page.locator('.pke-panel [data-task] select').first().selectOption('accountable');
  await page.waitForTimeout(1000);
  await cell.evaluate((one) => {
    one.closest('table').scrollIntoView();
    one.closest('.pk-scroll').scrollLeft = 0;
  });
}

async function conflictOf({ server, page, told }, lang) {
  await open(page, `${PHASE}.summary`);
  await page.locator(`[name="${PHASE}.summary.${lang}"]`).fill(told.mine);
  await page.waitForTimeout(500);
  const own = new RegExp(`(\\[phase\\.vireilletulo\\][\\s\\S]*?summary\\.${lang} = ")[^"]*"`);
  server.write(FILE, server.read(FILE).replace(own, `$1${told.theirs}"`));
  await page.waitForTimeout(1000);
  if (!await page.locator('.pke-f-conflict').count()) await page.keyboard.press('Control+s');
  const box = page.locator('.pke-f-conflict');
  await box.waitFor();
  await page.setViewportSize(HIGH);
  await box.evaluate((one) => one.closest('fieldset').scrollIntoView());
  return page.locator('.pke-panel');
}

async function dashboardOf({ server, page, told }, lang) {
  await page.evaluate(() => window.polku.post('publish'));
  await open(page, `${PHASE}.summary`);
  await page.locator(`[name="${PHASE}.summary.${lang}"]`).fill(told.mine);
  await page.keyboard.press('Control+s');
  await page.waitForResponse((answer) => answer.url().includes('/_polku/save'));
  await page.goto(`${server.origin}/_polku/dashboard?lang=${lang}`);
  await page.waitForSelector('.pke-bar');
  await page.waitForTimeout(3000);
  // What the checks say comes a moment after the pages.
  await page.reload();
  await page.waitForSelector('.pke-found');
}
