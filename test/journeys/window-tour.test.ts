import { describe, expect, it, vi } from 'vitest';
import { axeInBothThemes } from '../support/axe.ts';
import { openWindow, serveWindow, windowMissing } from '../support/window.ts';

vi.setConfig({ testTimeout: 120_000 });

const missing = windowMissing();

describe.skipIf(missing !== null)(`the tour${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  it('walks over the sample by arrow keys, ends with Escape, and comes back only when asked for', async () => {
    const served = await serveWindow();
    const { page, complaints, close } = await openWindow(served.address);
    const card = page.locator('.tour');
    const openSample = async (): Promise<void> => {
      await page.getByRole('button', { name: /^Open the sample/ }).click();
      await page.locator('[data-node="ranker"]').waitFor();
    };
    await openSample();
    await card.waitFor();
    expect(await card.evaluate((element) => element === document.activeElement)).toBe(true);
    const titles: (string | null)[] = [];
    for (let step = 0; step < 6; step++) {
      titles.push(await card.getByRole('heading').textContent());
      const [ring, box] = [await page.locator('.tour-ring').boundingBox(), await card.boundingBox()];
      expect(ring, titles[step] ?? '').not.toBeNull();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(1280);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
      if (step === 1) expect(await axeInBothThemes(page)).toEqual([]);
      await page.keyboard.press(step === 0 ? 'Enter' : 'ArrowRight');
    }
    expect(new Set(titles).size).toBe(6);
    await page.keyboard.press('ArrowLeft');
    await card.getByText('5 of 6').waitFor();
    await page.keyboard.press('Escape');
    await card.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Runboard', exact: true }).click();
    await openSample();
    await page.waitForTimeout(400);
    await expect.poll(() => card.count()).toBe(0);

    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('What should be done?').fill('tour');
    await page.keyboard.press('Enter');
    await card.getByText('1 of 6').waitFor();
    await card.getByRole('button', { name: 'Skip' }).click();
    await expect.poll(() => card.count()).toBe(0);

    // The next time the program is started it is at another port.
    const again = await serveWindow();
    await page.goto(again.address);
    await openSample();
    await page.waitForTimeout(400);
    await expect.poll(() => card.count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
    served.close();
    again.close();
  });
});
