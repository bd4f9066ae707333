import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Found = { id: string; impact?: string | null; nodes: { html: string }[] };

/** What axe finds serious or critical on the screen, or in one part of it, as "rule: element". */
export async function axeFindings(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async (within) => {
    const { violations } = await (
      globalThis as unknown as { axe: { run(within: string, options: object): Promise<{ violations: Found[] }> } }
    ).axe.run(within, { resultTypes: ['violations'] });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }, part);
}

/** The same in both themes; the page is left dark. */
export async function axeInBothThemes(page: Page, part = 'html'): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(150);
    found.push(...(await axeFindings(page, part)).map((one) => `${colorScheme} ${one}`));
  }
  return found;
}
