// Unsaved work: of this tab it is kept until it is saved, whichever form stands in the panel; of earlier sessions it
// is offered and never applied by itself. The server keeps what was tried; the browser keeps it a second time.
//
//   polku.unsaved.with(form, own)  what is not saved: the changes of a form, and of those that stood there before
//   polku.unsaved.save()  saves all of it, also where no form stands in the panel; true where it could
(() => {
  'use strict';
  const polku = window.polku;
  const { element, form: forms } = polku;
  const words = (key, values) => forms.words(key, values);
  const KEY = 'polku-draft:';
  const kept = new Map();

  const whole = (form) => form.dataset.at;

  polku.unsaved = {
    with: (form, own) => [...kept].filter(([at]) => !form || at !== whole(form)).flatMap(([, changes]) => changes).concat(own),
    async save() {
      if (forms.element?.isConnected) return forms.save();
      const changes = polku.unsaved.with(null, []);
      if (!changes.length) return false;
      const { status, revision } = await polku.post('save', { tab: polku.tab, changes, what: words('unsaved') });
      if (status >= 300) return false;
      polku.emit('saved', { changes, revision, isAll: true });
      return true;
    },
  };

  // ---- The browser's own copy

  function store() {
    const all = [...kept].filter(([, changes]) => changes.length);
    try {
      if (all.length) localStorage.setItem(KEY + polku.tab, JSON.stringify({ when: new Date().toISOString(), forms: all }));
      else localStorage.removeItem(KEY + polku.tab);
    } catch { /* The server has it too. */ }
  }

  // A tab that is open holds a lock under its name: what it has not saved is nobody else's draft.
  if (navigator.locks) navigator.locks.request(KEY + polku.tab, () => new Promise(() => {}));

  async function stored() {
    const open = navigator.locks ? (await navigator.locks.query()).held.map((lock) => lock.name) : [];
    const found = [];
    try {
      for (let n = 0; n < localStorage.length; n += 1) {
        const name = localStorage.key(n);
        if (!name.startsWith(KEY) || open.includes(name)) continue;
        const { when, forms: all } = JSON.parse(localStorage.getItem(name));
        found.push({ tab: name.slice(KEY.length), when, changes: all.flatMap(([, changes]) => changes) });
      }
    } catch { /* What cannot be read is not offered. */ }
    return found;
  }

  // What this tab had not saved before it went to another page.
  try {
    const own = JSON.parse(localStorage.getItem(KEY + polku.tab) || 'null');
    if (own) own.forms.forEach(([at, changes]) => kept.set(at, changes));
  } catch { /* Nothing was kept. */ }
  if (kept.size && polku.token) polku.post('try', { tab: polku.tab, changes: polku.unsaved.with(null, []) }).catch(() => {});

  polku.on('touched', ({ at, changes }) => {
    if (changes.length) kept.set(at, changes); else kept.delete(at);
    store();
  });
  polku.on('saved', ({ isAll = true }) => { if (isAll) { kept.clear(); store(); } });
  polku.on('discarded', (at) => { kept.delete(at); store(); });

  // ---- Put back, or offered

  polku.on('mounted', async (form) => {
    if (!polku.token) return;
    const own = [...kept.get(whole(form)) || [], ...moved(form)];
    if (own.length) forms.restore(own);
    else offer(form, await earlier(form));
  });

  const head = (at) => at.split(/[.#]/)[0];
  function belongs(form, change) {
    const at = whole(form);
    if (at.endsWith('/+')) return change.do === 'create' && change.at.startsWith(at.slice(0, -1));
    if (!['set', 'prose', 'insert', 'move', 'remove'].includes(change.do)) return false;
    if (at.startsWith('cell/')) return change.at.startsWith('task/') && form.querySelector(`[data-task="${CSS.escape(head(change.at))}"]`);
    return at.includes('#') ? change.at === at || (at.endsWith('#') && change.at === at.slice(0, -1)) : head(change.at) === at && change.do !== 'prose';
  }

  // A field may be changed in more than one form, such as a share in a task and in a cell: it is shown where one looks.
  function moved(form) {
    const out = [];
    for (const [at, changes] of [...kept]) {
      if (at === whole(form)) continue;
      const taken = changes.filter((change) => change.do === 'set' && belongs(form, change) && forms.shows(form, change));
      if (!taken.length) continue;
      out.push(...taken);
      kept.set(at, changes.filter((change) => !taken.includes(change)));
    }
    return out;
  }

  async function earlier(form) {
    const told = await polku.get('drafts').catch(() => []);
    const all = (Array.isArray(told) ? told : []).filter((one) => one.tab !== polku.tab);
    for (const one of await stored()) if (!all.some((other) => other.tab === one.tab)) all.push(one);
    return all.map((one) => ({ ...one, own: one.changes.filter((change) => belongs(form, change)) })).filter((one) => one.own.length);
  }

  function when(text) {
    const time = new Date(text);
    return Number.isNaN(time.getTime()) ? text : time.toLocaleString(polku.lang, { dateStyle: 'short', timeStyle: 'short' });
  }

  function offer(form, drafts) {
    for (const draft of drafts) {
      const take = element('button', { type: 'button', class: 'pke-primary', onclick: () => {
        box.remove();
        forms.restore(draft.own);
        away(draft);
      } }, words('draft_take'));
      const drop = element('button', { type: 'button', class: 'pke-secondary', onclick: () => { box.remove(); away(draft); } }, words('draft_drop'));
      const box = element('section', { class: 'pke-f-notice', 'aria-label': words('draft_title') },
        element('h3', {}, words('draft_title')),
        element('p', {}, words('draft_help', { when: when(draft.when), n: draft.own.length })),
        preview(draft.own),
        element('p', { class: 'pke-actions' }, take, drop));
      form.querySelector('.pke-f-head').after(box);
    }
  }

  function preview(changes) {
    const said = (change) => {
      const value = change.do === 'prose' ? change.text : change.value;
      return typeof value === 'string' ? value : value === null || value === undefined ? '–' : JSON.stringify(value).replace(/[[\]{}"]/g, ' ').trim();
    };
    return element('ul', { class: 'pke-f-was' }, changes.slice(0, 5).map((change) => element('li', {}, said(change).slice(0, 200))));
  }

  // What was taken or dropped is not offered again; the rest of that draft stays.
  function away(draft) {
    const rest = draft.changes.filter((change) => !draft.own.includes(change));
    try {
      if (rest.length) localStorage.setItem(KEY + draft.tab, JSON.stringify({ when: draft.when, forms: [['', rest]] }));
      else localStorage.removeItem(KEY + draft.tab);
    } catch { /* Nothing was kept. */ }
    polku.post('drop', { tab: draft.tab }).catch(() => {});
  }
})();
