// Pickers: what is chosen stands as chips that can be moved and taken out, and a combobox finds more
// (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/, with a list that is chosen from by hand).
//
//   polku.pick(input, {kinds, options, free, taken, chosen})  makes any input such a combobox; free says of what was
//                         typed whether it can be taken as it is
(() => {
  'use strict';
  const polku = window.polku;
  const { element, form: forms } = polku;
  const words = (key, values) => forms.words(key, values);
  let number = 0;

  // ---- A combobox

  polku.pick = (input, { kinds, options = [], free = () => false, chosen, taken = () => [] }) => {
    const id = `pke-f-list-${number += 1}`;
    const list = element('ul', { class: 'pke-f-options', id, role: 'listbox', 'aria-label': input.labels?.[0]?.textContent || words('find'), hidden: true });
    const count = element('span', { class: 'pke-unseen', 'aria-live': 'polite' });
    input.after(list, count);
    for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': id })) input.setAttribute(name, value);
    let found = [], at = -1, asked = 0, timer;

    function close() {
      list.hidden = true;
      list.replaceChildren();
      at = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    }

    // Where only some kinds may stand, an id says no kind.
    function bare(one) {
      const [kind, ...rest] = one.id.split(':');
      return kinds !== 'all' && kinds.split(',').includes(kind) ? { ...one, id: rest.join(':') } : one;
    }

    async function look() {
      const mine = ++asked, typed = input.value.trim(), wanted = typed.toLocaleLowerCase();
      const own = options.filter((one) => `${one.name} ${one.id}`.toLocaleLowerCase().includes(wanted));
      let more = [];
      if (kinds) {
        try { more = await polku.get(`find?kinds=${encodeURIComponent(kinds)}&q=${encodeURIComponent(typed)}&lang=${polku.lang}`); } catch { more = []; }
        if (mine !== asked) return;
        more = Array.isArray(more) ? more.map(bare) : [];
      }
      const out = taken();
      found = [...own, ...more].filter((one) => !out.includes(one.id));
      if (typed && free(typed) && !found.some((one) => one.id === typed)) found.push({ id: typed, name: words('use_as_written', { text: typed }), free: true });
      show();
    }

    function show() {
      list.replaceChildren(...found.map((one, n) => element('li', {
        role: 'option', id: `${id}-${n}`, 'aria-selected': 'false',
        onmousedown: (event) => event.preventDefault(), onclick: () => choose(n),
      }, element('span', { class: 'pke-f-chip-name' }, kinds === 'law' && !one.free ? one.id : one.name),
      kinds === 'law' && !one.free ? element('span', { class: 'pke-f-chip-hint' }, one.name) : one.kind || one.hint ? element('span', { class: 'pke-f-chip-hint' }, [one.kind, one.hint].filter(Boolean).join(' · ')) : null)));
      if (!found.length) list.append(element('li', { class: 'pke-f-none' }, words('found_none')));
      count.textContent = found.length ? words('found', { n: found.length }) : words('found_none');
      list.hidden = false;
      input.setAttribute('aria-expanded', 'true');
      mark(found.length && input.value.trim() ? 0 : -1);
      list.scrollIntoView({ block: 'nearest' });
    }

    function mark(n) {
      at = n;
      [...list.querySelectorAll('[role=option]')].forEach((one, own) => one.setAttribute('aria-selected', String(own === n)));
      if (n < 0) return input.removeAttribute('aria-activedescendant');
      input.setAttribute('aria-activedescendant', `${id}-${n}`);
      list.children[n].scrollIntoView({ block: 'nearest' });
    }

    function choose(n) {
      const one = found[n];
      if (!one) return;
      input.value = '';
      close();
      chosen(one.free ? { id: one.id, name: one.id } : kinds === 'law' ? { id: one.id, name: one.id, hint: one.name } : { id: one.id, name: one.name, hint: one.kind || one.hint });
    }

    input.addEventListener('input', (event) => {
      event.stopPropagation();
      // What was found for other words is not chosen by mistake.
      asked += 1;
      found = [];
      close();
      clearTimeout(timer);
      timer = setTimeout(look, kinds ? 90 : 0);
    });
    input.addEventListener('click', () => { if (list.hidden) look(); });
    input.addEventListener('blur', () => setTimeout(close, 100));
    input.addEventListener('keydown', (event) => {
      const isOpen = !list.hidden;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        if (event.altKey && !isOpen && event.key === 'ArrowUp') return;
        event.preventDefault();
        if (!isOpen) return void look();
        if (found.length) mark((at + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length);
      } else if (event.key === 'Enter') {
        event.preventDefault();
        if (isOpen && at >= 0) choose(at);
        else if (input.value.trim() && free(input.value.trim())) { found = [{ id: input.value.trim(), free: true }]; choose(0); }
      } else if (event.key === 'Escape' && isOpen) {
        event.preventDefault();
        event.stopPropagation();
        close();
      }
    });
  };

  // ---- Chips

  const isOne = (at) => ['ref', 'law', 'row'].includes(at.dataset.shape);
  const chips = (at) => [...at.querySelectorAll('.pke-f-chip')];
  const ids = (at) => chips(at).map((one) => one.dataset.id);

  function chip(at, { id, name, hint, isUnknown }) {
    const made = element('li', { class: 'pke-f-chip', 'data-id': id, 'data-unknown': Boolean(isUnknown) },
      element('span', { class: 'pke-f-chip-name' }, name), hint ? [' ', element('span', { class: 'pke-f-chip-hint' }, hint)] : null);
    dress(at, made);
    return made;
  }

  function dress(at, one) {
    const name = one.querySelector('.pke-f-chip-name').textContent;
    const button = (sign, word, act) => element('button', { type: 'button', class: 'pke-f-icon', 'aria-label': `${words(word)}: ${name}`, title: words(word), onclick: act }, sign);
    const tools = element('span', { class: 'pke-f-chip-tools' });
    if (!isOne(at)) tools.append(button('↑', 'up', () => shift(at, one, -1)), button('↓', 'down', () => shift(at, one, 1)));
    tools.append(button('✕', 'remove', () => {
      const next = one.nextElementSibling || one.previousElementSibling;
      one.remove();
      (next?.querySelector('button:last-child') || at.querySelector('.pke-f-find')).focus();
      changed(at, words('removed', { name }));
    }));
    one.append(tools);
  }

  function shift(at, one, by) {
    const other = by < 0 ? one.previousElementSibling : one.nextElementSibling;
    if (!other) return;
    const focus = document.activeElement;
    if (by < 0) other.before(one); else other.after(one);
    focus.focus();
    changed(at, words('moved', { n: chips(at).indexOf(one) + 1 }));
  }

  function changed(at, said) {
    fold(at);
    forms.say(said);
    forms.touch();
  }

  // One place that is filled needs no field for more until it is asked to change.
  function fold(at) {
    at.querySelector('.pke-f-pick').toggleAttribute('data-full', isOne(at) && chips(at).length > 0);
  }

  function add(at, one) {
    const list = at.querySelector('.pke-f-chips');
    if (isOne(at)) list.replaceChildren();
    if (!ids(at).includes(one.id)) list.append(chip(at, one));
    changed(at, words('added', { name: one.name }));
    if (!isOne(at)) at.querySelector('.pke-f-find').focus();
  }

  forms.part((root) => {
    const picks = [...root.querySelectorAll('.pke-f-pick')];
    for (const pick of picks) {
      const at = pick.closest('[data-shape]'), input = pick.querySelector('.pke-f-find');
      chips(at).forEach((one) => one.querySelector('.pke-f-chip-tools') || dress(at, one));
      fold(at);
      if (input.hasAttribute('role')) continue;
      polku.pick(input, {
        kinds: pick.dataset.kinds, options: JSON.parse(pick.dataset.options || '[]').concat(fresh(at)), free: (typed) => 'free' in pick.dataset && (pick.dataset.kinds !== 'law' || /§|\d\/\d{4}/.test(typed)),
        taken: () => ids(at), chosen: (one) => add(at, one),
      });
    }
  });

  // Rows that are new and not saved yet can be named too.
  function fresh(at) {
    if (!at.dataset.shape.startsWith('row')) return [];
    const rows = [...(forms.element?.querySelectorAll('[data-new-id][data-row]') || [])];
    return rows.map((row) => ({ id: row.dataset.newId, name: row.querySelector(`textarea[lang="${polku.lang}"]`)?.value || row.dataset.newId }));
  }

  // What is written into a picker from elsewhere: the chips that stand there stay, others say their id.
  function write(at, values) {
    const known = new Map(chips(at).map((one) => [one.dataset.id, one]));
    const list = at.querySelector('.pke-f-chips');
    list.replaceChildren(...values.map((id) => known.get(id) || chip(at, { id, name: names.get(id) || id })));
    fold(at);
  }
  const names = new Map();
  polku.on('take', ({ other }) => other.querySelectorAll('.pke-f-chip').forEach((one) => names.set(one.dataset.id, one.querySelector('.pke-f-chip-name').textContent)));

  const one = { read: (at) => ids(at)[0] ?? null, write: (at, value) => write(at, value === null ? [] : [value]) };
  const several = { read: (at) => (ids(at).length ? ids(at) : null), write: (at, value) => write(at, value || []) };
  for (const name of ['ref', 'law', 'row']) forms.shape(name, one);
  for (const name of ['refs', 'laws', 'row-list']) forms.shape(name, several);
})();
