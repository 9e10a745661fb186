// The shell of preview and editing: it loads first, defines `polku`, takes the words in the page's language and
// then loads the other scripts of the preview, so that each of them finds the words there.
//
//   polku.revision        of the page as it is shown
//   polku.token           what a writing request carries; empty where the page is read only
//   polku.lang            of the page and therefore of all words
//   polku.tab             of this tab, as long as it lives
//   polku.words           by slice: polku.words.live.close
//   polku.get(path)       GET /_polku/path: what JSON says, or a fragment as text; rejects where it fails
//   polku.post(path, data)  POST: what is answered, with its status. 409 and 422 are answers; else it rejects with
//                         an Error that has status and data
//   polku.on(name, fn)    hears what is told; polku.emit(name, data) tells it. The names:
//                           ready     all scripts of the preview stand
//                           revision  a number: the handbook is at this revision (from the server, try or save)
//                           findings  they may have changed; renew: what stands beside the handbook did
//                           changed   the page was patched: {revision, nodes: what is new or other}
//                           open      a place to be edited: what polku.open(at) was asked for
//                           form      a form stands in the panel: {at, element}
//                           field     a field took the focus: its TextId
//                           close     the panel is about to close or to show something else: {stay: false}, and
//                                     whoever sets stay to true keeps it open
//                           edit      true or false: editing was turned on or off
//                           away/back the server does not answer, or answers again
//                           say       words to be read aloud and shown for a moment
//   polku.element(tag, attributes, ...children)  made without markup; on… is a listener, true an empty attribute
//   polku.fill(words, values)  words with {name} filled in
//   polku.first, polku.pairs   the body as it came, before any script of the page, and the node on the page of each
//                         node of it; `patch.js` keeps them
(() => {
  'use strict';
  const own = document.currentScript.dataset;
  const heard = new Map();
  const polku = window.polku = {
    revision: Number(own.revision),
    token: own.token || '',
    lang: document.documentElement.lang || 'fi',
    tab: tab(),
    words: {},
    get, post, on, emit, element, fill,
  };
  polku.first = document.body.cloneNode(true);
  polku.pairs = new WeakMap();
  pair(polku.first, document.body);

  // Two trees that are alike, node by node.
  function pair(node, shown) {
    polku.pairs.set(node, shown);
    for (let one = node.firstChild, other = shown.firstChild; one; one = one.nextSibling, other = other.nextSibling) pair(one, other);
  }

  function tab() {
    const fresh = () => Array.from(crypto.getRandomValues(new Uint32Array(2)), (n) => n.toString(36)).join('');
    try {
      const known = sessionStorage.getItem('polku-tab') || fresh();
      sessionStorage.setItem('polku-tab', known);
      return known;
    } catch {
      return fresh();
    }
  }

  // A tab that was doubled has the name of the other: it takes one of its own, so that neither drops what the other
  // has not saved. A page that was just left may hold the name for a moment longer.
  async function claim() {
    for (let tries = 0; navigator.locks && tries < 6; tries++) {
      if (tries) await new Promise((done) => { setTimeout(done, 100); });
      const mine = await new Promise((done) => {
        navigator.locks.request(`polku-tab-${polku.tab}`, { ifAvailable: true }, (lock) => {
          done(Boolean(lock));
          // Held as long as the page lives.
          return lock ? new Promise(() => {}) : undefined;
        }).catch(() => done(true));
      });
      if (mine) return;
    }
    if (!navigator.locks) return;
    try { sessionStorage.removeItem('polku-tab'); } catch { /* Then it has a fresh name anyway. */ }
    polku.tab = tab();
    await claim();
  }

  async function read(answer) {
    const isJson = (answer.headers.get('content-type') || '').includes('json');
    return isJson ? answer.json() : answer.text();
  }

  function failure(status, data) {
    const told = data && (data.message || data.error);
    return Object.assign(new Error(told || `HTTP ${status}`), { status, data });
  }

  async function get(path) {
    const answer = await fetch(`/_polku/${path}`, { cache: 'no-store', headers: { 'accept-language': polku.lang } });
    const data = await read(answer);
    if (!answer.ok) throw failure(answer.status, data);
    return data;
  }

  async function post(path, data = {}) {
    const headers = { 'accept-language': polku.lang, 'content-type': 'application/json', 'x-polku-token': polku.token };
    const answer = await fetch(`/_polku/${path}`, { method: 'POST', headers, body: JSON.stringify(data) });
    const said = await read(answer);
    if (!answer.ok && answer.status !== 409 && answer.status !== 422) throw failure(answer.status, said);
    return typeof said === 'object' && said ? Object.assign(said, { status: answer.status }) : { status: answer.status };
  }

  function on(name, fn) {
    heard.set(name, [...(heard.get(name) || []), fn]);
  }

  function emit(name, data) {
    for (const fn of heard.get(name) || []) {
      // One script that fails takes no other with it.
      try { fn(data); } catch (error) { console.error(error); }
    }
  }

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes || {})) {
      if (typeof value === 'function') made.addEventListener(name.replace(/^on/, ''), value);
      else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value === true ? '' : value);
    }
    made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return made;
  }

  function fill(words, values = {}) {
    return String(words).replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));
  }

  // In the order they are named, each after the one before.
  function load() {
    const files = (own.files || '').split(' ').filter(Boolean);
    const loads = files.map((name) => new Promise((done) => {
      const script = element('script', { src: `/_polku/${name}`, onload: done, onerror: done });
      script.async = false;
      document.head.append(script);
    }));
    Promise.all(loads).then(() => emit('ready'));
  }

  const words = get(`words?lang=${encodeURIComponent(polku.lang)}`).then((said) => { polku.words = said; }).catch(() => {});
  Promise.all([words, claim()]).then(load);
})();
