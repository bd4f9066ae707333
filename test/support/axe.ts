import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Found = { id: string; impact?: string | null; nodes: { html: string }[] };

/** What axe finds serious or critical on the screen, or in one part of it, as "rule: element". */
export async function axeFindings(page: Page, part = 'html', rules?: readonly string[]): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  return page.evaluate(
    async ([within, only]) => {
      const { violations } = await (
        globalThis as unknown as { axe: { run(within: string, options: object): Promise<{ violations: Found[] }> } }
      ).axe.run(within, { resultTypes: ['violations'], ...only });
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
    },
    [part, rules === undefined ? {} : { runOnly: [...rules] }] as const,
  );
}

/** Runs in the page: two frames, and whatever still changes its colours. */
async function painted(): Promise<void> {
  const frame = (): Promise<unknown> =>
    new Promise((done) => {
      requestAnimationFrame(done);
      setTimeout(done, 500);
    });
  await frame();
  await frame();
  const changing = document.getAnimations().filter((one) => one instanceof CSSTransition);
  await Promise.allSettled(changing.map((one) => one.finished));
}

/** What can differ where the elements are the same and only their colours are others. */
const ofColour = ['color-contrast', 'link-in-text-block'];

/** The same in both themes; the page is left dark. */
export async function axeInBothThemes(page: Page, part = 'html'): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(painted);
    found.push(
      ...(await axeFindings(page, part, colorScheme === 'dark' ? ofColour : undefined)).map(
        (one) => `${colorScheme} ${one}`,
      ),
    );
  }
  return found;
}
