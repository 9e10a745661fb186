// The panel beside the page and what is said aloud: one docked <aside>, never part of the page. What stands in it
// is a view: a form, the findings, the texts of the page.
//
//   polku.aside, polku.panel   the whole and the place where a view stands; polku.panel.dataset.view names it
//   polku.show(view, title, content, more)  shows something; more: {href, link} leads on from its head,
//                              {focus: false} leaves the focus where it is
//   polku.open(at, more)       opens the form of a place and goes to its field
//   polku.fragment(markup)     what the server sent, as nodes
//   polku.close()              closes the panel; the focus goes back to where it came from
(() => {
  'use strict';
  const polku = window.polku;
  const { element } = polku;
  const words = () => polku.words.live;
  const root = document.documentElement;
  let aside, box, title, lead, body, told, from, before, entity, asked = 0;

  polku.on('ready', () => {
    title = element('h2', { class: 'pke-title', tabindex: '-1' });
    lead = element('p', { class: 'pke-lead', hidden: true });
    const close = element('button', { type: 'button', class: 'pke-close', 'aria-keyshortcuts': 'Escape', onclick: () => polku.close() }, words().close);
    body = element('div', { class: 'pke-body' });
    box = element('div', { class: 'pke-panel', hidden: true }, element('div', { class: 'pke-head' }, title, close, lead), body);
    told = element('p', { class: 'pke-told', role: 'status' });
    aside = element('aside', { class: 'pke', lang: polku.lang, 'aria-label': words().label }, box, told);
    document.body.append(aside);
    Object.assign(polku, { aside, panel: body });
    polku.emit('shell', aside);
  });

  polku.fragment = (markup) => document.createRange().createContextualFragment(markup);

  // Asks whoever stands in the panel whether it may go.
  function mayLeave(next) {
    const asking = { stay: false, next };
    if (!box.hidden) polku.emit('close', asking);
    return !asking.stay;
  }

  polku.show = (view, name, content, more = {}) => {
    if (!mayLeave(view)) return false;
    put(view, name, content, more);
    return true;
  };

  function put(view, name, content, more) {
    if (box.hidden) from = document.activeElement === document.body ? more.from : document.activeElement;
    entity = more.entity || '';
    body.dataset.view = view;
    title.textContent = name;
    lead.replaceChildren(...(more.href ? [element('a', { href: more.href }, more.link)] : []));
    lead.hidden = !more.href;
    body.replaceChildren(content);
    box.hidden = false;
    body.scrollTop = 0;
    root.classList.add('pke-open');
    if (more.focus !== false) title.focus({ preventScroll: true });
  }

  polku.close = () => {
    if (!box || box.hidden || !mayLeave('')) return;
    box.hidden = true;
    entity = body.dataset.view = '';
    body.replaceChildren();
    root.classList.remove('pke-open');
    polku.emit('closed');
    back(from);
  };

  // What has no focus of its own gets one, so that the place is not lost.
  function back(to) {
    const place = to && to.isConnected ? to : document.querySelector('main');
    if (!place) return;
    place.focus({ preventScroll: true });
    if (document.activeElement === place) return;
    place.setAttribute('tabindex', '-1');
    place.addEventListener('blur', () => place.removeAttribute('tabindex'), { once: true });
    place.focus({ preventScroll: true });
  }

  // ---- Forms

  const whole = (at) => (at.startsWith('cell/') ? at : at.split(/[.#]/)[0]);

  polku.open = async (at, more = {}) => {
    polku.emit('open', at);
    if (entity && entity === whole(at) && !box.hidden && (labelled(more.label) || go(at))) return true;
    const mine = ++asked;
    try {
      const markup = await polku.get(`form?at=${encodeURIComponent(at)}&lang=${polku.lang}`);
      if (mine !== asked) return false;
      return stands(at, markup, more);
    } catch (error) {
      const said = error.status ? polku.fill(words().no_form, { at }) : words().away;
      polku.show('failed', words().sorry, element('p', {}, said), more);
      return false;
    }
  };

  function stands(at, markup, more) {
    const content = element('div', { class: 'pke-view' }, polku.fragment(markup));
    const own = content.querySelector('h1, h2, [data-title]');
    const name = content.dataset.title || content.querySelector('[data-title]')?.dataset.title || own?.textContent || words().label;
    if (own && own.matches('h1, h2')) own.remove();
    if (!polku.show('form', name, content, { ...elsewhere(content, name), ...more, entity: whole(at) })) return false;
    polku.emit('form', { at, element: content });
    if (!labelled(more.label)) go(at);
    return true;
  }

  // The page of what a form is about, where another is in view.
  function elsewhere(content, name) {
    const page = content.querySelector(`.pke-f-head a[hreflang="${polku.lang}"]`);
    if (!page || new URL(page.href).pathname === location.pathname) return {};
    return { href: page.href, link: polku.fill(words().go_to, { name }) };
  }

  // The field of a place: its own, else that of what it is part of.
  function field(at) {
    for (let name = at; name; name = shorter(name)) {
      const own = CSS.escape(name);
      const found = body.querySelector(`[data-at="${own}"], [data-at="${own}.${polku.lang}"], [name="${own}"], [name="${own}.${polku.lang}"]`);
      if (found) return found;
      if (name === whole(name)) return null;
    }
    return null;
  }
  const shorter = (at) => at.slice(0, Math.max(at.lastIndexOf('.'), at.lastIndexOf('#'), 0));

  // A field by what it is called: labels of a page and of its form are not always the same words.
  function labelled(name) {
    const same = (one) => one.textContent.trim().toLowerCase() === name.toLowerCase();
    const label = name && [...body.querySelectorAll('label, legend, h3, h4')].find(same);
    if (!label) return false;
    return focus(label.control || label.parentElement);
  }

  function go(at) {
    const found = field(at);
    return Boolean(found) && focus(found);
  }

  function focus(found) {
    const inputs = 'input:not([type=hidden]), textarea, select, button, [tabindex]';
    for (let part = found; part && part !== body; part = part.parentElement) if (part.localName === 'details') part.open = true;
    const target = found.matches(inputs) ? found : found.querySelector(`[lang="${polku.lang}"]:is(input, textarea, select)`) || found.querySelector(inputs) || found;
    target.focus({ preventScroll: true });
    keep(target);
    return true;
  }

  // What comes into the form a moment later must not push the field out of sight.
  function keep(target) {
    const show = () => document.activeElement === target && target.scrollIntoView({ block: 'nearest' });
    const sizes = new ResizeObserver(show);
    sizes.observe(body.firstElementChild);
    show();
    setTimeout(() => sizes.disconnect(), 1500);
  }

  // ---- Keys: Escape closes, F6 goes to and fro

  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || !aside) return;
    const inside = aside.contains(document.activeElement);
    if (event.key === 'Escape' && !box.hidden && (inside || document.activeElement === document.body)) {
      event.preventDefault();
      polku.close();
    } else if (event.key === 'F6' && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      if (inside) back(before.page);
      else (before.panel?.isConnected && visible(before.panel) ? before.panel : first()).focus();
    }
  });
  before = { page: null, panel: null };
  addEventListener('focusin', ({ target }) => {
    if (aside) before[aside.contains(target) ? 'panel' : 'page'] = target;
  });
  const visible = (node) => node.getClientRects().length > 0;
  const first = () => (box.hidden ? aside.querySelector('.pke-bar button') : title);

  // ---- What is said

  let hush;
  polku.on('say', (text) => {
    if (!told) return;
    told.textContent = '';
    // Said again even where it is the same.
    setTimeout(() => { told.textContent = text; }, 50);
    clearTimeout(hush);
    hush = setTimeout(() => { told.textContent = ''; }, 8000);
  });
})();
