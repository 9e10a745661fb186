// node run.mjs POLKU WORK_DIR
//
// Holds the search to its bars over the judged queries in dev/: through the files that a browser loads, built by
// polku out of the pages in dev/docs.json. Then to what nobody should type.
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { minify } from 'terser';
import { openSite } from './site.mjs';

const [polku, work] = process.argv.slice(2);
if (!polku || !work) {
  console.error('usage: node run.mjs POLKU WORK_DIR');
  process.exit(2);
}

const here = import.meta.dirname;
const out = path.join(work, 'public');
let failed = 0;

rmSync(work, { recursive: true, force: true });
run('node', [path.join(here, 'make-site.mjs'), path.join(here, 'dev/docs.json'), work]);
run(polku, ['build', '--root', work, '--out', out, '--today', '2026-11-21']);
const site = openSite(out);
const pages = { fi: site.engine('fi').size, sv: site.engine('sv').size };

// Sets of judged queries, how much of them is needed, and the classes that have a bar of their own.
const SETS = [
  { file: 'queries', hit: 0.92, empty: 0.01 },
  {
    file: 'more-queries', hit: 0.92, empty: 0.01,
    classes: {
      title: 0.95, abbr: 0.95, law: 0.95, inflected: 0.92, typo: 0.92, complast: 0.88, compmid: 0.88, split: 0.88,
      question: 0.75, multi: 0.8, crosslang: 0.9,
    },
  },
  // Written after the search was tuned.
  { file: 'unseen-queries', hit: 0.92, empty: 0.01, classes: { question: 0.75, law: 0.95, typo: 0.92, inflected: 0.92 } },
  { file: 'auto-queries', hit: 0.95, empty: 0.01, classes: { 'auto-inflect': 0.95, 'auto-unseen': 0.95, 'auto-typo': 0.92 } },
  { file: 'prefix-queries', hit: 0.97, empty: 0.01 },
];
SETS.forEach(judged);
sizes();
await client();
hostile();
passages();
console.log(failed ? `${failed} failed` : 'all bars are met');
process.exitCode = failed ? 1 : 0;

function run(program, args) {
  execFileSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1 << 28 });
}

function check(what, holds) {
  if (holds) return;
  failed += 1;
  console.log(`FAILED ${what}`);
}

function judged({ file, hit, empty, classes = {} }) {
  const queries = JSON.parse(readFileSync(path.join(here, 'dev', `${file}.json`), 'utf8'));
  const answers = queries.map((query) => {
    const ids = site.ids(query.lang, query.query);
    return { class: query.class, right: query.relevant.includes(ids[0]), empty: ids.length === 0 };
  });
  const share = (some, of) => some.filter(of).length / some.length;
  const all = share(answers, ({ right }) => right);
  const none = share(answers, (answer) => answer.empty);
  console.log(`${file.padEnd(15)} ${queries.length} queries, first hit right ${all.toFixed(3)}, nothing ${none.toFixed(3)}`);
  check(`${file}: first hit right in ${all.toFixed(3)}, needed ${hit}`, all >= hit);
  check(`${file}: nothing found in ${none.toFixed(3)}, allowed ${empty}`, none <= empty);
  for (const [name, bar] of Object.entries(classes)) {
    const own = share(answers.filter((answer) => answer.class === name), ({ right }) => right);
    check(`${file}, ${name}: first hit right in ${own.toFixed(3)}, needed ${bar}`, own >= bar);
  }
}

function sizes() {
  for (const [lang, count] of Object.entries(pages)) {
    const bytes = statSync(path.join(out, 'search', `${lang}.js`)).size / count;
    console.log(`index ${lang}: ${Math.round(bytes)} bytes a page`);
    check(`index ${lang}: ${Math.round(bytes)} bytes a page, allowed 800`, bytes <= 800);
  }
}

async function client() {
  const { code } = await minify(readFileSync(path.join(out, site.client), 'utf8'), { ecma: 2020, compress: { ecma: 2020, passes: 3 } });
  console.log(`client: ${code.length} bytes minified`);
  check(`client: ${code.length} bytes minified, allowed 15 KB`, code.length <= 15 * 1024);
}

// What nobody should type, and somebody does.
function hostile() {
  const texts = [
    '', ' ', '   \t\n', 'ä'.repeat(10000), 'sana '.repeat(2000), '!?.,;:-–—()[]{}', '🙂', '👩‍👩‍👧 perhe', '<img src=x onerror=alert(1)>',
    '.*+?^${}()|[]\\', '(((((', '\\', '__proto__', 'constructor', 'toString hasOwnProperty', 'مرحبا بالعالم', 'שלום', '\u202eabc',
    '\u0000', '\ud800', '§', '§ 36', '1/2', '999999999999999999 §', 'a'.repeat(300), '-', '- - -', 'ÅÄÖ', 'e\u0301',
  ];
  for (const lang of ['fi', 'sv']) {
    for (const text of texts) {
      try {
        const { hits, kinds, near } = site.engine(lang).find(text);
        const counted = kinds.reduce((sum, { count }) => sum + count, 0);
        check(`${lang} ${JSON.stringify(text.slice(0, 20))}: kinds count ${counted} of ${hits.length}`, counted === hits.length);
        check(`${lang} ${JSON.stringify(text.slice(0, 20))}: near words`, [...near].every((word) => typeof word === 'string'));
        check(`${lang} ${JSON.stringify(text.slice(0, 20))}: empty finds nothing`, text.trim() || site.ids(lang, text).length === 0);
        site.context.polkuSearch.passage(text, [text, '__proto__'], 50);
      } catch (error) {
        check(`${lang} ${JSON.stringify(text.slice(0, 20))}: ${error}`, false);
      }
    }
  }
}

// A passage holds the words that were hit, whole words only, and no more letters than asked for.
function passages() {
  const text = `${'Alku. '.repeat(60)}Omatyöntekijä nimetään asiakkaalle SHL 42 §:n mukaan. ${'Loppu. '.repeat(60)}`;
  const pieces = site.context.polkuSearch.passage(text, ['omatyöntekijä', 'asiakkaalle', '42§'], 120);
  const hits = pieces.filter(({ hit }) => hit).map((piece) => piece.text);
  const length = pieces.reduce((sum, piece) => sum + piece.text.length, 0);
  check(`a passage marks ${hits}`, hits.join('|') === 'Omatyöntekijä|asiakkaalle|42 §');
  check(`a passage of 120 letters has ${length}`, length <= 126);
  const whole = site.context.polkuSearch.passage('SHL 36 §', ['shl'], 99).map((piece) => piece.text).join('');
  check('a short text is shown as a whole', whole === 'SHL 36 §');
}
