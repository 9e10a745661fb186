// What a gate found: a count of what passed, and one finding for each thing that did not.

const SHOWN_PAGES = 3;

export class Log {
  passed = 0;
  findings = [];

  // One check of one page. `faults` says what is wrong, in words that are the same on every page.
  check(rule, page, faults, mode) {
    if (faults.length === 0) this.passed += 1;
    for (const text of new Set(faults)) this.findings.push({ rule, page, text, mode });
  }

  get failed() {
    return this.findings.length;
  }

  // The same fault on many pages is one line, the most frequent first.
  lines() {
    const groups = new Map();
    for (const { rule, page, text, mode } of this.findings) {
      const key = `${rule}: ${text}`;
      const pages = groups.get(key) ?? new Map();
      groups.set(key, pages.set(page, [...(pages.get(page) ?? []), ...(mode ? [mode] : [])]));
    }
    return [...groups].sort((a, b) => b[1].size - a[1].size).map(([what, pages]) => `  ${what} | ${where([...pages])}`);
  }
}

function where(pages) {
  const shown = pages.slice(0, SHOWN_PAGES).map(([page, modes]) => (modes.length ? `${page} (${modes.join(', ')})` : page)).join('; ');
  return pages.length > SHOWN_PAGES ? `${pages.length} pages: ${shown}; …` : shown;
}
