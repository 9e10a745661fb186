// A new revision of the handbook: the page in view is fetched and patched in place. Where it is no longer, its new
// place is followed, or the last one stays and says so.
(() => {
  'use strict';
  const polku = window.polku;
  const words = () => polku.words.live;
  let wanted = polku.revision, running = false, gone = false;

  polku.on('revision', (revision) => {
    wanted = revision;
    if (!running && revision !== polku.revision) renew();
  });

  // The same revision once more: something beside the handbook changed.
  polku.on('renew', () => {
    polku.revision = 0;
    if (!running) renew();
  });

  // One at a time; what comes meanwhile is fetched afterwards.
  async function renew() {
    running = true;
    try {
      for (let tries = 0; wanted !== polku.revision && tries < 20; tries++) await once(wanted);
    } catch (error) {
      // The server is away; the events tell when it is back.
      console.warn(error);
    }
    running = false;
  }

  async function once(revision) {
    const answer = await fetch(location.pathname + location.search, { cache: 'no-store' });
    const text = await answer.text();
    const page = new DOMParser().parseFromString(text, 'text/html');
    const shown = Number(page.querySelector('script[src$="/preview.js"]')?.dataset.revision) || revision;
    polku.revision = shown;
    // The answer is of a later or the same revision; what is wanted now may be later still.
    if (wanted === revision) wanted = shown;
    if (answer.status === 404) return vanished();
    if (!answer.ok || !page.querySelector('main')) return;
    const moved = page.querySelector('meta[http-equiv="refresh"]')?.content.match(/url=(.*)$/)?.[1];
    if (moved) return location.replace(new URL(moved, location.href));
    if (gone) polku.emit('say', words().back_again);
    gone = false;
    patch(page, shown);
  }

  // A page that is not there is not patched into the page that says so.
  function vanished() {
    if (!gone) polku.emit('say', words().page_gone);
    gone = true;
    polku.emit('changed', { revision: polku.revision, nodes: [] });
  }

  function patch(page, revision) {
    if (script(page) !== script(document)) return location.reload();
    const [places, caret] = [scrolled(), selection()];
    head(page);
    const nodes = polku.morph(polku.first, page.body);
    polku.first = page.body;
    restore(places);
    reselect(caret);
    if (nodes.length) dispatchEvent(new Event('pk-changed'));
    polku.emit('changed', { revision, nodes });
    show(nodes);
  }

  function script(page) {
    return page.head.querySelector('script[src]:not([src^="/_polku/"])')?.getAttribute('src');
  }

  function head(page) {
    if (document.title !== page.title) document.title = page.title;
    const lang = page.documentElement.lang;
    if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
    for (const name of ['link[rel="icon"]', 'meta[name="description"]']) {
      const [own, fresh] = [document.head.querySelector(name), page.head.querySelector(name)];
      if (own && fresh && !own.isEqualNode(fresh)) own.replaceWith(document.importNode(fresh));
    }
    style(page);
  }

  // The old style stays until the new one is there, so nothing flashes.
  function style(page) {
    const find = (where) => where.head.querySelector('link[rel="stylesheet"]:not([href^="/_polku/"], [data-old])');
    const [own, fresh] = [find(document), find(page)];
    if (!own || !fresh || own.getAttribute('href') === fresh.getAttribute('href')) return;
    const link = document.importNode(fresh);
    own.dataset.old = '';
    link.addEventListener('load', () => own.remove());
    link.addEventListener('error', () => { link.remove(); delete own.dataset.old; });
    own.after(link);
  }

  // ---- What must not move

  function scrolled() {
    const inner = [...document.querySelectorAll('main .pk-scroll, main [tabindex="0"]')];
    return inner.filter((box) => box.scrollTop || box.scrollLeft).map((box) => [box, box.scrollTop, box.scrollLeft]);
  }

  function restore(places) {
    for (const [box, top, left] of places) {
      if (box.scrollTop !== top) box.scrollTop = top;
      if (box.scrollLeft !== left) box.scrollLeft = left;
    }
  }

  // A field keeps its caret as long as its node stays; marked text may lose its end where the words changed.
  function selection() {
    const own = getSelection();
    if (!own.rangeCount || own.isCollapsed) return null;
    const { anchorNode, anchorOffset, focusNode, focusOffset } = own;
    return { anchorNode, anchorOffset, focusNode, focusOffset };
  }

  function reselect(was) {
    if (!was || !was.anchorNode.isConnected || !was.focusNode.isConnected) return;
    const size = (node) => (node.data === undefined ? node.childNodes.length : node.data.length);
    const own = getSelection();
    if (own.anchorNode === was.anchorNode && own.focusNode === was.focusNode && own.focusOffset === was.focusOffset) return;
    own.setBaseAndExtent(was.anchorNode, Math.min(was.anchorOffset, size(was.anchorNode)), was.focusNode, Math.min(was.focusOffset, size(was.focusNode)));
  }

  // ---- What changed is marked for a moment

  function show(nodes) {
    const inMain = nodes.filter((node) => node.closest('main'));
    // Of what stands in each other only the innermost, unless all of it is new.
    const seen = inMain.filter((node) => !inMain.some((other) => other !== node && other.contains(node)));
    if (!seen.length) return;
    seen.forEach(mark);
    const inPanel = document.activeElement?.closest('.pke');
    if (inPanel && !seen.some(isInView)) polku.reveal?.(seen[0]);
  }

  function mark(node) {
    node.classList.remove('pke-changed');
    // Begins anew where it is still running.
    void node.getBoundingClientRect();
    node.classList.add('pke-changed');
    setTimeout(() => node.classList.remove('pke-changed'), 1600);
  }

  function isInView(node) {
    const box = node.getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }
})();
