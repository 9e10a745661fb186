import { openBrowser } from '/work/draft/wt-s/tests/browser/browser.mjs';
import { startServer, ready } from '/work/draft/wt-s/tests/browser/editing/server.mjs';
import { stub } from '/work/draft/wt-s/tests/browser/editing/stubs.mjs';
import { readFileSync, existsSync } from 'node:fs';
const own = '/work/draft/wt-s/themes/polku/preview/';
export async function disk(page) {
  await page.route(/\/_polku\/[a-z]+\.(js|css)$/, (route) => {
    const name = new URL(route.request().url()).pathname.split('/').pop();
    if (existsSync(own + name)) route.fulfill({ path: own + name }); else route.continue();
  });
}
const server = await startServer();
const browser = await openBrowser();
try { await (await import(process.argv[2])).default({ server, browser, stub: async (p) => { await disk(p); await stub(p); }, ready }); }
finally { await browser.close(); await server.stop(); }
