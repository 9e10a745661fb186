// A strict host and no host at all: nothing inline on any page; every kind of page below a sub-path under a
// strict content policy, and straight from a folder, without an error or a request that fails or goes outside.
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileUrl, inTabs } from '../browser.mjs';
import { serve } from '../server.mjs';

export const rules = ['inline', 'violation', 'outside', 'http failed', 'http console', 'file failed', 'file console'];

// What a script may still ask for after the page has loaded, in milliseconds.
const SETTLE = 200;

export async function gate(site, { browser, chosen, log }) {
  for (const page of site.pages) log.check('inline', page.path, inline(page));
  const jobs = chosen.map((page) => ({ page }));
  await overHttp(site, browser, jobs, log);
  await fromFolder(site, browser, jobs, log);
}

function inline(page) {
  return page.elements.flatMap(({ tag, attrs, text }) => [
    ...(tag === 'style' ? ['<style>'] : []),
    ...(tag === 'script' && attrs.src === undefined && !isData(attrs.type) && text.trim() !== '' ? ['<script>'] : []),
    ...Object.keys(attrs).filter((name) => name === 'style' || name.startsWith('on')).map((name) => `<${tag} ${name}>`),
    ...Object.values(attrs).filter((value) => /^\s*javascript:/i.test(value)).map(() => `<${tag}> javascript:`),
  ]);
}

function isData(type) {
  return type === 'application/json' || type === 'application/ld+json';
}

async function overHttp(site, browser, jobs, log) {
  const server = await serve(site.root);
  await inTabs(browser, {}, jobs, log, async ({ page, heard }, { page: { path: file } }) => {
    await page.addInitScript(watchPolicy);
    await page.goto(server.url(file));
    await page.waitForTimeout(SETTLE);
    log.check('violation', file, await page.evaluate(() => globalThis.polkuViolations));
    const { errors, requests, failed } = heard.take();
    const inSite = (url) => decodeURIComponent(url).replace(decodeURIComponent(server.base), '');
    log.check('outside', file, requests.filter((url) => !url.startsWith(server.base) && !url.startsWith('data:')).map(inSite));
    log.check('http failed', file, failed.map(inSite));
    log.check('http console', file, errors.map(inSite));
  });
  server.close();
}

function watchPolicy() {
  globalThis.polkuViolations = [];
  document.addEventListener('securitypolicyviolation', (event) => {
    globalThis.polkuViolations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
}

async function fromFolder(site, browser, jobs, log) {
  const around = mkdtempSync(path.join(tmpdir(), 'polku-'));
  const root = path.join(around, 'käsi kirja');
  symlinkSync(site.root, root);
  const base = decodeURIComponent(fileUrl(root, ''));
  const inSite = (text) => decodeURIComponent(text).replace(`${base}/`, '').replace(base, '');
  await inTabs(browser, {}, jobs, log, async ({ page, heard }, { page: { path: file } }) => {
    await page.goto(fileUrl(root, file));
    await page.waitForTimeout(SETTLE);
    const { errors, failed } = heard.take();
    log.check('file failed', file, failed.map(inSite));
    log.check('file console', file, errors.map(inSite));
  });
  rmSync(around, { recursive: true });
}
