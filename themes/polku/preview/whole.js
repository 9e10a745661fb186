// What is done with an entity as a whole: another place among its kind, another id, away with it; and something new,
// whose id is made from its name.
(() => {
  'use strict';
  const polku = window.polku;
  const { form: forms } = polku;
  const words = (key, values) => forms.words(key, values);

  function name(form) { return form.getAttribute('aria-label'); }
  function tell(form, at, message) { forms.put(at, { severity: 'error', message }, 'refused'); }

  forms.part((root, form) => {
    if (root !== form) return;
    const at = form.dataset.at;
    form.querySelectorAll('[data-order]').forEach((button) => button.addEventListener('click', async () => {
      const done = await forms.save([{ do: 'order', at, before: button.dataset.order || null }], `${words('order')}: ${name(form)}`);
      if (done) polku.emit('reopen', at);
    }));
    form.querySelector('[data-rename]')?.addEventListener('click', async () => {
      const to = form.querySelector('#pke-f-rename').value.trim();
      const now = at.split('/').slice(1).join('/');
      if (!to || to === now) return form.querySelector('#pke-f-rename').focus();
      if (await forms.save([{ do: 'rename', at, to }], `${words('rename')}: ${name(form)}`)) polku.emit('reopen', `${at.split('/')[0]}/${to}`);
    });
    const away = form.querySelector('[data-delete]');
    away?.addEventListener('click', async () => {
      const unlink = form.querySelector('#pke-f-unlink');
      if (unlink && !unlink.checked) {
        unlink.focus();
        return forms.say(words('unlink_first'));
      }
      polku.emit('discarded', at);
      if (await forms.saveOnly([{ do: 'delete', at, unlink: Boolean(unlink), was: away.dataset.was }], `${words('delete')}: ${name(form)}`)) {
        forms.forget();
        polku.emit('say', words('deleted'));
        if (polku.close) polku.close();
      }
    });
    fresh(form);
  });

  // ---- An id made from the name

  const folded = { ä: 'a', å: 'a', á: 'a', à: 'a', ö: 'o', ó: 'o', ø: 'o', é: 'e', è: 'e', ü: 'u', š: 's', ž: 'z' };
  function slug(text) {
    return text.toLowerCase().replace(/[^a-z0-9]/g, (c) => folded[c] || '-').replace(/-+/g, '-').replace(/^-|-$/g, '').slice(0, 60).replace(/-$/, '');
  }

  function fresh(form) {
    const field = form.querySelector('[data-new-id] input');
    if (!field) return;
    let own = false;
    field.addEventListener('input', () => { own = field.value.trim() !== ''; });
    const names = [...form.querySelectorAll('[data-text$=".name"] textarea')];
    names.forEach((area) => area.addEventListener('input', () => {
      const text = names.map((one) => one.value.trim()).find(Boolean) || '';
      if (!own) field.value = slug(text);
    }));
  }
})();
