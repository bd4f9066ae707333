import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Found = { id: string; impact?: string | null; nodes: { html: string }[] };

/** What axe finds serious or critical in what is on the screen, as "rule: element". */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (
      globalThis as unknown as { axe: { run(): Promise<{ violations: Found[] }> } }
    ).axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}

/** The same in both themes; the page is left dark. */
export async function axeInBothThemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(300);
    found.push(...(await axeFindings(page)).map((one) => `${colorScheme} ${one}`));
  }
  return found;
}
