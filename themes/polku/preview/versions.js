// Two who changed the same place: both versions side by side, and nothing lost whatever is chosen.
(() => {
  'use strict';
  const polku = window.polku;
  const { element, form: forms } = polku;
  const words = (key, values) => forms.words(key, values);
  const made = new WeakMap();
  let number = 0;

  polku.on('conflict', async (list) => {
    const form = forms.element;
    if (!form || !list.length) return;
    const markup = await polku.get(`form?at=${encodeURIComponent(form.dataset.at)}&lang=${polku.lang}`).catch(() => null);
    const now = typeof markup === 'string' ? new DOMParser().parseFromString(markup, 'text/html') : null;
    for (const one of list) show(form, now, one);
    form.querySelector('.pke-f-conflict')?.querySelector('h3').focus();
  });

  function show(form, now, { at, message, theirs }) {
    const own = forms.settable(form).filter((place) => place.dataset.at === at);
    for (const place of own) {
      if (made.has(place) && made.get(place).isConnected) continue;
      const other = now && [...now.querySelectorAll('[data-shape]')].find((one) => one.dataset.at === at && one.dataset.side === place.dataset.side);
      if (own.length > 1 && other && other.dataset.was === place.dataset.was) continue;
      made.set(place, box(place, other, theirs));
      (place.closest('.pke-f-sides') || place.lastElementChild).after(made.get(place));
    }
    if (!own.length) forms.put(at || form.dataset.at, { severity: 'error', message: [message, theirs].filter(Boolean).join(' ') }, 'refused');
  }

  const isText = (place) => ['text', 'prose', 'plain', 'lines'].includes(place.dataset.shape);
  function plain(value) {
    if (value === null || value === undefined) return '–';
    return Array.isArray(value) ? value.join('\n') : String(value);
  }

  function box(place, other, theirs) {
    const mine = forms.read(place);
    const value = other ? JSON.parse(other.dataset.value) : theirs ?? null;
    const done = (chosen, said) => {
      if (other) { place.dataset.was = other.dataset.was; place.dataset.value = other.dataset.value; }
      if (chosen !== mine) forms.write(place, chosen);
      whole.remove();
      place.querySelector('textarea, input, select')?.focus();
      if (said) forms.say(said);
      forms.touch();
    };
    const id = `pke-f-result-${number += 1}`;
    const result = isText(place) ? element('textarea', { id, rows: 3, lang: place.dataset.side || polku.lang, spellcheck: 'true' }) : null;
    if (result) result.value = plain(mine ?? '');
    const edited = () => {
      if (place.dataset.shape === 'lines') return result.value.split('\n').map((one) => one.trim()).filter(Boolean);
      return place.dataset.shape === 'prose' ? result.value.trim() : result.value.replace(/\s+/g, ' ').trim() || null;
    };
    const button = (key, act, sort = 'pke-secondary') => element('button', { type: 'button', class: sort, onclick: act }, words(key));
    const whole = element('section', { class: 'pke-f-conflict', 'aria-label': words('conflict_title') },
      element('h3', { tabindex: '-1' }, words('conflict_title')),
      element('p', {}, words('conflict_help')),
      element('div', { class: 'pke-f-versions' },
        element('div', {}, element('h4', {}, words('mine')), element('p', { class: 'pke-f-version', lang: place.dataset.side || null }, plain(mine))),
        element('div', {}, element('h4', {}, words('theirs')), element('p', { class: 'pke-f-version', lang: place.dataset.side || null }, plain(value)))),
      result ? [element('label', { for: id, class: 'pke-f-label' }, words('result')), result] : null,
      element('p', { class: 'pke-actions' },
        button('keep_mine', () => done(mine, words('kept_mine')), result ? 'pke-secondary' : 'pke-primary'),
        button('take_theirs', () => done(value)),
        result ? button('use_result', () => done(edited()), 'pke-primary') : null));
    whole.addEventListener('input', (event) => event.stopPropagation());
    return whole;
  }
})();
