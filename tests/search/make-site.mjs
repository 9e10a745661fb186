// node make-site.mjs DOCS.json DIR
//
// Writes a handbook from a set of pages, each { id, lang, title, syn, law, headings, body, alt }: a page of polku
// whose slug is its id. Two pages that name each other in `alt` become one page in two languages.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [docsFile, folder] = process.argv.slice(2);
if (!docsFile || !folder) {
  console.error('usage: node make-site.mjs DOCS.json DIR');
  process.exit(2);
}

const docs = JSON.parse(readFileSync(docsFile, 'utf8'));
const byId = new Map(docs.map((doc) => [`${doc.lang}/${doc.id}`, doc]));
const langs = [...new Set(docs.map(({ lang }) => lang))];

write('site.toml', `${perLang('title', () => 'Haku', langs)}languages = ${JSON.stringify(langs)}\n`);
write('content/pages.toml', pages().map(declaration).join('\n'));
for (const doc of docs) {
  const [first] = pages().find((sides) => sides.includes(doc));
  write(`content/pages/${first.id}.${doc.lang}.md`, prose(doc));
}

// Each page as its languages, the one that leads first.
function pages() {
  const taken = new Set();
  const found = [];
  for (const doc of docs) {
    if (taken.has(doc)) continue;
    const twin = langs.map((lang) => byId.get(`${lang}/${doc.alt}`)).find((other) => other?.alt === doc.id);
    const sides = [doc, twin].filter(Boolean);
    sides.forEach((side) => taken.add(side));
    found.push(sides);
  }
  return found;
}

function declaration(sides) {
  const of = (lang) => sides.find((side) => side.lang === lang);
  const own = langs.filter(of);
  const lines = [
    `[page.${sides[0].id}]\n`,
    perLang('name', (lang) => of(lang).title, own),
    perLang('slug', (lang) => of(lang).id, own),
    perLang('synonyms', (lang) => of(lang).syn ?? [], own),
    own.length < langs.length ? `languages = ${JSON.stringify(own)}\n` : '',
  ];
  return lines.join('');
}

function perLang(key, value, own) {
  return own.map((lang) => `${key}.${lang} = ${JSON.stringify(value(lang))}\n`).join('');
}

// The paragraphs under the headings in order, as many under each; law that no paragraph cites stands at the end.
function prose({ headings = [], body, law = [] }) {
  const paragraphs = body.split('\n').filter(Boolean);
  const uncited = law.filter((cited) => !body.toLowerCase().includes(cited.toLowerCase()));
  const share = Math.ceil((paragraphs.length - 1) / Math.max(headings.length, 1));
  const parts = [escaped(paragraphs[0] ?? '')];
  headings.forEach((heading, at) => {
    parts.push(`## ${escaped(heading)}`, ...paragraphs.slice(1 + at * share, 1 + (at + 1) * share).map(escaped));
  });
  if (headings.length === 0) parts.push(...paragraphs.slice(1).map(escaped));
  return `${[...parts, ...uncited.map(escaped)].join('\n\n')}\n`;
}

// Text in which Markdown finds nothing but words.
function escaped(text) {
  return text.replace(/[\\`*_[\]<>#|~!]/g, '\\$&').replace(/^(\d+)([.)])/, '$1\\$2').replace(/^([-+])/, '\\$1');
}

function write(name, text) {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
