// Rows of a list: added, moved and taken out by buttons and keys, and gathered as changes.
(() => {
  'use strict';
  const polku = window.polku;
  const { element, form: forms } = polku;
  const words = (key, values) => forms.words(key, values);
  let made = 0;

  const rowsOf = (list) => [...list.querySelector('.pke-f-rowlist').children];
  const kept = (list) => rowsOf(list).filter((row) => !('removed' in row.dataset));
  const listOf = (row) => row.parentElement.closest('[data-rows]');

  forms.part((root) => {
    const rows = [...root.querySelectorAll('.pke-f-row')];
    if (root.matches('.pke-f-row')) rows.unshift(root);
    rows.forEach(tools);
    root.querySelectorAll('[data-add]').forEach((button) => button.addEventListener('click', () => add(button.closest('[data-rows]'))));
    [...root.querySelectorAll('[data-rows]')].forEach(number);
  });

  // ---- Buttons of a row

  function tools(row) {
    const head = row.querySelector('.pke-f-row-head');
    if (!head || head.querySelector('.pke-f-row-tools')) return;
    const button = (sign, word, act, more) => element('button', { type: 'button', class: 'pke-f-icon', title: words(word), 'aria-label': words(word), onclick: act, ...more }, sign);
    head.append(element('span', { class: 'pke-f-row-tools' },
      button('↑', 'up', () => move(row, -1), { 'data-up': true }),
      button('↓', 'down', () => move(row, 1), { 'data-down': true }),
      button('✕', 'remove', () => remove(row), { 'data-remove': true })));
    row.addEventListener('keydown', (event) => {
      if (!event.altKey || event.ctrlKey || event.metaKey || !['ArrowUp', 'ArrowDown'].includes(event.key)) return;
      if (event.target.closest('.pke-f-row') !== row || event.target.matches('select')) return;
      event.preventDefault();
      move(row, event.key === 'ArrowUp' ? -1 : 1);
    });
  }

  // Numbers as they are now, and buttons that can do nothing told so.
  function number(list) {
    const rows = kept(list);
    rows.forEach((row, at) => {
      const sign = row.querySelector('.pke-f-row-number');
      if (sign) sign.textContent = at + 1;
      const label = words('row', { n: at + 1 });
      row.querySelectorAll(':scope > .pke-f-row-head [data-up], :scope > details > .pke-f-row-head [data-up]').forEach((one) => state(one, at === 0, label, 'up'));
      row.querySelectorAll(':scope > .pke-f-row-head [data-down], :scope > details > .pke-f-row-head [data-down]').forEach((one) => state(one, at === rows.length - 1, label, 'down'));
      row.querySelectorAll(':scope > .pke-f-row-head [data-remove], :scope > details > .pke-f-row-head [data-remove]').forEach((one) => state(one, false, label, 'remove'));
    });
    const count = list.querySelector(':scope > legend .pke-f-count');
    if (count) count.textContent = rows.length;
  }
  function state(button, isOff, label, word) {
    button.setAttribute('aria-label', `${words(word)}: ${label}`);
    if (isOff) button.setAttribute('aria-disabled', 'true'); else button.removeAttribute('aria-disabled');
  }

  // ---- What is done with rows

  function move(row, by) {
    const list = listOf(row), rows = kept(list), at = rows.indexOf(row), other = rows[at + by];
    if (!other) return;
    const focus = document.activeElement;
    if (by < 0) other.before(row); else other.after(row);
    if (row.contains(focus)) focus.focus({ preventScroll: true });
    row.scrollIntoView({ block: 'nearest' });
    number(list);
    forms.say(words('moved', { n: at + by + 1 }));
    forms.touch();
  }

  function remove(row) {
    const list = listOf(row), rows = kept(list), at = rows.indexOf(row);
    const name = title(row) || words('row', { n: at + 1 });
    const back = element('button', { type: 'button', class: 'pke-secondary', onclick: () => putBack(row) }, words('put_back'));
    row.dataset.removed = '';
    row.append(element('p', { class: 'pke-f-gone' }, element('span', {}, words('removed', { name })), ' ', back));
    back.focus();
    number(list);
    forms.touch();
  }

  function putBack(row) {
    delete row.dataset.removed;
    row.querySelector(':scope > .pke-f-gone')?.remove();
    number(listOf(row));
    (row.querySelector('summary, textarea, input, select'))?.focus();
    forms.touch();
  }

  function title(row) {
    const own = row.querySelector(`textarea[lang="${polku.lang}"]`) || row.querySelector('textarea, input');
    return (own?.value || '').trim().slice(0, 60) || row.querySelector('.pke-f-row-name')?.textContent.trim() || '';
  }

  // A new row, at the end or before another.
  function add(list, before = null, isQuiet = false) {
    const pattern = list.querySelector(':scope > template').content.firstElementChild;
    const row = document.importNode(pattern, true);
    made += 1;
    rename(row, `${list.dataset.rows}.+`, `${list.dataset.rows}.+${made}`);
    row.dataset.name = `+${made}`;
    if ('ids' in list.dataset) row.dataset.newId = freshId(list);
    const into = list.querySelector('.pke-f-rowlist');
    into.insertBefore(row, before);
    forms.enhance(row);
    number(list);
    if (!isQuiet) {
      (row.querySelector(`textarea[lang="${polku.lang}"]`) || row.querySelector('textarea, input, select'))?.focus();
      forms.say(words('added', { name: words('row', { n: kept(list).indexOf(row) + 1 }) }));
      forms.touch();
    }
    return row;
  }

  // The addresses of a new row, which are those of its pattern with a number of its own.
  function rename(root, from, to) {
    const all = [root, ...root.querySelectorAll('*')];
    for (const one of all) {
      for (const { name, value } of [...one.attributes]) if (value.includes(from)) one.setAttribute(name, value.split(from).join(to));
      if (one.localName === 'template') rename({ querySelectorAll: () => one.content.querySelectorAll('*'), attributes: [] }, from, to);
    }
  }

  // An id like those of the other rows: a letter and the next number.
  function freshId(list) {
    const ids = [...document.querySelectorAll('.pke-f-form [data-row]')].map((row) => row.dataset.newId || row.dataset.name);
    const own = rowsOf(list).map((row) => row.dataset.newId || row.dataset.name).map((id) => /^([a-z-]*[a-z-])(\d+)$/.exec(id)).filter(Boolean);
    const stem = own.length ? own[own.length - 1][1] : list.dataset.rows.split('.').pop()[0];
    let n = Math.max(0, ...own.filter((one) => one[1] === stem).map((one) => Number(one[2])));
    do { n += 1; } while (ids.includes(`${stem}${n}`));
    return `${stem}${n}`;
  }

  // ---- Changes

  forms.gather((form) => {
    const lists = [...form.querySelectorAll('[data-rows]')].filter((list) => !list.closest('[data-fresh]') && !list.closest('[data-removed]'));
    // The innermost first: their addresses name rows around them by the numbers of before.
    return lists.reverse().flatMap(ofList);
  });

  function ofList(list) {
    const at = list.dataset.rows;
    const original = rowsOf(list).filter((row) => !('fresh' in row.dataset)).map((row) => row.dataset.row);
    const byName = new Map(rowsOf(list).map((row) => [row.dataset.row, row]));
    // As they stood: those that go by their number in its order, those with an id where they were found.
    let now = (list.dataset.stood ? JSON.parse(list.dataset.stood) : (list.dataset.stood = JSON.stringify(original), original)).filter((name) => byName.has(name));
    const place = (name) => {
      const key = byName.get(name).dataset.name;
      return `${at}.${/^\d+$/.test(key) ? now.indexOf(name) + 1 : key}`;
    };
    const out = [];
    for (const name of [...now].reverse()) {
      const row = byName.get(name);
      if (!('removed' in row.dataset)) continue;
      out.push({ do: 'remove', at: place(name), was: row.dataset.was });
      now = now.filter((one) => one !== name);
    }
    const wanted = kept(list);
    const order = wanted.filter((row) => !('fresh' in row.dataset)).map((row) => row.dataset.row);
    for (let n = 0, left = order.length * order.length; n < order.length && left > 0; left -= 1) {
      if (now[n] === order[n]) { n += 1; continue; }
      const name = now[n + 1] === order[n] ? now[n] : order[n];
      const to = order.indexOf(name);
      out.push({ do: 'move', at: place(name), to: to + 1, was: byName.get(name).dataset.was });
      now.splice(now.indexOf(name), 1);
      now.splice(to, 0, name);
    }
    wanted.forEach((row, position) => {
      if (!('fresh' in row.dataset)) return;
      const value = forms.collect(row, row.dataset.row);
      if (!Object.keys(value).some((key) => key !== 'id')) return;
      const rest = wanted.slice(position + 1).some((other) => !('fresh' in other.dataset));
      const before = wanted.slice(0, position).filter((other) => !('fresh' in other.dataset) || 'counted' in other.dataset).length + 1;
      row.dataset.counted = '';
      out.push({ do: 'insert', at, before: rest ? before : null, value });
    });
    wanted.forEach((row) => delete row.dataset.counted);
    return out;
  }

  // ---- After a save and when others write: a list whose rows are other ones is replaced

  polku.on('refresh', ({ form, now, isSaved }) => {
    for (const list of [...form.querySelectorAll('[data-rows]')].filter((one) => !one.parentElement.closest('[data-rows]'))) {
      const other = now.querySelector(`[data-rows="${CSS.escape(list.dataset.rows)}"]`);
      if (!other) continue;
      const same = () => names(list).join() === names(other).join() && !list.querySelector('[data-fresh], [data-removed]');
      const isTouched = !isSaved && [list, ...list.querySelectorAll('[data-rows]')].some((one) => ofList(one).length);
      if (same()) {
        for (const row of list.querySelectorAll('[data-row]')) row.dataset.was = other.querySelector(`[data-row="${CSS.escape(row.dataset.row)}"]`)?.dataset.was ?? row.dataset.was;
        if (isSaved) delete list.dataset.stood;
        continue;
      }
      if (isTouched) continue;
      replace(list, other);
    }
  });

  const names = (list) => [...list.querySelectorAll('[data-row]')].map((row) => row.dataset.row);

  // What was typed while the save was under way goes on into the rows that stand there now.
  function replace(list, other) {
    const old = kept(list), typed = new Map();
    old.forEach((row, n) => forms.settable(row).forEach((at) => typed.set(`${n}${at.dataset.at.slice(row.dataset.row.length)}${at.dataset.side || ''}`, forms.read(at))));
    const open = old.map((row) => row.querySelector('details')?.open);
    const focus = list.contains(document.activeElement) ? document.activeElement : null;
    const row = focus?.closest('[data-row]');
    const place = row && { n: old.indexOf(row), name: (focus.name || '').slice(row.dataset.row.length), caret: focus.selectionStart };
    const into = list.querySelector('.pke-f-rowlist');
    into.replaceChildren(...[...other.querySelector('.pke-f-rowlist').children].map((one) => document.importNode(one, true)));
    list.dataset.was = other.dataset.was;
    delete list.dataset.stood;
    forms.enhance(into);
    number(list);
    kept(list).forEach((one, n) => {
      const details = one.querySelector('details');
      if (details && open[n] !== undefined) details.open = open[n];
      for (const at of forms.settable(one)) {
        const was = typed.get(`${n}${at.dataset.at.slice(one.dataset.row.length)}${at.dataset.side || ''}`);
        if (was !== undefined && !forms.same(was, forms.read(at))) forms.write(at, was);
      }
    });
    if (!focus) return;
    const again = place && kept(list)[place.n];
    const target = again && [...again.querySelectorAll('textarea, input, select')].find((one) => one.name && one.name.slice(again.dataset.row.length) === place.name);
    (target || list.querySelector('[data-add]'))?.focus({ preventScroll: true });
    if (target && place.caret !== null && place.caret !== undefined && target.setSelectionRange && target.type !== 'date') try { target.setSelectionRange(place.caret, place.caret); } catch { /* Not every sort of field has a caret. */ }
  }

  // ---- Kept changes put back

  forms.apply((form, change) => {
    if (change.do === 'insert') {
      const list = form.querySelector(`[data-rows="${CSS.escape(change.at)}"]`);
      if (!list) return false;
      const before = change.before ? kept(list)[change.before - 1] || null : null;
      fill(add(list, before, true), change.value);
      return true;
    }
    if (!['remove', 'move'].includes(change.do)) return false;
    const at = change.at.lastIndexOf('.');
    const list = form.querySelector(`[data-rows="${CSS.escape(change.at.slice(0, at))}"]`);
    if (!list) return false;
    const name = change.at.slice(at + 1), rows = kept(list);
    const row = rows.find((one) => one.dataset.name === name) && !/^\d+$/.test(name) ? rows.find((one) => one.dataset.name === name) : rows[Number(name) - 1];
    if (!row) return false;
    if (change.do === 'remove') remove(row);
    else { const rest = rows.filter((one) => one !== row); const next = rest[change.to - 1]; if (next) next.before(row); else rest[rest.length - 1]?.after(row); number(list); }
    return true;
  });

  // The values of a new row put into its controls.
  function fill(row, value) {
    if (value.id) row.dataset.newId = value.id;
    for (const at of forms.settable(row)) {
      const path = at.dataset.at.slice(row.dataset.row.length + 1).split('.');
      const found = path.reduce((into, key) => into?.[key], value);
      if (found !== undefined && at.parentElement.closest('[data-row]') === row) forms.write(at, found);
    }
    for (const list of row.querySelectorAll('[data-rows]')) {
      const path = list.dataset.rows.slice(row.dataset.row.length + 1).split('.');
      const inner = path.reduce((into, key) => into?.[key], value);
      if (Array.isArray(inner)) inner.forEach((one) => fill(add(list, null, true), one));
    }
  }

  polku.rows = { add, fill, kept };
})();
