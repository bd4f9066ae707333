import type { Page } from 'playwright-core';

/** What may be wider than its place: it has a bar of its own, and what is around it stays where it is. */
const ownBar = '.long-table, .sheet, .chart-table, .compare-scroll, pre, table, .cm-scroller, .trace-steps';

/** Parts of the screen that have to be moved sideways to be read, though they are no wide table. */
export function tooWide(page: Page): Promise<string[]> {
  return page.evaluate((allowed) => {
    const { document, innerWidth, getComputedStyle } = globalThis;
    const found: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) found.push('the page');
    for (const part of document.querySelectorAll('body *')) {
      const moves = /auto|scroll/.test(getComputedStyle(part).overflowX);
      if (moves && part.scrollWidth > part.clientWidth + 1 && part.closest(allowed) === null)
        found.push(`${part.className}: ${part.scrollWidth} in ${part.clientWidth}`);
    }
    return found;
  }, ownBar);
}
