// Forms: what the user has changed is gathered from the controls as changes, tried after every key and saved.
//
// The server makes the form. What can be set carries data-at (its address), data-shape (its sort of value),
// data-value (what it held) and data-was (what it was known by). Other scripts add sorts of values and behaviour:
//
//   polku.form.shape(name, {read, write})  how a sort of value is read from its controls and written to them
//   polku.form.part(fn)      called with every piece of a form that appears: the form, a new row, a replaced list
//   polku.form.gather(fn)    more changes of a form
//   polku.form.apply(fn)     puts one change back into a form; true where it could
//   polku.form.touch()       something was changed
//   polku.form.refresh(saved)  takes what the server has now into the fields that nobody touched
(() => {
  'use strict';
  const polku = window.polku;
  const words = (key, values) => polku.fill((polku.words.form || {})[key] || key, values);
  const shapes = new Map(), parts = [], gatherers = [], appliers = [];
  let form, bar, status, saving = false, timer, trying = null, again = false;

  polku.form = {
    words,
    shape: (name, of) => shapes.set(name, of),
    part: (fn) => parts.push(fn),
    gather: (fn) => gatherers.push(fn),
    apply: (fn) => appliers.push(fn),
    read, write, same, touch, refresh, enhance, changes, put, save, saveOnly, forget, reload, settable, held, say, restore, collect, tell, shows,
    get element() { return form; },
  };

  // ---- Values

  const line = (text) => text.replace(/\s+/g, ' ').trim() || null;
  const number = (text) => {
    const plain = text.trim().replace(',', '.').replace(/\s/g, '');
    if (!plain) return null;
    return Number.isFinite(Number(plain)) ? Number(plain) : text.trim();
  };
  const control = (at) => at.querySelector('textarea, select, input');
  const simple = (read, write = (at, value) => { control(at).value = value ?? ''; }) => ({ read, write });
  const lines = (text) => text.split('\n').map((one) => one.trim()).filter(Boolean);
  const list = (values) => (values.length ? values : null);

  shapes.set('text', simple((at) => line(control(at).value)));
  shapes.set('plain', simple((at) => line(control(at).value)));
  shapes.set('prose', simple((at) => control(at).value.trim()));
  shapes.set('date', simple((at) => control(at).value || null));
  shapes.set('choice', simple((at) => control(at).value || null));
  shapes.set('integer', simple((at) => number(control(at).value)));
  shapes.set('number', simple((at) => number(control(at).value), (at, value) => {
    control(at).value = value === null ? '' : polku.lang === 'en' ? String(value) : String(value).replace('.', ',');
  }));
  const written = (at, value) => { control(at).value = (value || []).join('\n'); };
  shapes.set('lines', simple((at) => list(lines(control(at).value)), written));
  shapes.set('integers', simple((at) => list(lines(control(at).value).map(number)), written));
  shapes.set('bool', simple((at) => control(at).checked, (at, value) => { control(at).checked = value === true; }));
  shapes.set('truth', simple((at) => (control(at).value ? control(at).value === 'true' : null),
    (at, value) => { control(at).value = value === null ? '' : String(value); }));
  shapes.set('choices', {
    read: (at) => list([...at.querySelectorAll('input:checked')].map((one) => one.value)),
    write: (at, value) => at.querySelectorAll('input').forEach((one) => { one.checked = (value || []).includes(one.value); }),
  });
  shapes.set('range', {
    read: (at) => {
      const [from, to] = [...at.querySelectorAll('input')].map((one) => number(one.value));
      return from === null && to === null ? null : to === null ? [from] : [from, to];
    },
    write: (at, value) => at.querySelectorAll('input').forEach((one, n) => { one.value = (value || [])[n] ?? ''; }),
  });
  shapes.set('since', {
    read: (at) => {
      const [how, day] = [at.querySelector('select').value, at.querySelector('input').value];
      return how === 'yes' ? true : how === 'day' && day ? day : false;
    },
    write: (at, value) => {
      at.querySelector('select').value = value === true ? 'yes' : value ? 'day' : 'no';
      at.querySelector('input').value = typeof value === 'string' ? value : '';
    },
  });

  function read(at) { return shapes.get(at.dataset.shape).read(at); }
  function write(at, value) {
    shapes.get(at.dataset.shape).write(at, value);
    at.querySelectorAll('textarea').forEach(grow);
  }
  function held(at) { return JSON.parse(at.dataset.value); }
  function same(one, other) { return JSON.stringify(one) === JSON.stringify(other); }
  function isTouched(at) { return !same(read(at), held(at)); }

  // What can be set below an element and belongs to no row that is new there.
  function settable(root) {
    return [...root.querySelectorAll('[data-shape]')].filter((at) => shapes.has(at.dataset.shape));
  }
  function fresh(at) { return at.closest('[data-fresh]'); }

  // ---- Changes

  function change(at) {
    const { at: address, shape, was, side } = at.dataset;
    const value = read(at);
    if (shape === 'prose') return { do: 'prose', at: address, lang: side, text: value, was };
    // What is not ticked is not written.
    return { do: 'set', at: address, value: shape === 'bool' && !value ? null : value, was };
  }

  // The fields below an element as a table, for something new.
  function collect(root, prefix) {
    const table = {};
    const own = (at) => {
      const row = at.parentElement.closest('[data-row]');
      return !row || row === root || !root.contains(row);
    };
    for (const at of settable(root).filter(own)) {
      const value = read(at);
      // What holds by itself is not written.
      if (value === null || value === false || (at.dataset.shape === 'choice' && same(value, held(at)))) continue;
      const path = at.dataset.at.slice(prefix.length + 1).split('.');
      const last = path.pop();
      let into = table;
      for (const key of path) into = into[key] ||= {};
      into[last] = value;
    }
    for (const rows of root.querySelectorAll('[data-rows]')) {
      if (!own(rows)) continue;
      const made = [...rows.querySelector('.pke-f-rowlist').children].filter((row) => !('removed' in row.dataset));
      const tables = made.map((row) => collect(row, row.dataset.row)).filter((one) => Object.keys(one).length);
      const path = rows.dataset.rows.slice(prefix.length + 1).split('.');
      const last = path.pop();
      let into = table;
      for (const key of path) into = into[key] ||= {};
      if (tables.length) into[last] = tables;
    }
    if (root.dataset.newId) table.id = root.dataset.newId;
    return table;
  }

  function changes(of = form) {
    if (!of) return [];
    if (of.dataset.at.endsWith('/+')) return created(of);
    const isKept = (at) => !fresh(at) && !at.closest('[data-removed]');
    const touched = settable(of).filter((at) => isKept(at) && isTouched(at));
    const emptied = [...of.querySelectorAll('[data-record][data-given]')].filter((record) =>
      isKept(record) && touched.some((at) => record.contains(at)) && settable(record).every((at) => !read(at)));
    const out = emptied.map((record) => ({ do: 'set', at: record.dataset.record, value: null, was: record.dataset.was }));
    out.push(...touched.filter((at) => !emptied.some((record) => record.contains(at))).map(change));
    return out.concat(...gatherers.map((fn) => fn(of)));
  }

  function created(of) {
    const [kind] = of.dataset.at.split('/');
    const value = collect(of, of.dataset.at);
    const id = of.querySelector('[data-new-id] input').value.trim();
    const isBegun = id || settable(of).some(isTouched);
    if (!isBegun) return [];
    return [{ do: 'create', at: `${kind}/${id}`, value, after: of.dataset.after || null }, ...joined(of, id)];
  }

  // The lists in which something new stands at the end.
  function joined(of, id) {
    return [...of.querySelectorAll('[data-join]:checked')].filter(() => id).map(({ dataset }) =>
      ({ do: 'set', at: dataset.join, value: [...JSON.parse(dataset.ids), id], was: dataset.was }));
  }

  // ---- Trying

  function touch() {
    if (!form) return;
    tell();
    polku.emit('touched', { at: form.dataset.at, changes: changes() });
    clearTimeout(timer);
    timer = setTimeout(attempt, 50);
  }

  // One at a time; what is typed meanwhile is tried behind it.
  function attempt() {
    if (!polku.token || saving) return;
    if (trying) { again = true; return; }
    trying = attempted().finally(() => {
      trying = null;
      if (again) { again = false; attempt(); }
    });
  }

  async function attempted() {
    const of = form, tried = all();
    try {
      const answer = await polku.post('try', { tab: polku.tab, changes: tried, what: of ? words('change_of', { name: name(of) }) : '' });
      if (of && of === form) refused(answer.refused || [], tried);
      away(false);
      own(answer.revision);
    } catch (error) {
      away(true, error);
    }
  }

  // All that is not saved: of this form, and of those that stood in the panel before.
  function all() {
    const own = changes();
    return polku.unsaved ? polku.unsaved.with(form, own) : own;
  }

  // ---- What is told

  function away(isAway, error) {
    if (!bar) return;
    bar.toggleAttribute('data-away', isAway);
    if (isAway) status.textContent = error && error.status && error.data ? words('problem', { why: error.message }) : words('away');
    else tell();
  }

  function tell() {
    if (!bar || saving) return;
    const n = all().length;
    bar.toggleAttribute('data-dirty', n > 0);
    if (n) said(words('dirty', { n }));
    else if (!bar.dataset.saved) said(words('clean'));
    else said(bar.dataset.saved);
    bar.querySelectorAll('[data-when-dirty]').forEach((button) => (n ? button.removeAttribute('aria-disabled') : button.setAttribute('aria-disabled', 'true')));
    polku.emit('unsaved', n);
  }

  function said(text) { if (status.textContent !== text) status.textContent = text; }
  function say(text) { polku.emit('say', text); const live = form && form.querySelector('.pke-f-live'); if (live) live.textContent = text; }

  // The place in a form where a finding about an address is told: its own, else that around it.
  function room(at) {
    for (let own = at; own; own = own.replace(/[.#][^.#]*$/, (gone) => (own === gone ? own : ''))) {
      const found = form.querySelector(`[id="pke-f-told:${CSS.escape(own)}"]`);
      if (found) return found;
      if (!/[.#]/.test(own)) break;
    }
    return null;
  }

  function put(at, told, sort) {
    const place = room(at) || form.querySelector('.pke-f-told-here');
    if (!place) return;
    const item = polku.element('li', { class: `pke-f-${told.severity || 'error'}`, 'data-sort': sort }, told.message);
    if (told.help) item.append(polku.element('span', { class: 'pke-f-help' }, told.help));
    place.append(item);
    place.hidden = false;
    if (told.severity !== 'error') return;
    const field = place.closest('.pke-f-field, .pke-f-share') || form;
    const meant = [...field.querySelectorAll('textarea, input, select')].filter((one) => (one.getAttribute('aria-describedby') || '').includes(place.id));
    const own = meant.filter((one) => one.name === at);
    (own.length ? own : meant).forEach((one) => one.setAttribute('aria-invalid', 'true'));
  }

  function clear(sort) {
    for (const item of form.querySelectorAll(`.pke-f-told > [data-sort="${sort}"]`)) {
      const place = item.parentElement;
      item.remove();
      place.hidden = !place.children.length;
      if (!place.querySelector('.pke-f-error')) {
        place.closest('.pke-f-field, .pke-f-share')?.querySelectorAll('[aria-invalid]').forEach((one) => one.removeAttribute('aria-invalid'));
      }
    }
  }

  function refused(list, tried) {
    clear('refused');
    for (const one of list) {
      const { at } = tried[one.change] || {};
      if (at) put(at, { severity: 'error', ...one }, 'refused');
    }
    if (list.some((one) => one.theirs !== undefined && one.theirs !== null)) polku.emit('conflict', list.map((one) => ({ ...one, at: tried[one.change]?.at })));
  }

  let looking;
  polku.on('findings', () => { clearTimeout(looking); looking = setTimeout(look, 120); });
  async function look() {
    const of = form;
    if (!of) return;
    const own = of.dataset.at;
    const told = await polku.get(`findings?lang=${polku.lang}`).catch(() => null);
    if (!told || of !== form) return;
    clear('finding');
    const tasks = [...of.querySelectorAll('[data-task]')].map((row) => row.dataset.task);
    // In a cell only what is about shares and the law behind them.
    const shares = /^[a-z]+\/[^.#]+(\.(accountable|responsible|pair|supports|consulted|informed|joins_if|decision|decides|topic|situations|law)\b|$)/;
    const inside = (at) => (!tasks.length || shares.test(at) || at.startsWith(own)) && [own, ...tasks].some((head) => at === head || at.startsWith(`${head}.`) || at.startsWith(`${head}#`));
    for (const one of told.findings.filter((finding) => finding.at && inside(finding.at))) put(one.at, one, 'finding');
  }

  // ---- Saving

  // Saves all that is not saved, with more behind it.
  function save(more = [], what) { return all().length + more.length > 0 && send(() => all().concat(more), what, { isMore: more.length > 0, isAll: true }); }
  // Saves these changes alone.
  function saveOnly(only, what) { return send(() => only, what, { isMore: true, isAll: false }); }

  async function send(gather, what, { isMore, isAll }) {
    if (!form || saving || !polku.token) return false;
    const of = form;
    saving = true;
    clearTimeout(timer);
    again = false;
    said(words('saving'));
    // A try that comes behind the save would lay the same changes over it once more.
    await trying;
    const tried = gather();
    const submitted = new Map(settable(of).map((at) => [at, read(at)]));
    let answer;
    try {
      answer = await polku.post('save', { tab: polku.tab, changes: tried, what: what || words('change_of', { name: name(of) }) });
    } catch (error) {
      saving = false;
      away(true, error);
      return false;
    }
    if (answer.status !== 200) saving = false;
    if (answer.status === 409 && !answer.conflicts) {
      said(words('problem', { why: answer.message || '' }));
      return false;
    }
    if (answer.status === 409) {
      said(words('conflict_title'));
      polku.emit('conflict', (answer.conflicts || []).map((one) => ({ ...one, at: tried[one.change]?.at })));
      return false;
    }
    if (answer.status === 422) {
      refused(answer.refused || [], tried);
      said(words('refused'));
      of.querySelector('[aria-invalid]')?.focus();
      return false;
    }
    const time = new Date().toLocaleTimeString(polku.lang, { hour: '2-digit', minute: '2-digit' });
    bar.dataset.saved = words('saved', { time });
    for (const [at, value] of submitted) if (!fresh(at)) at.dataset.value = JSON.stringify(value);
    polku.emit('saved', { at: of.dataset.at, changes: tried, revision: answer.revision, isAll });
    own(answer.revision);
    const made = tried.find((one) => one.do === 'create' && of.dataset.at.endsWith('/+'));
    // The field that goes away says that it changed: that is no change any more.
    if (made) forget();
    if (made) open(made.at);
    else if (of === form && !isMore) await refresh(true);
    // What was saved stands in the form as such now; until then the same changes would be asked for again.
    saving = false;
    tell();
    // Saving takes away what the tab had tried; what is not saved is laid over again.
    if (!made && !(isMore && isAll)) setTimeout(() => all().length && attempt(), 0);
    return true;
  }

  // What it is called; something new by the name that stands in its form.
  function name(of) {
    const fresh = of.dataset.at.endsWith('/+') && [...of.querySelectorAll('[data-text$=".name"] textarea')];
    const given = fresh && (fresh.find((one) => one.lang === polku.lang && one.value.trim()) || fresh.find((one) => one.value.trim()));
    return given ? given.value.trim() : of.getAttribute('aria-label') || of.dataset.at;
  }
  function open(at) { if (polku.open) polku.open(at); else polku.emit('open', at); }

  // ---- What the server has now

  async function refresh(isSaved = false) {
    const of = form;
    if (!of || of.dataset.at.endsWith('/+')) return;
    const text = await polku.get(`form?at=${encodeURIComponent(of.dataset.at)}&lang=${polku.lang}`).catch(() => null);
    if (typeof text !== 'string' || of !== form) return;
    const now = new DOMParser().parseFromString(text, 'text/html').querySelector('.pke-f-form');
    if (!now) return;
    polku.emit('refresh', { form: of, now, isSaved });
    const news = new Map([...now.querySelectorAll('[data-shape]')].map((at) => [key(at), at]));
    let taken = 0;
    for (const at of settable(of)) {
      const other = news.get(key(at));
      if (!other || fresh(at)) continue;
      if (!isTouched(at)) {
        if (!same(held(at), held(other))) { taken += 1; take(at, other); }
        at.dataset.value = other.dataset.value;
        at.dataset.was = other.dataset.was;
      } else if (isSaved) {
        at.dataset.was = other.dataset.was;
      }
      if (other.dataset.state) at.dataset.state = other.dataset.state; else delete at.dataset.state;
      const [state, newer] = [at, other].map((side) => side.querySelector(':scope > .pke-f-side-head'));
      if (state && newer) {
        state.querySelector('.pke-f-state')?.remove();
        const marked = newer.querySelector('.pke-f-state');
        if (marked) state.querySelector('label').after(' ', document.importNode(marked, true));
      }
    }
    for (const record of now.querySelectorAll('[data-record]')) {
      const own = of.querySelector(`[data-record="${CSS.escape(record.dataset.record)}"]`);
      if (own) { own.dataset.was = record.dataset.was; own.toggleAttribute('data-given', 'given' in record.dataset); }
    }
    for (const field of of.querySelectorAll('[data-text]')) {
      const [here, there] = [field, now.querySelector(`[data-text="${CSS.escape(field.dataset.text)}"]`)].map((one) => one?.querySelector('[data-confirm]'));
      if (here && !there) here.remove();
      if (!there || here) continue;
      field.querySelector('legend').after(document.importNode(there, true));
      parts.forEach((fn) => fn(field, of));
    }
    if (taken && !isSaved) say(words('updated'));
    tell();
  }

  function key(at) { return `${at.dataset.at} ${at.dataset.side || ''}`; }

  // Another value in a field that nobody touched; the caret stays where it was.
  function take(at, other) {
    const focus = document.activeElement;
    const caret = at.contains(focus) && 'selectionStart' in focus ? [focus.selectionStart, focus.selectionEnd] : null;
    if (at.querySelector('.pke-f-pick')) polku.emit('take', { at, other });
    write(at, held(other));
    if (caret && caret[0] !== null) focus.setSelectionRange(...caret);
  }

  // What others do is taken in when it has settled; what this form did itself it knows.
  const known = new Set();
  let settling;
  function own(revision) {
    if (!revision) return;
    known.add(revision);
    polku.emit('revision', revision);
  }
  polku.on('revision', (revision) => {
    if (known.has(revision)) return;
    clearTimeout(settling);
    settling = setTimeout(() => { if (form?.isConnected && !saving) refresh(); }, 150);
  });

  // Whether a change of one field can stand in a form.
  function shows(of, { at }) {
    const [task, key] = [at.slice(0, at.lastIndexOf('.')), at.slice(at.lastIndexOf('.') + 1)];
    const row = of.querySelector(`[data-task="${CSS.escape(task)}"]`);
    return settable(of).some((own) => own.dataset.at === at) || Boolean(row && key in JSON.parse(row.dataset.lists));
  }

  // Puts changes that were kept back into a form.
  function restore(list) {
    let left = [];
    for (const one of list) {
      const at = settable(form).find((own) => own.dataset.at === one.at && (one.do !== 'prose' || own.dataset.side === one.lang));
      if (at && (one.do === 'set' || one.do === 'prose')) {
        write(at, one.do === 'prose' ? one.text : one.value ?? (at.dataset.shape === 'bool' ? false : null));
        if (one.was) at.dataset.was = one.was;
        reveal(at);
      } else if (!appliers.some((fn) => fn(form, one))) {
        left.push(one);
      }
    }
    touch();
    return left;
  }

  function reveal(at) {
    for (let box = at.closest('details'); box; box = box.parentElement.closest('details')) box.open = true;
  }

  // ---- Behaviour

  function grow(area) {
    if (CSS.supports('field-sizing', 'content')) return;
    area.style.blockSize = 'auto';
    area.style.blockSize = `${area.scrollHeight + 2}px`;
  }

  function enhance(root) {
    root.querySelectorAll('textarea').forEach(grow);
    parts.forEach((fn) => fn(root, form));
  }

  function mount({ element }) {
    form = element.matches('.pke-f-form') ? element : element.querySelector('.pke-f-form');
    if (!form) return;
    form.addEventListener('submit', (event) => event.preventDefault());
    form.append(polku.element('p', { class: 'pke-f-live pke-unseen', 'aria-live': 'polite' }));
    form.querySelector('.pke-f-head')?.after(polku.element('ul', { class: 'pke-f-told pke-f-told-here', hidden: true }));
    if (!polku.token) {
      form.querySelectorAll('input, textarea, select').forEach((one) => { one.disabled = true; });
      form.querySelectorAll('button:not([data-open])').forEach((one) => one.remove());
    } else {
      foot();
      enhance(form);
      form.addEventListener('input', (event) => { if (event.target.matches('textarea')) grow(event.target); touch(); });
      form.addEventListener('change', touch);
    }
    form.addEventListener('click', (event) => {
      const to = event.target.closest('[data-open]');
      if (to) open(to.dataset.open);
    });
    form.addEventListener('focusin', (event) => {
      const at = event.target.closest('[data-at]');
      if (at && at !== form) polku.emit('field', at.dataset.at);
    });
    focus();
    look();
    polku.emit('mounted', form);
    tell();
  }

  function foot() {
    status = polku.element('p', { class: 'pke-f-status', role: 'status' });
    const discard = polku.element('button', { type: 'button', class: 'pke-secondary', 'data-when-dirty': true, onclick: drop }, words('discard'));
    const keep = polku.element('button', { type: 'button', class: 'pke-primary', 'data-when-dirty': true, onclick: () => save(), 'aria-keyshortcuts': 'Control+S' },
      words(form.dataset.at.endsWith('/+') ? 'create' : 'save'));
    bar = polku.element('div', { class: 'pke-f-bar' }, status, discard, keep);
    form.append(bar);
  }

  async function drop() {
    if (!all().length) return;
    polku.emit('discarded', form.dataset.at);
    const left = polku.unsaved ? polku.unsaved.with(null, []) : [];
    const answer = left.length ? polku.post('try', { tab: polku.tab, changes: left }) : polku.post('drop', { tab: polku.tab });
    answer.then(({ revision }) => revision && polku.emit('revision', revision)).catch(() => {});
    reload();
  }

  // The form as the server has it now, in the place of the one that stands there.
  async function reload() {
    const of = form;
    const { at } = of.dataset;
    const markup = await polku.get(`form?at=${encodeURIComponent(at.endsWith('/+') ? `new/${at.slice(0, -2)}` : at)}&lang=${polku.lang}`).catch(() => null);
    if (typeof markup !== 'string' || of !== form) return;
    const now = document.importNode(new DOMParser().parseFromString(markup, 'text/html').querySelector('.pke-f-form'), true);
    now.querySelector('h2')?.remove();
    of.replaceWith(now);
    mount({ element: now });
  }
  polku.on('reopen', (at) => { if (form?.dataset.at === at) reload(); else open(at); });

  // Whatever stands in the form is no longer wanted.
  function forget() { form = bar = undefined; }

  // The place that was asked for, else the heading.
  function focus() {
    const asked = form.dataset.focus;
    const places = asked ? [...form.querySelectorAll('[data-at], [data-text], [data-rows], [data-record], [data-row], [data-task]')] : [];
    const of = (one) => one.dataset.at || one.dataset.text || one.dataset.row || one.dataset.rows || one.dataset.record || one.dataset.task;
    const best = places.filter((one) => of(one) === asked || asked.startsWith(`${of(one)}.`) || of(one).startsWith(`${asked}.`))
      .sort((a, b) => of(b).length - of(a).length || (a.dataset.side === polku.lang ? -1 : 1));
    const place = best.find((one) => one.dataset.side === polku.lang) || best[0];
    if (place) reveal(place);
    const target = place ? place.querySelector('textarea, input, select, summary') : null;
    target?.focus({ preventScroll: !place });
    if (place) target?.scrollIntoView({ block: 'center' });
  }

  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's' && form?.isConnected) {
      event.preventDefault();
      save();
    }
  });
  addEventListener('beforeunload', (event) => {
    if (bar?.hasAttribute('data-away') && all().length) event.preventDefault();
  });
  polku.on('form', mount);
  polku.on('close', () => { if (!form?.isConnected) form = bar = undefined; });
})();
