// node engine.mjs SITE_DIR
//
// Answers queries, one JSON object a line, { lang, query }, through the files that a browser would load: for each
// line one of { ids, ms }, best first. An id is the name of the page's file without its ending.
import { createInterface } from 'node:readline';
import { openSite } from './site.mjs';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node engine.mjs SITE_DIR');
  process.exit(2);
}

const site = openSite(folder);
for await (const line of createInterface({ input: process.stdin })) {
  const { lang, query } = JSON.parse(line);
  const began = performance.now();
  const { hits } = site.engine(lang).find(query, {});
  const ms = performance.now() - began;
  console.log(JSON.stringify({ ids: hits.map(({ href }) => idOf(href)), ms }));
}

function idOf(href) {
  return decodeURIComponent(href.replace(/#.*/, '').replace(/^.*\//, '').replace(/\.html$/, ''));
}
