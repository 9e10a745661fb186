// The toolbar at the bottom edge: editing on or off, what is wrong, undo and redo, and the ways to everything else.
(() => {
  'use strict';
  const polku = window.polku;
  const { element, fill } = polku;
  const words = () => polku.words.live;
  const root = document.documentElement;
  const EDIT = 'polku-edit';
  let bar, edit, undo, redo, again, more, away, state = {};

  const mayEdit = () => Boolean(polku.token) && !state.readonly;

  polku.on('shell', (aside) => {
    edit = button('pke-edit-switch', words().edit, () => turn(!polku.editing), { 'aria-pressed': 'false', 'aria-keyshortcuts': 'Alt+E', title: words().edit_hint });
    undo = button('pke-undo', words().undo, () => step('undo'), { hidden: true });
    redo = button('pke-redo', words().redo, () => step('redo'), { hidden: true });
    away = element('p', { class: 'pke-away', role: 'alert' });
    bar = element('div', { class: 'pke-bar', role: 'toolbar', 'aria-label': words().bar },
      edit, element('span', { class: 'pke-slot' }), undo, redo,
      button('pke-wide pke-new', words().make, polku.choose), dashboard('pke-wide'), menu());
    aside.prepend(bar);
    aside.append(away);
    root.classList.add('pke-on');
    bar.addEventListener('keydown', walk);
    rove();
    refresh();
    turn(remembered() === 'on', true);
    polku.emit('bar', bar);
  });

  function button(name, text, onclick, attributes = {}) {
    return element('button', { type: 'button', class: `pke-button ${name}`, onclick, ...attributes }, element('span', {}, text));
  }

  function dashboard(name) {
    return element('a', { class: `pke-button ${name}`, href: `/_polku/dashboard?lang=${polku.lang}` }, words().dashboard);
  }

  // What is not needed all the time, and on narrow screens all that finds no room.
  function menu() {
    const entry = (name, text, act) => element('li', {}, button(name, text, () => { more.hidePopover(); act(); }));
    more = element('ul', { class: 'pke-menu', id: 'pke-menu', popover: 'auto' },
      element('li', { class: 'pke-narrow pke-writes' }, button('', words().make, () => { more.hidePopover(); polku.choose(); })),
      element('li', { class: 'pke-narrow' }, dashboard('')),
      element('li', { class: 'pke-narrow pke-writes' }, again = button('', words().redo, () => { more.hidePopover(); step('redo'); })),
      entry('', words().settings, () => polku.open('site')),
      entry('', words().texts, () => polku.texts()),
      entry('', words().history, () => polku.history()),
      entry('', words().keys, keys),
      element('li', { class: 'pke-writes' }, button('', words().stop, () => { more.hidePopover(); stop(); })));
    return [button('pke-more', words().more, null, { popovertarget: 'pke-menu', 'aria-haspopup': 'true' }), more];
  }

  // One stop of the tab key; arrows go from button to button.
  const stops = () => [...bar.querySelectorAll('.pke-button')].filter((one) => one.getClientRects().length && !one.disabled && !one.closest('.pke-menu'));
  function rove(to) {
    const all = stops();
    const own = to || all.find((one) => one.tabIndex === 0) || all[0];
    bar.querySelectorAll(':scope > .pke-button, .pke-slot .pke-button').forEach((one) => { one.tabIndex = one === own ? 0 : -1; });
  }
  function walk(event) {
    if (event.target.closest('.pke-menu')) return walkMenu(event);
    const all = stops(), at = all.indexOf(event.target.closest('.pke-button'));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    rove(next);
    next.focus();
  }
  function walkMenu(event) {
    const all = [...more.querySelectorAll('.pke-button')].filter((one) => one.getClientRects().length);
    const at = all.indexOf(event.target), to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    all[(to + all.length) % all.length].focus();
  }

  // ---- Editing on or off

  function remembered(value) {
    try {
      if (value) localStorage.setItem(EDIT, value);
      return localStorage.getItem(EDIT);
    } catch {
      return null;
    }
  }

  function turn(on, silent) {
    on = on && mayEdit();
    const changed = polku.editing !== on;
    polku.editing = on;
    root.classList.toggle('pke-editing', on);
    edit.setAttribute('aria-pressed', String(on));
    if (silent && !on) return;
    if (changed) polku.emit('edit', on);
    if (silent) return;
    remembered(on ? 'on' : 'off');
    polku.emit('say', on ? words().editing_on : words().editing_off);
  }

  addEventListener('keydown', (event) => {
    if (!bar || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.code !== 'KeyE' || !mayEdit()) return;
    event.preventDefault();
    turn(!polku.editing);
  });

  // ---- Where things stand

  let asking;
  async function refresh() {
    clearTimeout(asking);
    asking = setTimeout(async () => {
      try { state = await polku.get(`state?lang=${polku.lang}`); } catch { state = {}; }
      tell();
    }, 60);
    tell();
  }

  function tell() {
    root.classList.toggle('pke-readonly', !mayEdit());
    edit.hidden = !mayEdit();
    past(undo, 'undo');
    past(redo, 'redo');
    past(again, 'redo');
    rove();
  }

  function past(one, name) {
    const what = state[name]?.what || (typeof state[name] === 'string' ? state[name] : '');
    one.hidden = !mayEdit() || !('undo' in state);
    one.disabled = !state[name];
    const label = what ? fill(words()[`${name}_what`], { what }) : words()[name];
    one.setAttribute('aria-label', label);
    one.title = label;
  }

  async function step(name) {
    try {
      const done = await polku.post(name);
      if (done.revision === undefined) return polku.emit('say', done.message || words()[`${name}_nothing`]);
      polku.emit('say', fill(words()[`${name}_done`], { what: done.what || '' }));
      polku.emit('revision', done.revision);
    } catch (error) {
      polku.emit('say', error.status ? error.message : words().away);
    }
    refresh();
  }

  for (const name of ['revision', 'findings', 'back']) polku.on(name, () => bar && refresh());
  polku.on('away', () => { if (!polku.stopped) away.textContent = words().away; });
  polku.on('back', () => { away.textContent = ''; });

  // ---- New, keys, stop

  polku.choose = () => {
    const all = polku.words.kinds || [];
    const list = (some) => element('ul', { class: 'pke-choices' }, some.map(({ id, name }) => element('li', {},
      element('button', { type: 'button', class: 'pke-choice', onclick: () => make(id, name) }, name))));
    const rest = all.filter((one) => !one.first);
    polku.show('new', words().make_title, element('div', {}, element('p', {}, words().make_hint), list(all.filter((one) => one.first)),
      element('details', { class: 'pke-rest' }, element('summary', {}, words().make_more), list(rest))));
  };

  async function make(kind, name) {
    try {
      const markup = await polku.get(`new?kind=${encodeURIComponent(kind)}&lang=${polku.lang}`);
      const content = element('div', { class: 'pke-view' }, polku.fragment(markup));
      content.querySelector('h1, h2')?.remove();
      if (!polku.show('form', fill(words().make_one, { kind: name }), content)) return;
      polku.emit('form', { at: null, kind, element: content });
      content.querySelector('input:not([type=hidden]), textarea, select')?.focus();
    } catch (error) {
      polku.emit('say', error.status ? words().no_new : words().away);
    }
  }

  function keys() {
    const rows = ['edit', 'close', 'f6', 'follow', 'arrows'].map((name) => element('div', {},
      element('dt', {}, element('kbd', {}, words().shortcut[name])), element('dd', {}, words().shortcut_is[name])));
    polku.show('keys', words().keys, element('dl', { class: 'pke-keys' }, rows));
  }

  function stop() {
    const yes = element('button', { type: 'button', class: 'pke-primary', onclick: halt }, words().stop_yes);
    polku.show('stop', words().stop, element('div', {}, element('p', {}, words().stop_what), element('p', { class: 'pke-actions' }, yes)));
  }
  async function halt() {
    polku.stopped = true;
    try { await polku.post('stop'); } catch (error) {
      if (error.status) { polku.stopped = false; return polku.emit('say', error.message); }
    }
    away.textContent = words().stopped;
    root.classList.add('pke-readonly');
    polku.close();
  }
})();
