// A view whose code cannot be fetched, because the program has gone or the line broke: the window and the design stay.
import { expect, it, vi } from 'vitest';
import { onThePage } from '../support/window-hosts.ts';
import { openSmallOn, rename, titleOf } from '../support/window-steps.ts';

vi.setConfig({ testTimeout: 120_000 });

onThePage('a view that cannot be fetched', (host) => {
  it('says so and takes nothing with it, and is fetched when a person asks again', async () => {
    const open = await openSmallOn(host);
    const { page } = open;
    await rename(page, 'popular', 'Not saved yet');
    await page.route('**/writeup-screen*', (route) => route.abort());
    await page.getByRole('tab', { name: 'Write-up' }).click();
    const alert = page.getByRole('alert').filter({ hasText: 'This view cannot be shown' });
    await alert.waitFor();
    await page.getByRole('tab', { name: 'Board' }).click();
    await expect.poll(() => titleOf(page, 'popular')).toBe('Not saved yet');
    await page.getByRole('tab', { name: 'Write-up' }).click();
    await alert.waitFor();
    await page.unroute('**/writeup-screen*');
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: /^S9/ }).waitFor();
    await open.close();
  });
});
