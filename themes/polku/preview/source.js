// From a text of the page to its field and back, by the addresses that texts carry: a click while editing is on,
// a list of all texts for whoever does not point, and the mark beside the text whose field has the focus.
(() => {
  'use strict';
  const polku = window.polku;
  const { element } = polku;
  const words = () => polku.words.live;
  const MARK = 'pke-at';

  // ---- From the page to the field

  // Whatever acts by itself keeps acting; a link is followed with Ctrl or Alt, or by keyboard.
  function isTaken(event, place) {
    const acting = event.target.closest('button, input, select, textarea, summary, label, dialog, [contenteditable]');
    if (acting && place.contains(acting)) return true;
    const link = event.target.closest('a[href]');
    return Boolean(link) && event.detail === 0;
  }

  addEventListener('click', (event) => {
    if (!polku.editing || event.defaultPrevented || event.button || event.shiftKey || event.metaKey) return;
    const place = event.target.closest?.('[data-src]');
    if (!place) return beside(event);
    if (place.closest('.pke')) return;
    const link = event.target.closest('a[href]');
    if (link && (event.ctrlKey || event.altKey)) return follow(event, link);
    if (isTaken(event, place) || !getSelection().isCollapsed) return;
    event.preventDefault();
    event.stopPropagation();
    open(place, link);
  }, true);

  // What is no text of its own, such as a date or a choice, stands in the form of the thing it is about.
  function beside(event) {
    const { target } = event;
    const says = [...(target.childNodes || [])].some((node) => node.nodeType === 3 && node.data.trim());
    if (!says || !target.closest('main, .pk-trust') || target.closest('a, button, input, select, textarea, summary, label, option, dialog, .pke')) return;
    if (!getSelection().isCollapsed) return;
    const at = about(target);
    if (!at) return;
    event.preventDefault();
    const line = target.closest('dl > div');
    polku.open(at, { from: target, label: line && line.querySelector('dt')?.textContent.trim() });
  }

  // The nearest thing around that says what it is about, else the one that the page is about.
  function about(target) {
    const name = (box) => box.querySelector(':scope > :is(h1, h2, h3, h4, th, header) [data-src], :scope > [data-src]:is(h1, h2, h3, h4), :scope > header > h1[data-src]');
    for (let box = target.closest('li, tr, section, article, main'); box; box = box.parentElement?.closest('li, tr, section, article, main')) {
      const found = name(box);
      if (found) return entity(found.dataset.src);
    }
    const own = document.querySelector('main h1[data-src], main h1 [data-src]');
    return own ? entity(own.dataset.src) : null;
  }
  const entity = (at) => at.split(/[.#]/)[0];

  // A browser would save the target on Alt; here it leads there.
  function follow(event, link) {
    if (!event.altKey || event.ctrlKey) return;
    event.preventDefault();
    location.assign(link.getAttribute('href').startsWith('#') ? link.getAttribute('href') : link.href?.baseVal ?? link.href);
  }

  function open(place, link) {
    const href = link && !String(link.getAttribute('href')).startsWith('#') ? link.getAttribute('href') : null;
    polku.open(place.dataset.src, { from: link || place, href, link: href && polku.fill(words().go_to, { name: link.textContent.trim() }) });
  }

  addEventListener('keydown', (event) => {
    if (!polku.editing || event.key !== 'Enter' || !event.altKey) return;
    const place = event.target.closest?.('[data-src]') || event.target.querySelector?.('[data-src]');
    if (!place || place.closest('.pke')) return;
    event.preventDefault();
    open(place, event.target.closest('a[href]'));
  });

  // A link from elsewhere may name a text to be edited.
  polku.on('ready', () => {
    const named = location.hash.match(/^#_edit=(.+)$/)?.[1];
    if (!named) return;
    history.replaceState(null, '', location.pathname + location.search);
    let at = named;
    try { at = decodeURIComponent(named); } catch { /* Then it is as it stands. */ }
    if (polku.token) polku.open(at);
  });

  // ---- From the field to the page

  function shown(at) {
    // The text itself, in whatever language it stands; else what it is part of, outermost last.
    for (let name = at; name; name = name.slice(0, Math.max(name.lastIndexOf('.'), name.lastIndexOf('#'), 0))) {
      const own = CSS.escape(name);
      const found = document.querySelectorAll(`main [data-src="${own}"], body > :not(.pke) [data-src="${own}"]`);
      const seen = [...found].find((one) => one.getClientRects().length);
      if (seen) return seen;
      if (!/[.#]/.test(name)) return null;
    }
    return null;
  }

  // Only the pane in which the user is not.
  polku.reveal = (node) => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    node.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  };

  function isInView(node) {
    const box = node.getBoundingClientRect();
    const bar = polku.aside.querySelector('.pke-bar')?.offsetHeight || 0;
    return box.bottom > 0 && box.top < innerHeight - bar;
  }

  function mark(at) {
    document.querySelectorAll(`.${MARK}`).forEach((one) => one.classList.remove(MARK));
    const place = at && shown(at);
    if (!place) return;
    place.classList.add(MARK);
    if (!isInView(place)) polku.reveal(place);
  }

  // A share in a cell of the matrix is the cell in the row of its task.
  function share(node) {
    const task = node.closest?.('[data-task]')?.dataset.task;
    return task && `${node.closest('form')?.dataset.at}/${task.replace('task/', '')}`;
  }

  const at = (node) => share(node) || node.closest?.('[data-at]')?.dataset.at || (/^[a-z_-]+\/.+[.#]|^site\./.test(node.name || '') ? node.name : '');
  addEventListener('focusin', ({ target }) => {
    const inForm = polku.panel?.contains(target) && polku.panel.dataset.view === 'form';
    if (inForm && at(target)) polku.emit('field', at(target));
  });
  polku.on('field', mark);
  polku.on('changed', () => {
    const own = polku.panel?.contains(document.activeElement) && at(document.activeElement);
    if (own && !document.querySelector(`.${MARK}`)) mark(own);
  });
  polku.on('closed', () => mark(''));
  polku.on('edit', (on) => on || mark(''));

  // ---- All texts of the page

  polku.texts = () => {
    const seen = new Set();
    const groups = [];
    for (const node of document.querySelectorAll('main :is(h1, h2, h3), main [data-src]')) {
      if (!node.getClientRects().length) continue;
      if (node.matches('h1, h2, h3')) groups.push({ title: said(node), rows: [] });
      if (!node.dataset.src || seen.has(node.dataset.src) || !said(node)) continue;
      seen.add(node.dataset.src);
      if (!groups.length) groups.push({ title: document.title, rows: [] });
      groups[groups.length - 1].rows.push(node);
    }
    const parts = groups.filter((one) => one.rows.length).map(part);
    const hint = element('p', {}, parts.length ? words().texts_hint : words().texts_none);
    polku.show('texts', words().texts, element('div', { class: 'pke-texts' }, hint, parts));
  };

  function said(node) {
    const copy = node.cloneNode(true);
    copy.querySelectorAll('.pk-copy, .pk-pop, title, desc, .pk-unseen').forEach((one) => one.remove());
    return copy.textContent.replace(/[\s\u00ad]+/g, ' ').trim();
  }

  function part({ title, rows }) {
    const button = (node) => {
      const text = said(node), lang = node.closest('[lang]')?.lang;
      const cut = text.length > 90 ? `${text.slice(0, 89).trimEnd()}…` : text;
      return element('li', {}, element('button', { type: 'button', class: 'pke-choice', 'data-to': node.dataset.src, lang: lang === polku.lang ? null : lang, onclick: () => polku.open(node.dataset.src, { from: node }) }, cut));
    };
    return element('section', {}, element('h3', {}, title), element('ul', { class: 'pke-choices' }, rows.map(button)));
  }
})();
