// The versions kept: what was changed when, and whether it has been undone.
(() => {
  'use strict';
  const polku = window.polku;
  const { element, fill } = polku;
  const words = () => polku.words.live;

  polku.history = async () => {
    let kept = [];
    try { kept = await polku.get(`history?lang=${polku.lang}`); } catch (error) {
      return polku.emit('say', error.status ? words().history_none : words().away);
    }
    const rows = (Array.isArray(kept) ? kept : kept.history || []).map(row);
    const content = rows.length ? element('ol', { class: 'pke-history' }, rows) : element('p', {}, words().history_none);
    polku.show('history', words().history, element('div', {}, element('p', {}, words().history_hint), content));
  };

  // One that took another back, or made it again, says so.
  function named(what, how) {
    if (how?.undo !== undefined) return fill(words().undo_done, { what });
    if (how?.redo !== undefined) return fill(words().redo_done, { what });
    return what;
  }

  function row({ when, what, files, undone, how }) {
    const day = new Date(when);
    const told = isNaN(day) ? String(when) : day.toLocaleString(`${polku.lang}-FI`, { dateStyle: 'short', timeStyle: 'short' });
    return element('li', undone ? { class: 'pke-undone' } : {},
      element('span', { class: 'pke-what' }, named(what || words().history_change, how)),
      element('span', { class: 'pke-quiet' }, undone ? `${told} · ${words().history_undone}` : told),
      files?.length ? element('span', { class: 'pke-quiet' }, fill(words().history_files, { files: files.join(', ') })) : null);
  }
})();
