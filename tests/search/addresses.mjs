// node addresses.mjs SITE_DIR
//
// Every document of every index leads to a page of the site and to an anchor on it, and has its text in the file and
// row that the client asks for.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { openSite } from './site.mjs';

const folder = process.argv[2];
const site = openSite(folder);
const langs = readdirSync(path.join(folder, 'search')).filter((name) => !/-\d+\.js$/.test(name)).map((name) => path.parse(name).name);
const texts = new Map();
let failed = 0;
let seen = 0;

for (const lang of langs) {
  const engine = site.engine(lang);
  const found = new Map();
  // Whatever there is is found by its own title.
  for (const line of site.context.polkuIndex[lang].docs.split('\n')) {
    for (const hit of engine.find(line.split('\t')[0], {}).hits) found.set(hit.at, hit);
  }
  check(`${lang}: ${found.size} of ${engine.size} documents are found`, found.size === engine.size);
  for (const hit of found.values()) document(lang, engine, hit);
}
console.log(`search addresses: ${seen} documents, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

function document(lang, engine, hit) {
  seen += 1;
  const [file, anchor] = decodeURIComponent(hit.href).split('#');
  const html = read(file);
  check(`${lang}: ${hit.href} does not exist`, html !== undefined);
  if (html && anchor) check(`${lang}: ${hit.href} has no such anchor`, new RegExp(`\\bid="?${anchor}["\\s>]`).test(html));
  const { file: textFile, first, row } = engine.texts(hit.at);
  if (!texts.has(textFile)) {
    texts.set(textFile, true);
    site.run(textFile);
  }
  const text = site.context.polkuTexts[lang]?.[first]?.[row];
  check(`${lang}: ${hit.title} has no row in ${textFile}`, typeof text === 'string');
}

function read(file) {
  try {
    return readFileSync(path.join(folder, file), 'utf8');
  } catch {
    return undefined;
  }
}

function check(what, holds) {
  if (holds) return;
  failed += 1;
  if (failed < 20) console.log(`FAILED ${what}`);
}
