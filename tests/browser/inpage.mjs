// What is measured inside a page. The function is sent to the browser as it stands, so it uses nothing from
// outside itself; it leaves `polkuChecks` behind.

export function install() {
  const dot = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', { willReadFrequently: true });

  // ---- Colours

  function rgba(colour) {
    dot.clearRect(0, 0, 1, 1);
    dot.fillStyle = 'transparent';
    dot.fillStyle = colour;
    dot.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = dot.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  }

  function over(top, below) {
    return [0, 1, 2].map((at) => top[at] * top[3] + below[at] * (1 - top[3])).concat(1);
  }

  function contrast(one, other) {
    const light = (colour) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
      const part = colour[at] / 255;
      return sum + weight * (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    }, 0.05);
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return high / low;
  }

  function canvasColour() {
    const probe = document.body.appendChild(document.createElement('div'));
    probe.style.backgroundColor = 'Canvas';
    const colour = rgba(getComputedStyle(probe).backgroundColor);
    probe.remove();
    return colour;
  }

  function backdrop(element) {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(rgba(getComputedStyle(at).backgroundColor));
    return layers.reduceRight((below, layer) => over(layer, below), canvasColour());
  }

  // ---- Elements

  function visible(element) {
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0;
  }

  function short(element) {
    const classes = [...element.classList].map((name) => `.${name}`).join('');
    return element.localName + classes;
  }

  function describe(element) {
    const parent = element.parentElement?.closest('[class]');
    return parent ? `${short(parent)} ${short(element)}` : short(element);
  }

  // ---- Room: nothing scrolls sideways, nothing is cut off (WCAG 1.4.10, 1.4.12)

  function sideways() {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const widest = [...document.body.querySelectorAll('*')].filter((element) => visible(element) && !insideScroller(element))
      .toSorted((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)[0];
    return [`${scrollWidth} px in ${clientWidth}: ${widest ? describe(widest) : 'the page'}`];
  }

  function insideScroller(element) {
    const parent = element.parentElement;
    return parent !== null && (/auto|scroll/.test(getComputedStyle(parent).overflowX) || insideScroller(parent));
  }

  function cutOff() {
    const boxes = [...document.body.querySelectorAll('*')].filter((element) => !element.closest('svg') && visible(element) && tooSmall(element));
    const drawings = [...document.querySelectorAll('svg')].filter(visible);
    return [...boxes.map((box) => `text cut off in ${describe(box)}`), ...drawings.flatMap(crowded)];
  }

  function tooSmall(element) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const hides = (value) => value === 'hidden' || value === 'clip';
    if (element.clientWidth <= 1 || element.clientHeight <= 1) return false;
    return (hides(overflowX) && element.scrollWidth > element.clientWidth + 1)
      || (hides(overflowY) && element.scrollHeight > element.clientHeight + 1);
  }

  function crowded(drawing) {
    const edge = drawing.getBoundingClientRect();
    const texts = [...drawing.querySelectorAll('text')].filter(visible).map((text) => ({ text, box: text.getBoundingClientRect() }));
    const out = texts.filter(({ box }) => box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1 || box.bottom > edge.bottom + 1);
    const onEachOther = texts.filter(({ box }, at) => texts.slice(at + 1).some((other) => overlap(box, other.box)));
    return [...out.map(({ text }) => `${describe(text)} leaves its drawing`), ...onEachOther.map(({ text }) => `${describe(text)} on another text`)];
  }

  // Lines of one label come close to each other; only letters on letters count.
  function overlap(one, other) {
    const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    return wide > 2 && high > 0.3 * Math.min(one.height, other.height);
  }

  // ---- Drawings: axe does not look at the contrast of SVG text

  function faint() {
    const texts = [...document.querySelectorAll('svg text')].filter((text) => visible(text) && text.textContent.trim() !== '');
    return texts.filter(isFaint).map((text) => `${describe(text)} is faint`);
  }

  function isFaint(text) {
    const style = getComputedStyle(text);
    const size = parseFloat(style.fontSize) * text.getScreenCTM().a;
    const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    const box = text.getBoundingClientRect();
    const middle = (box.top + box.bottom) / 2;
    return [0.1, 0.5, 0.9].some((part) => {
      const below = paintedAt(text, new DOMPoint(box.left + part * box.width, middle));
      const ink = rgba(style.fill);
      return contrast(over([...ink.slice(0, 3), ink[3] * strength(text, 'fillOpacity')], below), below) < least;
    });
  }

  // All shapes painted before the text, from the bottom up.
  function paintedAt(text, point) {
    const drawing = text.ownerSVGElement;
    const shapes = [...drawing.querySelectorAll('path, rect, circle, ellipse, line, polyline, polygon')]
      .filter((shape) => shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING);
    return shapes.filter(visible).reduce((below, shape) => painted(shape, point, below), backdrop(drawing));
  }

  function painted(shape, point, below) {
    const style = getComputedStyle(shape);
    const local = point.matrixTransform(shape.getScreenCTM().inverse());
    const paint = (colour, opacity) => {
      const ink = rgba(colour);
      return [...ink.slice(0, 3), ink[3] * strength(shape, opacity)];
    };
    const filled = style.fill !== 'none' && shape.isPointInFill(local) ? over(paint(style.fill, 'fillOpacity'), below) : below;
    return style.stroke !== 'none' && shape.isPointInStroke(local) ? over(paint(style.stroke, 'strokeOpacity'), filled) : filled;
  }

  function strength(element, property) {
    let strength = Number(getComputedStyle(element)[property]);
    for (let at = element; at && at.localName !== 'svg'; at = at.parentElement) strength *= Number(getComputedStyle(at).opacity);
    return strength;
  }

  // ---- Keyboard

  const STOPS = 'a[href], button, input, select, textarea, summary, iframe, audio[controls], video[controls], [contenteditable], [tabindex]';
  const walk = { before: new Map(), seen: new Set(), last: undefined };

  function stops() {
    return [...document.querySelectorAll(STOPS)].filter((element) => element.tabIndex >= 0 && !element.disabled && visible(element) && isFirstRadio(element));
  }

  function isFirstRadio(element) {
    if (element.type !== 'radio' || element.checked) return true;
    const group = [...document.querySelectorAll('input[type=radio]')].filter((radio) => radio.name === element.name && radio.form === element.form);
    return !group.some((radio) => radio.checked) && group[0] === element;
  }

  function stopsBeforeMain() {
    const main = document.querySelector('main');
    return stops().filter((element) => !main || element.compareDocumentPosition(main) & Node.DOCUMENT_POSITION_FOLLOWING).length;
  }

  function startWalk() {
    walk.before = new Map(stops().map((element) => [element, looks(element)]));
    return walk.before.size;
  }

  // Where the walk stands now and what is wrong there; nothing when it has left the page, or has gone round.
  function step() {
    const element = document.activeElement;
    if (element === document.body || element === document.documentElement || element === null) return null;
    if (walk.seen.size > 1 && element === [...walk.seen][0]) return null;
    // Day, month and year of a date are stops of one element.
    walk.parts = element === walk.last && element.type === 'date' ? walk.parts + 1 : 0;
    if (walk.parts > 0 && walk.parts < 6) return {};
    if (walk.seen.has(element)) return { again: describe(element) };
    const backwards = walk.last && element.compareDocumentPosition(walk.last) & Node.DOCUMENT_POSITION_FOLLOWING;
    walk.seen.add(element);
    walk.last = element;
    return { order: backwards ? describe(element) : null, unseen: unseen(element), covered: covered(element) ? describe(element) : null };
  }

  function unreached() {
    return [...walk.before.keys()].filter((element) => !walk.seen.has(element)).map(describe);
  }

  const LOOKS = ['boxShadow', 'backgroundColor', 'borderTopColor', 'borderBottomColor', 'borderTopWidth', 'borderBottomWidth', 'textDecorationLine', 'textDecorationThickness', 'fill'];

  function looks(element) {
    return [element, ...element.querySelectorAll('*')].slice(0, 40).map((part) => {
      const style = getComputedStyle(part);
      return { stroke: `${style.stroke} ${style.strokeWidth}`, other: LOOKS.map((name) => style[name]).join(' ') };
    });
  }

  // A ring must stand out 3:1 from what is behind it (WCAG 2.4.7, 1.4.11); a transparent outline is none.
  function unseen(element) {
    const style = getComputedStyle(element);
    const behind = backdrop(element.parentElement ?? element);
    const stands = (colour) => contrast(over(rgba(colour), behind), behind) >= 3;
    if (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && stands(style.outlineColor)) return null;
    const before = walk.before.get(element);
    const now = looks(element);
    const parts = [element, ...element.querySelectorAll('*')];
    const ringed = now.some((look, at) => before?.[at] && look.stroke !== before[at].stroke && stands(getComputedStyle(parts[at]).stroke));
    const changed = now.some((look, at) => before?.[at] && look.other !== before[at].other);
    return ringed || changed ? null : describe(element);
  }

  // WCAG 2.4.11: some part of it must not lie under anything else.
  function covered(element) {
    const points = [...element.getClientRects()].flatMap((box) => {
      const left = Math.max(box.left, 0) + 1, right = Math.min(box.right, innerWidth) - 1;
      const top = Math.max(box.top, 0) + 1, bottom = Math.min(box.bottom, innerHeight) - 1;
      return [[(left + right) / 2, (top + bottom) / 2], [left, top], [right, top], [left, bottom], [right, bottom]];
    });
    return !points.some(([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return hit && (element.contains(hit) || hit.closest('label')?.control === element);
    });
  }

  // ---- Paper and forced colours

  function printedNavigation() {
    const frame = [...document.querySelectorAll('nav, [role=navigation], a[href^="#_main"]')].filter((element) => !element.closest('main'));
    return frame.filter((element) => element.getClientRects().length > 0).map(describe);
  }

  function unreadableHeading() {
    const heading = document.querySelector('h1');
    if (!heading || !visible(heading)) return ['no h1 is seen'];
    const behind = backdrop(heading);
    return contrast(over(rgba(getComputedStyle(heading).color), behind), behind) < 4.5 ? ['h1 is faint'] : [];
  }

  globalThis.polkuChecks = {
    sideways, cutOff, faint, stopsBeforeMain, startWalk, step, unreached, printedNavigation, unreadableHeading, visible, describe,
  };
}
