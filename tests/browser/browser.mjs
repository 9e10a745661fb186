// One Chromium for all gates, and a few tabs that share a list of work.
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

export function openBrowser() {
  return chromium.launch({ executablePath: process.env.CHROME_PATH || found() });
}

function found() {
  const places = process.env.PATH.split(path.delimiter).flatMap((dir) => NAMES.map((name) => path.join(dir, name)));
  const place = places.find((file) => existsSync(file));
  if (!place) throw new Error('no Chromium: install the package chromium or set CHROME_PATH');
  return place;
}

export function fileUrl(root, file) {
  return pathToFileURL(path.join(root, file)).href;
}

// Every job in a tab of its own worker. A job that throws is a finding, and the tab is replaced. Jobs that wait more
// than they work may have more tabs than the machine has cores.
export async function inTabs(browser, options, jobs, log, work, tabs = availableParallelism()) {
  const queue = [...jobs];
  const worker = async () => {
    let tab;
    for (let job = queue.shift(); job; job = queue.shift()) {
      tab ??= await openTab(browser, options);
      try {
        await work(tab, job);
      } catch (error) {
        log.check('stopped', job.page.path, [String(error.message).split('\n')[0]]);
        await tab.page.context().close();
        tab = undefined;
      }
    }
    await tab?.page.context().close();
  };
  await Promise.all(Array.from({ length: tabs }, worker));
}

async function openTab(browser, options) {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  return { page, heard: listen(page) };
}

// What a page says and asks for, taken and forgotten at each `take`.
function listen(page) {
  let heard = nothing();
  page.on('console', (message) => message.type() === 'error' && heard.errors.push(message.text()));
  page.on('pageerror', (error) => heard.errors.push(String(error)));
  page.on('request', (request) => heard.requests.push(request.url()));
  page.on('requestfailed', (request) => heard.failed.push(request.url()));
  page.on('response', (response) => response.status() >= 400 && heard.failed.push(`${response.status()} ${response.url()}`));
  return {
    take() {
      const taken = heard;
      heard = nothing();
      return taken;
    },
  };
}

function nothing() {
  return { errors: [], requests: [], failed: [] };
}
