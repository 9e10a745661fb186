// The search of a built site outside a browser: the very files that its pages load, run as a page would.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';

export function openSite(folder) {
  const context = vm.createContext({});
  context.self = context;
  const run = (file) => vm.runInContext(readFileSync(path.join(folder, file), 'utf8'), context, { filename: file });
  const client = readdirSync(path.join(folder, 'assets')).find((name) => /^search-.*\.js$/.test(name));
  run(`assets/${client}`);
  const engines = new Map();
  const idOf = (href) => decodeURIComponent(href.replace(/#.*/, '').replace(/^.*\//, '').replace(/\.html$/, ''));
  return {
    context,
    run,
    // The names of the files of the pages that a query finds, best first.
    ids(lang, query) {
      return [...this.engine(lang).find(query).hits].map(({ href }) => idOf(href));
    },
    client: `assets/${client}`,
    engine(lang) {
      if (!engines.has(lang)) {
        run(`search/${lang}.js`);
        engines.set(lang, context.polkuSearch.open(context.polkuIndex[lang]));
      }
      return engines.get(lang);
    },
  };
}
