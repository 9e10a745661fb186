// What is wrong: counted in the toolbar, told in the panel with where it is and how it is mended.
(() => {
  'use strict';
  const polku = window.polku;
  const { element, fill } = polku;
  const words = () => polku.words.live;
  const WEIGHTS = ['error', 'warning', 'info'];
  const SIGNS = { error: '✕', warning: '!', info: 'i' };
  // Beyond this many of one sort the rest is shown on request.
  const SHOWN = 30;
  let told, button, spoken, waiting, speaking;

  polku.on('bar', (bar) => {
    button = element('button', { type: 'button', class: 'pke-button pke-found', tabindex: '-1', onclick: toggle }, '…');
    bar.querySelector('.pke-slot').replaceWith(element('span', { class: 'pke-slot' }, button));
    ask(0);
  });
  for (const name of ['revision', 'back']) polku.on(name, () => ask(400));
  polku.on('findings', () => ask(0));
  polku.on('changed', () => ask(400));

  function ask(soon) {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      if (await read() && polku.panel?.dataset.view === 'findings') renew();
    }, soon);
  }

  async function read() {
    try { told = await polku.get(`findings?lang=${polku.lang}`); } catch { return false; }
    count();
    return true;
  }

  function count() {
    const number = (weight) => told.findings.filter((one) => one.severity === weight).length;
    const signs = WEIGHTS.filter(number).map((weight) => element('span', { class: `pke-count pke-is-${weight}`, 'aria-hidden': 'true' },
      element('span', { class: 'pke-sign' }, SIGNS[weight]), String(number(weight))));
    const name = element('span', { class: signs.length ? 'pke-unseen' : '' }, told.findings.length ? `${words().findings}: ${told.summary}` : told.summary);
    button.replaceChildren(...signs, name);
    button.title = `${words().findings}: ${told.summary}`;
    button.classList.toggle('pke-bad', number('error') > 0);
    speak();
  }

  // Only what changed is said, nothing at the start, and not at every letter that is typed.
  function speak() {
    spoken ??= told.summary;
    clearTimeout(speaking);
    speaking = setTimeout(() => {
      if (spoken !== told.summary) polku.emit('say', told.summary);
      spoken = told.summary;
    }, 1200);
  }

  async function toggle() {
    if (polku.panel.dataset.view === 'findings') return polku.close();
    if (told || await read()) polku.show('findings', words().findings, content());
  }

  // The list is made anew in place; whoever reads it keeps the place and the focus.
  function renew() {
    const held = document.activeElement?.closest?.('[data-key]');
    const own = held && polku.panel.contains(held) ? [held.dataset.key, document.activeElement.className] : null;
    const top = polku.panel.scrollTop;
    const open = [...polku.panel.querySelectorAll('details[open]')].map((one) => one.dataset.group);
    polku.panel.replaceChildren(content());
    polku.panel.querySelectorAll('details').forEach((one) => { one.open = one.open || open.includes(one.dataset.group); });
    polku.panel.scrollTop = top;
    if (!own) return;
    const item = polku.panel.querySelector(`[data-key="${CSS.escape(own[0])}"]`);
    const again = item && [...item.querySelectorAll('button')].find((one) => one.className === own[1]);
    (again || polku.aside.querySelector('.pke-title')).focus({ preventScroll: true });
  }

  // ---- The list

  const hasFix = ({ fix, key }) => fix !== null && fix !== undefined && Boolean(key);
  const entity = (at) => (at || '').split(/[.#]/)[0];

  function isHere(finding) {
    const own = entity(document.querySelector('main h1 [data-src], main h1[data-src]')?.dataset.src);
    if (!finding.at) return false;
    return (own && entity(finding.at) === own) || Boolean(document.querySelector(`main [data-src="${CSS.escape(finding.at.replace(/\.[a-z]{2}$/, ''))}"]`));
  }

  function content() {
    const here = told.findings.filter(isHere);
    const others = told.findings.filter((one) => !here.includes(one));
    const list = element('div', { class: 'pke-findings' });
    if (told.stale) list.append(element('p', { class: 'pke-stale' }, words().stale));
    list.append(element('p', { class: 'pke-summary' }, told.summary));
    if (!told.findings.length) list.append(element('p', {}, words().findings_none));
    if (here.length) list.append(group('here', words().findings_here, here));
    if (others.length) list.append(group('all', here.length ? words().findings_rest : words().findings_all, others));
    return list;
  }

  function group(name, title, findings) {
    const part = element('section', {}, element('h3', {}, `${title} (${findings.length})`));
    for (const weight of WEIGHTS) {
      const own = findings.filter((one) => one.severity === weight);
      if (own.length) part.append(...items(`${name}-${weight}`, weight, own));
    }
    return part;
  }

  // Notes do not stand in the way of what must be mended.
  function items(name, weight, findings) {
    const list = (some) => element('ul', { class: 'pke-list' }, some.map(item));
    const rest = findings.slice(SHOWN);
    const parts = [list(findings.slice(0, SHOWN))];
    if (rest.length) parts.push(element('details', { 'data-group': name }, element('summary', {}, fill(words().findings_more, { n: rest.length })), list(rest)));
    if (weight !== 'info') return parts;
    return [element('details', { 'data-group': `${name}-all`, open: findings.length <= 5 }, element('summary', {}, fill(words().findings_notes, { n: findings.length })), parts)];
  }

  function item(finding) {
    const file = finding.file ? finding.file + (finding.line ? `:${finding.line}` : '') : '';
    const where = finding.at_label || '';
    return element('li', { class: `pke-finding pke-is-${finding.severity}`, 'data-key': finding.key || `${finding.code} ${file}` },
      element('p', { class: 'pke-weight' }, element('span', { class: 'pke-sign', 'aria-hidden': 'true' }, SIGNS[finding.severity]), words().weight[finding.severity], where && ` · ${where}`),
      element('p', { class: 'pke-message' }, finding.message),
      finding.help && element('p', { class: 'pke-help' }, finding.help),
      element('p', { class: 'pke-actions' },
        hasFix(finding) && polku.token && element('button', { type: 'button', class: 'pke-primary pke-fix', onclick: (event) => fix(finding, event.currentTarget) }, label(finding)),
        finding.at && element('button', { type: 'button', class: 'pke-secondary pke-goto', onclick: () => polku.open(finding.at) }, polku.token ? words().to_field : words().to_place, element('span', { class: 'pke-unseen' }, where && `: ${where}`))),
      file && element('p', { class: 'pke-quiet pke-file' }, file));
  }

  // What comes in its place says more than that something is mended, where it is short enough to be read.
  function label({ fix, fix_label }) {
    const text = (fix_label ?? fix.label ?? String(fix)).trim();
    return text && text.length <= 40 && !text.includes('\n') ? fill(words().fix_as, { label: text }) : words().fix;
  }

  async function fix(finding, by) {
    by.disabled = true;
    try {
      let done = await polku.post('fix', { key: finding.key });
      // What is wrong may be in what is not saved yet: then that is saved, and mended after it.
      if (done.status === 409 && await polku.unsaved?.save()) done = await polku.post('fix', { key: finding.key });
      if (done.revision !== undefined && done.status < 300) {
        polku.emit('say', fill(words().fixed, { message: finding.message }));
        polku.emit('revision', done.revision);
        return;
      }
      const why = done.refused?.[0]?.message || done.conflicts?.[0]?.message || words().not_fixed;
      by.closest('li').querySelector('.pke-actions').after(element('p', { class: 'pke-refused', role: 'alert' }, why));
    } catch (error) {
      polku.emit('say', error.status ? words().not_fixed : words().away);
    }
    by.disabled = false;
  }
})();
