// A block from Excel or Word as rows of a list: shown before it is taken, and what is left out is said.
//
//   polku.tableOf(data)  the table of a clipboard as rows of cells; none where it holds no table
(() => {
  'use strict';
  const polku = window.polku;
  const { element, form: forms } = polku;
  const words = (key, values) => polku.fill((polku.words.paste || {})[key] || key, values);
  let number = 0;

  polku.tableOf = (data) => {
    const markup = data.getData('text/html');
    if (/<table/i.test(markup)) {
      // Read and never shown: what is in it is not run.
      const table = new DOMParser().parseFromString(markup, 'text/html').querySelector('table');
      const rows = [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText ?? cell.textContent).map((text) => text.replace(/\u00a0/g, ' ').trim()));
      return rows.filter((row) => row.some(Boolean));
    }
    const text = data.getData('text/plain');
    return text.includes('\t') ? text.replace(/\r/g, '').split('\n').filter((line) => line.trim()).map((line) => line.split('\t')) : [];
  };

  const quoted = (cell) => (/["\t\n]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell);
  const lines = (rows) => rows.map((row) => row.map(quoted).join('\t')).join('\n');

  forms.part((root) => {
    for (const list of root.querySelectorAll('[data-rows]')) {
      const foot = list.querySelector(':scope > .pke-f-row-foot');
      if (!foot || foot.querySelector('[data-paste]')) continue;
      foot.append(' ', element('button', { type: 'button', class: 'pke-f-quiet', 'data-paste': true, onclick: () => ask(list) }, words('open')));
    }
    // A table that is pasted into a field of a row is meant for the list.
    root.addEventListener('paste', (event) => {
      if (event.defaultPrevented) return;
      const list = event.target.closest?.('[data-rows]');
      const rows = list ? polku.tableOf(event.clipboardData) : [];
      if (!list || rows.length * (rows[0]?.length || 0) < 2) return;
      event.preventDefault();
      event.stopPropagation();
      show(list, lines(rows));
    });
  });

  function box(list, ...content) {
    list.querySelector(':scope > .pke-f-ask')?.remove();
    const made = element('div', { class: 'pke-f-ask', role: 'group', 'aria-label': words('open') }, content);
    for (const name of ['input', 'change']) made.addEventListener(name, (event) => event.stopPropagation());
    made.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      made.remove();
      list.querySelector('[data-paste]').focus();
    });
    list.append(made);
    return made;
  }

  function ask(list) {
    const id = `pke-f-block-${number += 1}`;
    const area = element('textarea', { id, rows: 3, spellcheck: 'false', 'aria-describedby': `${id}-help` });
    area.addEventListener('paste', (event) => {
      const rows = polku.tableOf(event.clipboardData);
      event.stopPropagation();
      if (!rows.length) return;
      event.preventDefault();
      show(list, lines(rows));
    });
    const next = element('button', { type: 'button', class: 'pke-primary', onclick: () => area.value.trim() && show(list, area.value) }, words('look'));
    box(list, element('label', { for: id, class: 'pke-f-label' }, words('here')), area,
      element('p', { class: 'pke-f-help', id: `${id}-help` }, words('help')), element('p', { class: 'pke-actions' }, next));
    area.focus();
  }

  async function show(list, text) {
    let told;
    try {
      told = await polku.post('paste', { at: list.dataset.rows, text, lang: polku.lang });
    } catch (error) {
      return forms.say(error.status ? error.message : forms.words('away'));
    }
    if (!told.changes?.length) {
      const none = box(list, element('p', { tabindex: '-1' }, words('nothing')), left(told.left || []));
      return none.querySelector('p').focus();
    }
    const take = element('button', { type: 'button', class: 'pke-primary', onclick: () => {
      made.remove();
      const rows = told.changes.map((change) => { const row = polku.rows.add(list, null, true); polku.rows.fill(row, change.value); return row; });
      forms.say(words('taken', { n: rows.length }));
      forms.touch();
      rows[0].querySelector('textarea, input, select')?.focus();
    } }, words('take', { n: told.changes.length }));
    const cancel = element('button', { type: 'button', class: 'pke-secondary', onclick: () => { made.remove(); list.querySelector('[data-paste]').focus(); } }, words('cancel'));
    const table = element('table', {}, element('thead', {}, element('tr', {}, told.head.map((name) => element('th', { scope: 'col' }, name)))),
      element('tbody', {}, told.rows.slice(0, 50).map((row) => element('tr', {}, row.map((cell) => element('td', {}, cell))))));
    const made = box(list, element('p', { class: 'pke-f-label' }, words('would', { n: told.changes.length })),
      element('div', { class: 'pke-f-scroll', tabindex: '0', role: 'region', 'aria-label': words('preview') }, table), left(told.left || []),
      element('p', { class: 'pke-actions' }, take, cancel));
    take.focus();
  }

  function left(all) {
    if (!all.length) return null;
    const said = (one) => (one.row ? words('left_cell', { row: one.row, column: one.column, text: one.text }) : words('left_column', { column: one.column }));
    return element('div', {}, element('p', { class: 'pke-f-label' }, words('left')), element('ul', { class: 'pke-f-was' }, all.slice(0, 20).map((one) => element('li', {}, said(one)))));
  }
})();
