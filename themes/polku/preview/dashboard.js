// The buttons of the dashboard: publish, and drop what was not saved.
(() => {
  'use strict';
  const polku = window.polku;
  const words = () => polku.words.dashboard;
  const offer = () => {
    document.querySelectorAll('.pke-dashboard main :is([data-publish], [data-drop])').forEach((one) => { one.hidden = !polku.token; });
    tell();
  };
  let lately;

  // Where the pages are now stays to be read, also when the board is renewed.
  function tell() {
    const part = document.querySelector('#_publish');
    if (!lately || !part) return;
    part.querySelector('.pke-published')?.remove();
    part.querySelector('h2').after(polku.element('p', { class: 'pke-published' }, lately));
  }


  polku.on('ready', offer);
  polku.on('changed', offer);
  polku.on('findings', () => { if (document.querySelector('.pke-dashboard')) polku.emit('renew'); });
  addEventListener('click', (event) => {
    const button = event.target.closest?.('.pke-dashboard main :is([data-publish], [data-drop])');
    if (!button) return;
    if ('publish' in button.dataset) publish(button);
    else drop(button);
  });

  async function publish(button) {
    button.disabled = true;
    polku.emit('say', words().publishing);
    try {
      const done = await polku.post('publish');
      const why = done.message || done.refused?.[0]?.message;
      const count = document.querySelectorAll('#_publish tbody tr').length;
      const fine = done.status < 300;
      polku.emit('say', fine ? done.message || polku.fill(words().published, { n: done.changed?.length ?? count }) : polku.fill(words().not_published, { why: why || '' }));
      if (fine) {
        lately = done.message;
        tell();
        polku.emit('renew');
      }
    } catch (error) {
      polku.emit('say', error.status ? polku.fill(words().not_published, { why: error.message }) : polku.words.live.away);
    }
    button.disabled = false;
  }

  async function drop(button) {
    button.disabled = true;
    try {
      await polku.post('drop', { tab: button.dataset.drop });
      polku.emit('say', polku.fill(words().draft_dropped, { what: button.dataset.what }));
      polku.emit('renew');
    } catch (error) {
      polku.emit('say', error.status ? error.message : polku.words.live.away);
      button.disabled = false;
    }
  }
})();
