// A built site as the gates see it: its files, its parsed pages, and one or two pages of every kind.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'parse5';

export const LANGS = ['fi', 'sv', 'en'];

export function readSite(dir) {
  const root = path.resolve(dir);
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
  const pages = files.filter((file) => file.endsWith('.html')).map((file) => readPage(root, file));
  return { root, files: new Set(files), pages, byPath: new Map(pages.map((page) => [page.path, page])) };
}

// The largest page of a kind holds most, the smallest shows what an empty part looks like.
export function samples(site) {
  const kinds = new Map();
  for (const page of site.pages) {
    const kind = kindOf(page.path);
    kinds.set(kind, [...(kinds.get(kind) ?? []), page]);
  }
  return [...kinds.values()].flatMap((group) => {
    const bySize = group.toSorted((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
    return bySize.length > 3 ? [bySize[0], bySize.at(-1)] : [bySize[0]];
  });
}

// Pages of one folder are of one kind, and so are those of its subfolders together: `fi/lait/*.html`
// are statutes, `fi/lait/*/*.html` their sections. Indexes and what stands in no such folder stand alone.
function kindOf(file) {
  const parts = file.split('/');
  const alone = parts.length < 3 || parts.at(-1) === 'index.html';
  return alone ? file : [...parts.slice(0, 2), ...parts.slice(2).map(() => '*')].join('/');
}

function readPage(root, file) {
  const html = readFileSync(path.join(root, file), 'utf8');
  const elements = [];
  collect(parse(html, { sourceCodeLocationInfo: true }), { inMain: false }, elements);
  const ids = elements.map((element) => element.attrs.id).filter((id) => id !== undefined);
  const lang = elements.find((element) => element.tag === 'html')?.attrs.lang;
  const folder = file.split('/')[0];
  return { path: file, size: html.length, elements, ids, idSet: new Set(ids), lang, folderLang: LANGS.find((known) => known === folder) };
}

function collect(node, place, into) {
  const inMain = place.inMain || node.tagName === 'main';
  if (node.tagName) into.push(element(node, inMain));
  for (const child of node.content?.childNodes ?? node.childNodes ?? []) collect(child, { inMain }, into);
}

function element(node, inMain) {
  const attrs = Object.fromEntries(node.attrs.map((attr) => [attr.name, attr.value]));
  const text = node.childNodes.map((child) => child.value ?? '').join('');
  return { tag: node.tagName, attrs, inMain, text };
}
