// Patching in place. What the server sent before is held against what it sends now, and only what differs between
// the two is done to the page. So whatever scripts and readers did to the page stays: what was ticked, filtered,
// typed, opened, focused or put in beside.
//
// polku.morph(before, after) returns the nodes on the page that are new or other; `after` is what the next call
// gets as `before`.
(() => {
  'use strict';
  const polku = window.polku;
  const ELEMENT = 1;
  // More children than this on both sides are not compared each with each.
  const MANY = 400;
  // These repeat without an id of their own: what stands in them says which is which.
  const ROWS = new Set(['li', 'tr', 'tbody', 'div', 'section', 'article', 'option']);
  // What changes in these is not seen.
  const UNSEEN = new Set(['href', 'data-src', 'id', 'aria-labelledby', 'aria-describedby', 'for']);
  let hashes, changed;

  polku.morph = (before, after) => {
    hashes = new WeakMap();
    changed = new Set();
    const shown = polku.pairs.get(before);
    if (shown) element(before, after, shown);
    return [...changed].filter((node) => node.isConnected);
  };

  // ---- How alike two nodes are

  function hash(node) {
    const known = hashes.get(node);
    if (known !== undefined) return known;
    let own = node.nodeType === ELEMENT ? node.localName : `#${node.data}`;
    if (node.nodeType === ELEMENT) {
      for (const { name, value } of node.attributes) own += `\0${name}=${value}`;
    }
    let sum = number(own);
    for (let child = node.firstChild; child; child = child.nextSibling) sum = (Math.imul(sum, 31) + hash(child)) | 0;
    hashes.set(node, sum);
    return sum;
  }

  function number(text) {
    let sum = 7;
    for (let at = 0; at < text.length; at++) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
    return sum;
  }

  const keys = new WeakMap();
  function key(node) {
    if (!keys.has(node)) keys.set(node, named(node));
    return keys.get(node);
  }

  function named(node) {
    const own = node.id || node.dataset?.src || '';
    if (own || !ROWS.has(node.localName)) return own;
    const inner = node.querySelector('[id], [data-src], a[href]');
    return inner ? inner.id || inner.dataset.src || inner.getAttribute('href') : '';
  }

  // 0 where one cannot become the other.
  function likeness(one, other) {
    if (one.nodeType !== other.nodeType || one.localName !== other.localName) return 0;
    if (hash(one) === hash(other)) return 4;
    if (one.nodeType !== ELEMENT) return 1;
    const [own, theirs] = [key(one), key(other)];
    if (own && theirs) return own === theirs ? 3 : 0;
    return one.className === other.className || one.getAttribute('class') === other.getAttribute('class') ? 2 : 1;
  }

  // Pairs of children that become each other, in the order of both: as alike as can be.
  function matched(olds, news) {
    const pairs = [];
    let first = 0, [oldEnd, newEnd] = [olds.length, news.length];
    while (first < oldEnd && first < newEnd && hash(olds[first]) === hash(news[first])) pairs.push([first, first++]);
    const tail = [];
    while (oldEnd > first && newEnd > first && hash(olds[oldEnd - 1]) === hash(news[newEnd - 1])) tail.push([--oldEnd, --newEnd]);
    const inner = (oldEnd - first) * (newEnd - first) > MANY * MANY ? inTurn : best;
    const middle = inner(olds.slice(first, oldEnd), news.slice(first, newEnd));
    return [...pairs, ...middle.map(([old, fresh]) => [old + first, fresh + first]), ...tail.reverse()];
  }

  // The longest common subsequence, weighed by likeness.
  function best(olds, news) {
    const [rows, columns] = [olds.length, news.length];
    const at = (row, column) => row * (columns + 1) + column;
    const sums = new Uint32Array((rows + 1) * (columns + 1));
    const likes = new Uint8Array((rows + 1) * (columns + 1));
    for (let row = rows - 1; row >= 0; row--) {
      for (let column = columns - 1; column >= 0; column--) {
        const like = likes[at(row, column)] = likeness(olds[row], news[column]);
        const both = like ? sums[at(row + 1, column + 1)] + like : 0;
        sums[at(row, column)] = Math.max(both, sums[at(row + 1, column)], sums[at(row, column + 1)]);
      }
    }
    const pairs = [];
    for (let row = 0, column = 0; row < rows && column < columns;) {
      const like = likes[at(row, column)];
      if (like && sums[at(row, column)] === sums[at(row + 1, column + 1)] + like) pairs.push([row++, column++]);
      else if (sums[at(row, column)] === sums[at(row + 1, column)]) row++;
      else column++;
    }
    return pairs;
  }

  // Very long lists: the next that is the same or has the same key.
  function inTurn(olds, news) {
    const places = new Map();
    news.forEach((node, at) => {
      const name = (node.nodeType === ELEMENT && key(node)) || hash(node);
      if (!places.has(name)) places.set(name, at);
    });
    const pairs = [];
    let last = -1;
    olds.forEach((node, at) => {
      const to = places.get((node.nodeType === ELEMENT && key(node)) || hash(node));
      if (to > last && likeness(node, news[to])) pairs.push([at, last = to]);
    });
    return pairs;
  }

  // ---- What differs is done

  function element(before, after, shown) {
    polku.pairs.set(after, shown);
    if (hash(before) === hash(after)) return same(before, after);
    attributes(before, after, shown);
    children(before, after, shown);
  }

  function same(before, after) {
    polku.pairs.set(after, polku.pairs.get(before));
    for (let one = before.firstChild, other = after.firstChild; one; one = one.nextSibling, other = other.nextSibling) same(one, other);
  }

  function attributes(before, after, shown) {
    for (const { name } of [...before.attributes]) {
      if (!after.hasAttribute(name)) set(shown, name, before.getAttribute(name), null);
    }
    for (const { name, value } of after.attributes) {
      if (before.getAttribute(name) !== value) set(shown, name, before.getAttribute(name), value);
    }
  }

  function set(shown, name, before, after) {
    if (name === 'class') {
      // Scripts of the page have classes of their own here.
      const names = (list) => (list || '').split(/\s+/).filter(Boolean);
      shown.classList.remove(...names(before).filter((one) => !names(after).includes(one)));
      shown.classList.add(...names(after));
    } else if (after === null) {
      shown.removeAttribute(name);
    } else {
      shown.setAttribute(name, after);
    }
    if (!UNSEEN.has(name) && !name.startsWith('data-pk-')) changed.add(shown);
  }

  function children(before, after, shown) {
    const [olds, news] = [[...before.childNodes], [...after.childNodes]];
    const pairs = matched(olds, news);
    const kept = new Set(pairs.map(([old]) => old));
    const became = new Map(pairs.map(([old, fresh]) => [fresh, olds[old]]));
    olds.forEach((node, at) => kept.has(at) || gone(node, shown));
    let last = null;
    news.forEach((node, at) => {
      const old = became.get(at);
      const own = old ? polku.pairs.get(old) : added(node, last, shown);
      if (old) one(old, node, own);
      // What a script took elsewhere says nothing of the order here.
      if (own?.parentNode === shown) last = own;
    });
  }

  function one(before, after, shown) {
    if (!shown) return;
    if (before.nodeType === ELEMENT) return void element(before, after, shown);
    polku.pairs.set(after, shown);
    if (before.data !== after.data) {
      shown.data = after.data;
      if (after.data.trim() && shown.parentElement) changed.add(shown.parentElement);
    }
  }

  function gone(node, parent) {
    const shown = polku.pairs.get(node);
    if (!shown) return;
    if (node.nodeType !== ELEMENT ? node.data.trim() : true) changed.add(parent);
    if (shown.contains?.(document.activeElement)) beside(shown);
    shown.remove();
  }

  // The focus of what goes is given to what stands around it.
  function beside(shown) {
    const around = shown.parentElement?.closest('[tabindex], main');
    around?.focus({ preventScroll: true });
  }

  function added(node, last, parent) {
    const made = document.importNode(node, true);
    pair(node, made);
    const next = last ? last.nextSibling : parent.firstChild;
    parent.insertBefore(made, next);
    if (made.nodeType === ELEMENT) changed.add(made);
    else if (made.data.trim()) changed.add(parent);
    return made;
  }

  function pair(node, shown) {
    polku.pairs.set(node, shown);
    for (let one = node.firstChild, other = shown.firstChild; one; one = one.nextSibling, other = other.nextSibling) pair(one, other);
  }
})();
