// Texts in several languages: copied from one to the other, confirmed to match, and the next that is open.
(() => {
  'use strict';
  const polku = window.polku;
  const { element, form: forms } = polku;
  const words = (key, values) => forms.words(key, values);

  const sidesOf = (field) => [...field.querySelectorAll('.pke-f-side')];
  const area = (side) => side.querySelector('textarea');
  const language = (side) => side.querySelector('.pke-f-side-head label').lastChild.textContent;

  forms.part((root) => {
    for (const field of root.querySelectorAll('.pke-f-text, .pke-f-prose')) {
      const sides = sidesOf(field);
      if (sides.length < 2) continue;
      for (const side of sides.filter((one) => !one.querySelector('.pke-f-side-tools'))) {
        const others = sides.filter((one) => one !== side);
        const from = others.map((other) => element('button', { type: 'button', class: 'pke-f-quiet', onclick: () => copy(side, other) }, words('copy_from', { lang: language(other) })));
        area(side).after(element('span', { class: 'pke-f-side-tools' }, from));
        offer(side, others);
        field.addEventListener('input', () => offer(side, others));
      }
    }
    for (const button of root.querySelectorAll('[data-confirm]:not([data-heard])')) {
      button.dataset.heard = '';
      button.addEventListener('click', () => confirm(button));
    }
  });

  // A copy is offered where there is nothing that it would overwrite.
  function offer(side, others) {
    const tools = side.querySelectorAll('.pke-f-side-tools button');
    others.forEach((other, n) => { tools[n].hidden = Boolean(area(side).value.trim()) || !area(other).value.trim(); });
  }

  function copy(side, other) {
    area(side).value = area(other).value;
    area(side).focus();
    area(side).dispatchEvent(new Event('input', { bubbles: true }));
  }

  async function confirm(button) {
    if (forms.changes().length && !await forms.save()) return;
    try {
      const answer = await polku.post('confirm', { ids: [button.dataset.confirm], what: words('still_right') });
      if (answer.revision === undefined) return forms.say(answer.message || words('away'));
      const field = button.closest('[data-text]');
      (field.querySelector('textarea'))?.focus();
      button.remove();
      field.querySelectorAll('.pke-f-state').forEach((one) => one.remove());
      field.querySelectorAll('[data-state]').forEach((one) => delete one.dataset.state);
      forms.say(words('confirmed'));
      polku.emit('revision', answer.revision);
    } catch (error) {
      forms.say(error.status ? error.message : words('away'));
    }
  }

  // Alt+N: the next text that is missing or older than the other language, after the last round.
  function isOpen(side) {
    const others = [...side.parentElement.querySelectorAll('.pke-f-side')];
    const isMissing = !area(side).value.trim() && others.some((other) => area(other).value.trim());
    return isMissing || (side.dataset.state === 'stale' && forms.same(forms.read(side), JSON.parse(side.dataset.value)));
  }

  polku.nextOpen = () => {
    const form = forms.element;
    if (!form?.isConnected) return;
    const sides = [...form.querySelectorAll('.pke-f-side')].filter((side) => !side.closest('template'));
    const open = sides.filter(isOpen);
    if (!open.length) return forms.say(words('no_open'));
    const here = document.activeElement;
    const next = open.find((side) => !side.contains(here) && here.compareDocumentPosition(side) & Node.DOCUMENT_POSITION_FOLLOWING) || open[0];
    for (let box = next.closest('details'); box; box = box.parentElement.closest('details')) box.open = true;
    area(next).focus();
    next.scrollIntoView({ block: 'nearest' });
  };

  document.addEventListener('keydown', (event) => {
    if (event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.code === 'KeyN' && forms.element?.isConnected) {
      event.preventDefault();
      polku.nextOpen();
    }
  });
  polku.on('mounted', (form) => {
    if (!polku.token || ![...form.querySelectorAll('.pke-f-side')].some(isOpen)) return;
    form.querySelector('.pke-f-head')?.append(element('button', { type: 'button', class: 'pke-f-quiet', onclick: polku.nextOpen, 'aria-keyshortcuts': 'Alt+N' }, words('next_open')));
  });
})();
