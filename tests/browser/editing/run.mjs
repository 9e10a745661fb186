// node editing/run.mjs [--only NAME,NAME] [--program FILE]
//
// Editing in the browser, in use: each part over a server and a copy of the handbook of its own.
import { parseArgs } from 'node:util';
import { openBrowser } from '../browser.mjs';
import { Log } from '../log.mjs';

const PARTS = ['patch', 'shell', 'source', 'looks', 'forms', 'person'];

const { values } = parseArgs({ options: { only: { type: 'string' }, program: { type: 'string' } } });
const browser = await openBrowser();
let failed = 0;
for (const name of values.only?.split(',') ?? PARTS) {
  const began = Date.now();
  const log = new Log();
  const { check } = await import(`./${name}.mjs`);
  await check(browser, log, values.program ? { program: values.program } : {});
  failed += log.failed;
  console.log(`${name.padEnd(7)} ${log.passed} passed, ${log.failed} failed (${((Date.now() - began) / 1000).toFixed(1)} s)`);
  for (const line of log.lines()) console.log(line);
}
await browser.close();
process.exitCode = failed === 0 ? 0 : 1;
