// node handbook.mjs SITE_DIR
//
// Every document of every index leads to a page of the site and to an anchor on it, and has its text in the file and
// row that the client asks for. Every section is the first hit of what cites it, by whatever name of its statute.
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
    for (const hit of engine.find(line.split('\t')[0]).hits) found.set(hit.at, hit);
  }
  check(`${lang}: ${found.size} of ${engine.size} documents are found`, found.size === engine.size);
  for (const hit of found.values()) document(lang, engine, hit);
  sections(lang, engine);
}
console.log(`search of the handbook: ${seen} documents and citations, ${failed} failed`);
process.exitCode = failed ? 1 : 0;

// A document that has `817/2015 7 §` among its names is that section.
function sections(lang, engine) {
  const index = site.context.polkuIndex[lang];
  const names = index.statutes.split('\n').map((line) => line.split('\t'));
  const wrong = [];
  let asked = 0;
  for (const [title, , , , ...own] of index.docs.split('\n').map((line) => line.split('\t'))) {
    const [, number, section] = own.map((name) => name.match(/^(\d+\/\d{4}) (.* §)$/)).find(Boolean) ?? [];
    for (const [name] of names.filter((row) => row[1] === number)) {
      asked += 1;
      if (engine.find(`${name} ${section}`).hits[0]?.title !== title) wrong.push(`${name} ${section}`);
    }
  }
  seen += asked;
  check(`${lang}: ${wrong.length} of ${asked} citations lead elsewhere first: ${wrong.slice(0, 5).join('; ')}`, wrong.length <= asked * 0.01);
}

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
  const [title, text] = site.context.polkuTexts[lang]?.[first]?.[row] ?? [];
  check(`${lang}: row ${row} of ${textFile} is not of ${hit.title}`, title === hit.title);
  const begins = text?.split(' · ')[0].slice(0, 40);
  check(`${lang}: ${hit.href} does not say "${begins}"`, html === undefined || words(html).includes(words(begins ?? '')));
}

// The letters of a text, whatever markup stands between them.
function words(html) {
  return html.replace(/<[^>]*>/g, '').replace(/&\w+;|&#\d+;/g, '').replace(/[^\p{L}\p{N}]+/gu, '');
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
