// A cell of the matrix: who does what in a task is chosen, and whoever answered before is told.
(() => {
  'use strict';
  const polku = window.polku;
  const { element, form: forms } = polku;
  const words = (key, values) => polku.fill((polku.words.matrix || {})[key] || key, values);
  const SHARES = ['accountable', 'responsible', 'pair', 'supports', 'consulted', 'informed'];

  const select = (row) => row.querySelector('select');
  const listed = (row) => JSON.parse(row.dataset.lists);
  const names = (value, id) => (Array.isArray(value) ? value.includes(id) : value === id);

  // The lists as they are after the choice: out of all, and into the chosen one.
  function wanted(row) {
    const id = row.dataset.actor, to = select(row).value, lists = listed(row);
    if (to === row.dataset.chosen) return lists;
    const out = {};
    for (const [key, value] of Object.entries(lists)) {
      const without = Array.isArray(value) ? value.filter((one) => one !== id) : value === id ? null : value;
      out[key] = key !== to ? without : Array.isArray(value) ? [...without, id] : id;
    }
    return out;
  }

  forms.part((root) => {
    for (const row of root.querySelectorAll('[data-task]')) {
      row.dataset.chosen = SHARES.find((key) => key === select(row).value) || '';
      select(row).addEventListener('change', () => tell(row));
    }
  });

  function tell(row) {
    row.querySelector('.pke-f-note')?.remove();
    const before = listed(row).accountable, id = row.dataset.actor, to = select(row).value;
    let said = '';
    if (to === 'accountable' && before && before !== id) said = words('replaces', { name: row.dataset.answers || before });
    else if (to !== 'accountable' && before === id) said = words('no_longer');
    if (!said) return;
    select(row).after(element('p', { class: 'pke-f-note' }, said));
    forms.say(said);
  }

  forms.gather((form) => [...form.querySelectorAll('[data-task]')].flatMap((row) => {
    const before = listed(row), after = wanted(row), was = JSON.parse(row.dataset.was);
    return SHARES.filter((key) => key in before && !forms.same(before[key], after[key])).map((key) => {
      const value = Array.isArray(after[key]) && !after[key].length ? null : after[key];
      return { do: 'set', at: `${row.dataset.task}.${key}`, value, was: was[key] };
    });
  }));

  // What the server has now; a choice that is not saved stays.
  polku.on('refresh', ({ form, now, isSaved }) => {
    for (const row of form.querySelectorAll('[data-task]')) {
      const other = now.querySelector(`[data-task="${CSS.escape(row.dataset.task)}"]`);
      if (!other) continue;
      const isTouched = select(row).value !== row.dataset.chosen;
      if (isTouched && !isSaved) continue;
      row.dataset.lists = other.dataset.lists;
      row.dataset.was = other.dataset.was;
      row.dataset.answers = other.dataset.answers;
      row.querySelector('.pke-f-help').textContent = other.querySelector('.pke-f-help').textContent;
      const chosen = other.querySelector('option[selected]')?.value || '';
      if (!isSaved || select(row).value === chosen) select(row).value = chosen;
      row.dataset.chosen = chosen;
      row.querySelector('.pke-f-note')?.remove();
    }
  });

  // Choices that were not saved, put back.
  forms.apply((form, change) => {
    if (change.do !== 'set') return false;
    const [task, key] = [change.at.slice(0, change.at.lastIndexOf('.')), change.at.slice(change.at.lastIndexOf('.') + 1)];
    const row = form.querySelector(`[data-task="${CSS.escape(task)}"]`);
    if (!row || !SHARES.includes(key)) return false;
    const id = row.dataset.actor, has = names(change.value, id), had = names(listed(row)[key], id);
    if (has && !had) select(row).value = key;
    else if (had && !has && select(row).value === key) select(row).value = '';
    tell(row);
    return true;
  });
})();
