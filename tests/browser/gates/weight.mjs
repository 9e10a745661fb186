// What a reader on a phone has to load before a page can be read: the page with its styles and scripts, as a server
// sends them packed. The search comes only when somebody searches, pictures as they are.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

export const rules = ['weight'];

const MOST = 60 * 1024;

// The whole handbook on one page is as large as the handbook: its page says so, and it is read in one go or printed.
const WHOLE = 'pk-whole';

export async function gate(site, { log }) {
  const packed = new Map();
  const size = (file) => {
    if (!packed.has(file)) packed.set(file, gzipSync(readFileSync(path.join(site.root, file))).length);
    return packed.get(file);
  };
  for (const page of site.pages.filter((one) => !isWhole(one))) {
    const parts = [page.path, ...loaded(page).filter((file) => site.files.has(file))];
    const sum = parts.reduce((all, file) => all + size(file), 0);
    log.check('weight', page.path, sum > MOST ? [`more than ${MOST / 1024} KiB to load`] : [], `${(sum / 1024).toFixed(1)} KiB`);
  }
}

function isWhole({ elements }) {
  return elements.some(({ tag, attrs }) => tag === 'main' && (attrs.class ?? '').split(' ').includes(WHOLE));
}

function loaded({ path: from, elements }) {
  const addresses = elements.flatMap(({ tag, attrs }) => {
    if (tag === 'script' && attrs.src) return [attrs.src];
    return tag === 'link' && attrs.rel === 'stylesheet' ? [attrs.href] : [];
  });
  return addresses.map((address) => path.posix.join(path.posix.dirname(from), decodeURIComponent(address)));
}
