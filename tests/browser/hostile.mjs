// node hostile.mjs DIR
//
// Writes a handbook whose names are what nobody tests with: 200 letters, one word of 80 letters, Arabic, Hebrew with
// numbers, emoji, markup, marks on marks, sixty roles in one matrix, a phase without tasks. Its site has to pass the
// same gates as the example.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const COMPOUND = 'aikuissosiaalityönpalvelutarpeenarviointiyhteenvetolomakkeentäyttöohjeenluonnos1';
const LONG = 'Palveluohjauksen ja palvelutarpeen arvioinnin sekä asiakkuuden suunnittelun yhteinen monialainen työnjaon, vastuun ja tiedonkulun tarkistamisen vaihe, jossa kaikki osapuolet sopivat, kuka tekee mitä nyt';

const NAMES = [
  LONG,
  COMPOUND,
  'العامل الاجتماعي المسؤول (المرحلة 2)',
  'עובדת סוציאלית 36 § (SHL)!',
  '👩🏽‍⚕️ Hoitaja 👨‍👩‍👧‍👦 ja perhe 🇫🇮',
  '<b onmouseover=x()>Lihava</b> &amp; "lainaus" \'toinen\'',
  'Z̸̢̛a̴͠l̵g̶o̷ järjestäjä',
  'Сотрудник социальной службы 社会工作者',
  '{{ s.nav.home }} {% raw %} ${x} %s \\n',
  'A',
];

const name = (at) => NAMES[at % NAMES.length];
const text = (value) => JSON.stringify(value);
const said = (key, value) => `${key}.fi = ${text(value)}\n`;

function site() {
  return said('title', `${NAMES[2]} – ${LONG}`) + said('organisation', `${COMPOUND} ${NAMES[4]}`) + said('summary', `${NAMES[3]}: ${LONG}`)
    + 'languages = ["fi"]\nfeedback = "tyo+jako@meri-suomi.example"\nfeedback_form = "https://meri-suomi.example/palaute?x=ä&y=1"\n'
    + 'accent = "#8a1c5a"\n\n[urgent]\n' + said('name', NAMES[2]) + `phone = "+358 6 000 0000 (24 h)"\n` + said('text', LONG)
    + '\n[logo]\nfile = "media/logo.svg"\n' + said('alt', `${NAMES[2]} "${NAMES[5]}"`)
    + '\n[accessibility]\nexample = true\nstatus = "partial"\nassessed_by = "third_party"\n' + said('assessor', COMPOUND)
    + 'assessed = 2026-11-01\nprepared = 2026-11-02\nanswer_days = 1\n\n[[accessibility.barrier]]\nid = "x"\n' + said('what', `${NAMES[3]} ${LONG}`)
    + '\n[accessibility.authority]\n' + said('name', NAMES[2]) + 'link = "https://virasto.example/"\n';
}

function roles() {
  return Array.from({ length: 60 }, (_, at) => `[role.r${at}]\n${said('name', `${name(at)}${at < 10 ? '' : ` ${at}`}`)}`
    + `${said('summary', `${name(at + 2)}. ${LONG}`)}synonyms.fi = [${text(name(at + 1))}, ${text(name(at + 3))}]\n`
    + `access = "administrative"\nowner = ${text(name(at))}\nreviewed = 2024-01-01\n`
    + `approved = { date = 2026-01-01, by = "r${(at + 2) % 60}", reference = ${text(name(at + 4))} }\nvalid = { from = 2026-01-01, until = 2026-12-31 }\n`).join('\n');
}

function phases() {
  const some = [0, 1, 2, 3, 4].map((at) => `[phase.p${at}]\n${said('name', `${name(at)} ${at}`)}${said('summary', LONG)}`);
  return some.join('\n') + `\n[framework.kaikki]\n${said('name', NAMES[3])}order = "path"\nphases = ["p0", "p1", "p2", "p3", "p4"]\n`;
}

// Phase p4 has none.
function tasks() {
  return Array.from({ length: 16 }, (_, at) => `[task.t${at}]\n${said('name', `${name(at + 1)} t${at}`)}${said('summary', `${name(at + 3)} ${LONG}`)}`
    + `phase = ["p${at % 4}"]\naccountable = "r${at}"\nresponsible = ["r${at}"]\nsupports = ["*"]\n`
    + `informed = [${[1, 2, 3].map((more) => `"r${(at + more) % 60}"`).join(', ')}]\nhands_over_to = ["t${(at + 1) % 16}"]\nlaw = ["1/2000 1 §"]\n`).join('\n');
}

function others() {
  const kinds = ['text', 'text', 'text'].map((_, at) => `[[process.kulku.step]]\nid = "s${at}"\nactor = "r${at + 1}"\nphase = "p${at}"\n${said('text', name(at))}`);
  return `[statute.laki]\n${said('name', `${COMPOUND} ${NAMES[2]}`)}${said('summary', LONG)}number = "1/2000"\nchecked = 2026-11-01\n\n`
    + `[statute.laki.section."1"]\n${said('name', NAMES[3])}${said('summary', LONG)}\n`
    + `[term.sana]\n${said('name', 'Työpari')}${said('definition', `${NAMES[2]} ${LONG} ${COMPOUND}`)}\n`
    + `[partner.kumppani]\n${said('name', NAMES[2])}${said('purpose', `${NAMES[3]} ${LONG}`)}sort = "ngo"\n${said('contact', `${COMPOUND}@x.example`)}\n`
    + `[team.tiimi]\n${said('name', `${COMPOUND} ${NAMES[4]}`)}\n`
    + `[question.kysymys]\n${said('name', `${NAMES[3]} ${LONG}?`)}state = "open"\nraised = 2026-11-01\nstatus = "comment"\n\n`
    + `[process.kulku]\n${said('name', `${NAMES[4]} ${LONG}`)}level = "workflow"\n\n${kinds.join('\n')}\n`
    + `[page.sivu]\n${said('name', `${NAMES[8]} ${COMPOUND}`)}${said('summary', NAMES[5])}status = "comment"\n`;
}

function prose() {
  const headings = NAMES.map((own, at) => `## ${own.replace(/[<>{}%#\[\]]/g, '')} {#k${at}}\n\nTyöpari, 1/2000 1 § ja **${COMPOUND}**: ${own.replace(/[<>]/g, '')}.\n\n- Työpari ${LONG}\n- ${COMPOUND}`);
  const table = `| ${COMPOUND} | ${NAMES[2]} | C |\n|---|---|---|\n| Työpari 1/2000 1 § | ${LONG} | ${NAMES[3]} |`;
  return `${headings.join('\n\n')}\n\n## Taulukko {#taulukko}\n\n${table}\n\n${'😀'.repeat(120)}\n\n\`${COMPOUND.repeat(3)}\`\n`;
}

const root = process.argv[2];
if (!root) {
  console.error('usage: node hostile.mjs DIR');
  process.exit(2);
}
const write = (file, content) => {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  writeFileSync(path.join(root, file), content);
};
write('site.toml', site());
write('content/roolit.toml', roles());
write('content/vaiheet.toml', phases());
write('content/tehtavat.toml', tasks());
write('content/muut.toml', others());
write('content/pages/sivu.fi.md', prose());
write('content/media/logo.svg', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 900 60"><path d="M0 0h900v60H0z" fill="#8a1c5a"/></svg>\n');
