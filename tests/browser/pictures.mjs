// node pictures.mjs SITE_DIR [FOLDER]
//
// The pictures of the docs, taken of the built example handbook: `docs/pictures` where no folder is given.
import path from 'node:path';
import { fileUrl, openBrowser } from './browser.mjs';

const DESK = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 640 };

// What is shown, on what, in which colours, and from where on.
const PICTURES = [
  { name: 'home', page: 'fi/index.html', screen: DESK },
  { name: 'role', page: 'fi/roolit/sosiaalityontekija.html', screen: DESK },
  { name: 'role-phone', page: 'fi/roolit/sosiaalityontekija.html', screen: PHONE, scheme: 'dark' },
  { name: 'phase', page: 'sv/skeden/palvelujen-jarjestaminen.html', screen: DESK },
  { name: 'matrix', page: 'fi/tyonjako/aikuissosiaalityon-polku.html', screen: DESK, at: '#_matrix' },
  { name: 'process', page: 'sv/processer/toimeentulotukihakemuksen-kasittely.html', screen: DESK, at: '#_drawing', scheme: 'dark' },
  { name: 'guide-phone', page: 'fi/paatosoppaat/erityisen-tuen-tarve.html', screen: PHONE },
  { name: 'indicator', page: 'fi/mittarit/asiakasmaara.html', screen: DESK, at: '#_values' },
  { name: 'search', page: 'fi/haku.html', screen: DESK, typed: 'päätöksen teko' },
];

const [site, folder = path.join(import.meta.dirname, '../../docs/pictures')] = process.argv.slice(2);
if (!site) {
  console.error('usage: node pictures.mjs SITE_DIR [FOLDER]');
  process.exit(2);
}
const browser = await openBrowser();
for (const picture of PICTURES) await take(picture);
await browser.close();

async function take({ name, page, screen, scheme = 'light', at, typed }) {
  const tab = await browser.newPage({ viewport: screen, colorScheme: scheme });
  await tab.goto(fileUrl(path.resolve(site), page) + (at ?? ''));
  if (typed) {
    await tab.locator('main input[type=search]').fill(typed);
    await tab.locator('main .pk-hits li .pk-hit-text:not(:empty)').first().waitFor();
  }
  await tab.screenshot({ path: path.join(folder, `${name}.png`) });
  await tab.close();
}
