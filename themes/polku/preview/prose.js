// Prose: a toolbar over a plain textarea. What it does is Markdown, so nothing is hidden from whoever writes.
(() => {
  'use strict';
  const polku = window.polku;
  const { element, form: forms } = polku;
  const words = (key, values) => polku.fill((polku.words.prose || {})[key] || key, values);
  const LARGEST = 16 * 1024 * 1024;
  let number = 0;

  forms.part((root) => {
    for (const side of root.querySelectorAll('[data-shape="prose"]')) {
      if (side.querySelector('.pke-f-toolbar')) continue;
      const area = side.querySelector('textarea');
      area.before(toolbar(side, area));
      area.addEventListener('keydown', (event) => keys(event, side, area));
      area.addEventListener('paste', (event) => paste(event, side, area));
      area.addEventListener('drop', (event) => dropped(event, side, area));
    }
  });

  // Puts text in the place of what is chosen, so that the browser's own undo takes it back.
  function put(area, text, from = area.selectionStart, to = area.selectionEnd) {
    area.focus();
    area.setSelectionRange(from, to);
    if (!document.execCommand('insertText', false, text)) {
      area.setRangeText(text, from, to, 'end');
      area.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }

  const chosen = (area) => area.value.slice(area.selectionStart, area.selectionEnd);

  function around(area, mark) {
    const { selectionStart: from, selectionEnd: to, value } = area;
    const text = value.slice(from, to);
    if (value.slice(from - mark.length, from) === mark && value.slice(to, to + mark.length) === mark) {
      put(area, text, from - mark.length, to + mark.length);
      return area.setSelectionRange(from - mark.length, to - mark.length);
    }
    put(area, mark + text + mark);
    area.setSelectionRange(from + mark.length, to + mark.length);
  }

  // The lines that the choice touches, each with something at its beginning; a second time takes it away.
  function lines(area, mark) {
    const { value } = area;
    const from = value.lastIndexOf('\n', area.selectionStart - 1) + 1;
    const end = value.indexOf('\n', Math.max(area.selectionEnd - (area.selectionEnd > area.selectionStart ? 1 : 0), from));
    const to = end < 0 ? value.length : end;
    const all = value.slice(from, to).split('\n');
    const bare = all.map((line) => line.replace(/^(\s*)([-*]|\d+\.)\s+/, '$1').replace(/^#{1,6}\s+/, ''));
    const marked = bare.map((line, n) => (typeof mark === 'function' ? mark(n) : mark) + line);
    const text = (marked.join('\n') === all.join('\n') ? bare : marked).join('\n');
    put(area, text, from, to);
    area.setSelectionRange(from, from + text.length);
  }

  // Headings that fit: below the section's own, and at most one below the heading before.
  function levels(side, area) {
    const own = Number(side.dataset.level) || 1;
    const before = [...area.value.slice(0, area.selectionStart).matchAll(/^(#{2,6})\s/gm)].pop();
    const deepest = Math.min(before ? before[1].length + 1 : own + 1, 6);
    return Array.from({ length: Math.max(deepest - own, 0) }, (_, n) => own + 1 + n);
  }

  // ---- The toolbar

  function toolbar(side, area) {
    const label = words('toolbar', { lang: side.querySelector('label').lastChild.textContent });
    const button = (key, sign, act, shortcut) => element('button', { type: 'button', class: 'pke-f-icon', 'aria-label': words(key), title: shortcut ? `${words(key)} (${shortcut.replace('Control', 'Ctrl')})` : words(key), 'aria-keyshortcuts': shortcut, 'data-sign': sign, onclick: act });
    const all = [
      button('bold', words('bold_sign'), () => around(area, '**'), 'Control+B'),
      button('italic', words('italic_sign'), () => around(area, '*'), 'Control+I'),
      button('list', '•', () => lines(area, '- ')),
      button('numbered', '1.', () => lines(area, (n) => `${n + 1}. `)),
      button('heading', 'H', () => heading(side, area)),
      button('link', '↗', () => link(side, area), 'Control+K'),
      button('table', '▦', () => table(area)),
      button('picture', '▣', () => picture(side, area)),
    ];
    const bar = element('div', { class: 'pke-f-toolbar', role: 'toolbar', 'aria-label': label, 'aria-controls': area.id }, all);
    all.forEach((one, n) => { one.tabIndex = n ? -1 : 0; });
    bar.addEventListener('keydown', (event) => {
      const at = all.indexOf(document.activeElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined || at < 0) return;
      event.preventDefault();
      const next = all[(to + all.length) % all.length];
      all.forEach((one) => { one.tabIndex = one === next ? 0 : -1; });
      next.focus();
    });
    return bar;
  }

  function keys(event, side, area) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) goOn(event, area);
      return;
    }
    const act = { b: () => around(area, '**'), i: () => around(area, '*'), k: () => link(side, area) }[event.key.toLowerCase()];
    if (!act) return;
    // The page has a use of its own for some of these.
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // A list goes on in the next line; an empty item ends it.
  function goOn(event, area) {
    const from = area.value.lastIndexOf('\n', area.selectionStart - 1) + 1;
    const item = /^(\s*)([-*]|(\d+)\.)(\s+)(.*)$/.exec(area.value.slice(from, area.selectionStart));
    if (!item || area.selectionStart !== area.selectionEnd) return;
    event.preventDefault();
    if (!item[5]) return put(area, '', from, area.selectionStart);
    put(area, `\n${item[1]}${item[3] ? `${Number(item[3]) + 1}.` : item[2]}${item[4]}`);
  }

  // ---- What is asked for

  function ask(side, name, ...content) {
    side.querySelector('.pke-f-ask')?.remove();
    const area = side.querySelector('textarea');
    const box = element('div', { class: 'pke-f-ask', role: 'group', 'aria-label': name }, content);
    const close = () => { box.remove(); area.focus(); };
    box.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      event.stopPropagation();
      close();
    });
    box.addEventListener('input', (event) => event.stopPropagation());
    box.addEventListener('change', (event) => event.stopPropagation());
    side.querySelector('.pke-f-toolbar').after(box);
    return { box, close };
  }

  function heading(side, area) {
    const fit = levels(side, area);
    if (!fit.length) return forms.say(words('no_heading'));
    if (fit.length === 1) return lines(area, `${'#'.repeat(fit[0])} `);
    const { box, close } = ask(side, words('heading'), element('p', { class: 'pke-actions' }, fit.map((level, n) =>
      element('button', { type: 'button', class: 'pke-secondary', onclick: () => { close(); lines(area, `${'#'.repeat(level)} `); } }, words('level', { n: n + 1 })))));
    box.querySelector('button').focus();
  }

  const isAddress = (text) => /^(https?:\/\/|mailto:)\S+$/.test(text);

  function link(side, area) {
    const { selectionStart: from, selectionEnd: to } = area, text = chosen(area).trim(), id = `pke-f-link-${number += 1}`;
    const input = element('input', { id, class: 'pke-f-find', autocomplete: 'off', spellcheck: 'false' });
    const { close } = ask(side, words('link'), element('label', { for: id, class: 'pke-f-label' }, words('link_to')),
      element('div', { class: 'pke-f-pick' }, input), element('p', { class: 'pke-f-help' }, words('link_help')));
    polku.pick(input, {
      kinds: 'all', free: isAddress,
      chosen: (one) => {
        close();
        const said = text || (isAddress(one.id) ? one.id : '');
        put(area, isAddress(one.id) ? `[${said}](${one.id})` : said ? `[[${one.id}|${said}]]` : `[[${one.id}]]`, from, to);
      },
    });
    if (text) input.value = text;
    input.focus();
    input.dispatchEvent(new Event('input'));
  }

  const apart = (area, text) => {
    const before = area.value.slice(0, area.selectionStart);
    return `${!before || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'}${text}\n\n`;
  };
  const cell = (text) => text.replace(/\s+/g, ' ').trim().replace(/\|/g, '\\|') || ' ';
  const markdown = (rows) => rows.map((row, n) => `| ${row.map(cell).join(' | ')} |${n ? '' : `\n|${row.map(() => ' --- |').join('')}`}`).join('\n');

  function table(area) {
    put(area, apart(area, markdown([[words('column', { n: 1 }), words('column', { n: 2 })], ['', '']])));
  }

  // ---- Pictures and tables from elsewhere

  function paste(event, side, area) {
    const file = [...event.clipboardData.files].find((one) => one.type.startsWith('image/'));
    const rows = polku.tableOf ? polku.tableOf(event.clipboardData) : [];
    if (rows.length > 1 && rows[0].length > 1) {
      event.preventDefault();
      put(area, apart(area, markdown(rows)));
      forms.say(words('table_pasted', { n: rows.length }));
    } else if (file) {
      event.preventDefault();
      asked(side, area, file);
    }
  }

  function dropped(event, side, area) {
    const file = [...event.dataTransfer.files].find((one) => one.type.startsWith('image/'));
    if (!file) return;
    event.preventDefault();
    asked(side, area, file);
  }

  function picture(side, area) {
    const input = element('input', { type: 'file', accept: 'image/png,image/jpeg,image/webp,image/svg+xml,image/gif' });
    input.addEventListener('change', () => input.files[0] && asked(side, area, input.files[0]));
    input.click();
  }

  // A picture is put in with words for those who do not see it, or said to be decorative; without either not at all.
  async function asked(side, area, file) {
    if (file.size > LARGEST) return forms.say(words('too_large', { size: Math.ceil(file.size / 1048576) }));
    const data = await new Promise((done) => { const reader = new FileReader(); reader.onload = () => done(reader.result); reader.readAsDataURL(file); });
    const id = `pke-f-alt-${number += 1}`;
    const alt = element('textarea', { id, rows: 2, lang: side.dataset.side, spellcheck: 'true', 'aria-describedby': `${id}-help` });
    const plain = element('input', { type: 'checkbox', id: `${id}-plain` });
    const told = element('p', { class: 'pke-f-need', role: 'status' });
    const insert = element('button', { type: 'button', class: 'pke-primary', onclick: async () => {
      if (!alt.value.trim() && !plain.checked) { told.textContent = words('alt_needed'); return alt.focus(); }
      told.textContent = words('sending');
      try {
        const answer = await polku.post('media', { name: file.name || words('picture'), data: data.slice(data.indexOf(',') + 1) });
        if (!answer.path) { told.textContent = [answer.message, answer.help].filter(Boolean).join(' '); return; }
        close();
        const text = plain.checked ? '' : alt.value.replace(/\s+/g, ' ').replace(/[[\]]/g, '').trim();
        put(area, apart(area, `![${text}](${relative(side.dataset.file, answer.path)})`));
      } catch (error) {
        told.textContent = error.status ? [error.message, error.data?.help].filter(Boolean).join(' ') : forms.words('away');
      }
    } }, words('insert'));
    const { close } = ask(side, words('picture'),
      element('img', { src: data, alt: '' }),
      element('label', { for: id, class: 'pke-f-label' }, words('alt')), alt,
      element('p', { class: 'pke-f-help', id: `${id}-help` }, words('alt_help')),
      element('p', { class: 'pke-f-tick' }, plain, element('label', { for: `${id}-plain` }, words('decorative'))),
      told, element('p', { class: 'pke-actions' }, insert, element('button', { type: 'button', class: 'pke-secondary', onclick: () => close() }, words('cancel'))));
    alt.focus();
  }

  // The way from one file to another.
  function relative(from, to) {
    const here = (from || 'content/pages/x').split('/').slice(0, -1), there = to.split('/');
    while (here.length && here[0] === there[0]) { here.shift(); there.shift(); }
    return [...here.map(() => '..'), ...there].join('/');
  }
})();
