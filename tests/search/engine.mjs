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
  // Loading the index is no part of a query.
  site.engine(lang);
  const began = performance.now();
  const ids = site.ids(lang, query);
  console.log(JSON.stringify({ ids, ms: performance.now() - began }));
}
