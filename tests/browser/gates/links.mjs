// Every link, picture, script and style sheet leads somewhere inside the folder the site stands in, on any
// host and below any path; every anchor exists, in both languages; every page can be found.
import { readFileSync } from 'node:fs';
import path from 'node:path';

export const rules = [
  'missing', 'fragment', 'absolute', 'file name', 'duplicate id', 'id reference',
  'alternate', 'switch', 'anchor in both languages', 'orphan', 'far from home',
];

// A deep folder, so that a link that climbs out of the site is seen to leave it.
const BASE = 'http://site.invalid/one/two/';
const CLICKS = 3;

const REFERENCES = {
  href: ['a', 'area', 'link', 'use', 'image', 'base'],
  src: ['img', 'script', 'iframe', 'source', 'audio', 'video', 'embed', 'track', 'input'],
  srcset: ['img', 'source'],
  action: ['form'],
  formaction: ['button', 'input'],
  poster: ['video'],
  data: ['object'],
};

const ID_REFERENCES = [
  'for', 'headers', 'list', 'form', 'popovertarget', 'aria-labelledby', 'aria-describedby', 'aria-controls',
  'aria-owns', 'aria-details', 'aria-flowto', 'aria-activedescendant', 'aria-errormessage',
];

export function gate(site, { log }) {
  for (const page of site.pages) {
    for (const { tag, value } of references(page)) judge(site, page, `<${tag}> ${value}`, value, log);
    log.check('duplicate id', page.path, duplicates(page.ids));
    log.check('id reference', page.path, danglingReferences(page));
    languages(site, page, log);
  }
  for (const file of [...site.files].filter((file) => file.endsWith('.css'))) styleSheet(site, file, log);
  findable(site, log);
}

function references(page) {
  const plain = page.elements.flatMap(({ tag, attrs }) => Object.entries(REFERENCES)
    .filter(([attr, tags]) => tags.includes(tag) && attrs[attr] !== undefined)
    .flatMap(([attr]) => (attr === 'srcset' ? pictures(attrs[attr]) : [attrs[attr]]).map((value) => ({ tag, value }))));
  return [...plain, ...refreshes(page).map((value) => ({ tag: 'meta', value }))];
}

function pictures(srcset) {
  return srcset.split(',').map((candidate) => candidate.trim().split(/\s+/)[0]);
}

function refreshes(page) {
  return page.elements
    .filter(({ tag, attrs }) => tag === 'meta' && attrs['http-equiv']?.toLowerCase() === 'refresh')
    .map(({ attrs }) => attrs.content?.match(/url=(.*)/i)?.[1].trim() ?? '');
}

function judge(site, page, said, value, log) {
  if (/^(mailto|tel|data):/i.test(value)) return;
  if (/^[a-z][a-z+.-]*:|^\//i.test(value)) return log.check('absolute', page.path, elsewhere(site, value) ? [] : [said]);
  const [, file, fragment] = value.match(/^([^#]*)(?:#(.*))?$/s);
  if (!endsInFileName(file, fragment)) return log.check('file name', page.path, [said]);
  const target = resolve(page.path, value);
  log.check('missing', page.path, site.files.has(target) ? [] : [said]);
  if (fragment !== undefined && site.files.has(target)) {
    log.check('fragment', page.path, idsOf(site, target).has(decodeURIComponent(fragment)) ? [] : [said]);
  }
}

// An address of the outside world: a host with a dot that is not the site's own.
function elsewhere(site, value) {
  if (!/^https?:\/\//i.test(value)) return false;
  const { hostname } = new URL(value);
  const outside = hostname.includes('.') && !/^[\d.]+$|\.invalid$/.test(hostname);
  return outside && !ownHosts(site).has(hostname);
}

function ownHosts(site) {
  site.ownHosts ??= new Set(site.pages.flatMap((page) => page.elements)
    .filter(({ tag, attrs }) => tag === 'link' && attrs.rel === 'canonical' && /^https?:/.test(attrs.href))
    .map(({ attrs }) => new URL(attrs.href).hostname));
  return site.ownHosts;
}

// No host is asked to find `index.html` for a folder, so nothing may rely on it.
function endsInFileName(file, fragment) {
  if (file === '') return Boolean(fragment);
  return !file.includes('?') && /^[^.].*\.[a-z0-9]+$/i.test(file.split('/').at(-1));
}

function resolve(from, value) {
  const { href } = new URL(value, BASE + encodeURI(from));
  const bare = href.split('#')[0];
  return bare.startsWith(BASE) ? decodeURIComponent(bare.slice(BASE.length)) : undefined;
}

function idsOf(site, file) {
  const page = site.byPath.get(file);
  if (page) return page.idSet;
  const text = readFileSync(path.join(site.root, file), 'utf8');
  return new Set([...text.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id));
}

function styleSheet(site, file, log) {
  const text = readFileSync(path.join(site.root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found = [...text.matchAll(/url\(\s*["']?([^"')]*)["']?\s*\)|@import\s+["']([^"']*)["']/g)];
  for (const [said, url, imported] of found) judge(site, { path: file }, said, url ?? imported, log);
}

function duplicates(ids) {
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))];
}

function danglingReferences(page) {
  return page.elements.flatMap(({ tag, attrs }) => ID_REFERENCES
    .filter((attr) => attrs[attr] !== undefined)
    .flatMap((attr) => attrs[attr].split(/\s+/).filter((id) => !page.idSet.has(id)).map((id) => `<${tag} ${attr}> ${id}`)));
}

// A page and its translation name each other, in the head and in the switch that is seen, and the switch
// may keep the anchor because both have the same ones.
function languages(site, page, log) {
  const alternates = inOtherLanguages(page, ({ tag, attrs }) => tag === 'link' && attrs.rel === 'alternate');
  const switches = inOtherLanguages(page, ({ tag, inMain }) => tag === 'a' && !inMain);
  const said = (links) => links.map(({ lang, target }) => `${lang} ${target}`).sort().join(', ');
  log.check('switch', page.path, said(alternates) === said(switches) ? []
    : [`the head says "${said(alternates)}", the switch "${said(switches)}"`]);
  const named = inOtherLanguages(page, ({ attrs }) => !elsewhere(site, attrs.href));
  for (const { lang, target } of named) {
    log.check('alternate', page.path, site.byPath.get(target)?.lang === lang ? [] : [`${target} is not in ${lang}`]);
  }
  for (const { target } of [...alternates, ...switches]) {
    const other = site.byPath.get(target);
    const back = other && inOtherLanguages(other, ({ tag, attrs }) => tag === 'link' && attrs.rel === 'alternate');
    log.check('alternate', page.path, back?.some((link) => link.target === page.path) ? [] : [`${target} does not link back`]);
    // Explanations and letters of the alphabet are those of one language, and say so.
    log.check('anchor in both languages', page.path, other ? page.ids.filter((id) => !id.startsWith('_here-') && !other.idSet.has(id)) : []);
  }
}

function inOtherLanguages(page, wanted) {
  return page.elements
    .filter((element) => element.attrs.hreflang && element.attrs.href && wanted(element))
    .map(({ attrs }) => ({ lang: attrs.hreflang, target: resolve(page.path, attrs.href) }))
    .filter(({ lang, target }) => lang !== page.lang || target !== page.path);
}

// The page for wrong addresses and those that only send on to another are not meant to be linked.
function findable(site, log) {
  const meant = site.pages.filter((page) => page.path !== '404.html' && refreshes(page).length === 0);
  const found = clicksFrom(site, 'index.html');
  for (const page of meant) log.check('orphan', page.path, found.has(page.path) ? [] : ['no way leads here']);
  for (const lang of new Set(meant.map((page) => page.folderLang).filter(Boolean))) {
    const clicks = clicksFrom(site, `${lang}/index.html`);
    for (const page of meant.filter((page) => page.folderLang === lang && clicks.has(page.path))) {
      const far = clicks.get(page.path) > CLICKS;
      log.check('far from home', page.path, far ? [`${clicks.get(page.path)} clicks`] : []);
    }
  }
}

function clicksFrom(site, start) {
  const clicks = new Map([[start, 0]]);
  for (const [file, count] of clicks) {
    for (const { tag, attrs } of site.byPath.get(file)?.elements ?? []) {
      const target = tag === 'a' && attrs.href !== undefined ? resolve(file, attrs.href) : undefined;
      if (site.byPath.has(target) && !clicks.has(target)) clicks.set(target, count + 1);
    }
  }
  return clicks;
}
