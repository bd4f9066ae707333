import type { CDPSession, Page } from 'playwright-core';

/** What the frames of one gesture took. */
export interface Frames {
  readonly frames: number;
  /** Milliseconds between frames: the 95th of 100, and the worst. */
  readonly p95: number;
  readonly worst: number;
  /** Milliseconds of the page's main thread per frame, on average: script, style with layout, and all of it with paint. */
  readonly script: number;
  readonly layout: number;
  readonly main: number;
}

interface Counters {
  readonly ScriptDuration: number;
  readonly LayoutDuration: number;
  readonly RecalcStyleDuration: number;
  readonly TaskDuration: number;
}

async function counters(session: CDPSession): Promise<Counters> {
  const { metrics } = await session.send('Performance.getMetrics');
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value])) as unknown as Counters;
}

/** Records every frame of the page while a gesture goes on. */
export async function recordFrames(page: Page, session: CDPSession, gesture: () => Promise<void>): Promise<Frames> {
  await session.send('Performance.enable');
  await page.evaluate(() => {
    const times: number[] = [];
    const state = { times, on: true };
    const tick = (now: number): void => {
      times.push(now);
      if (state.on) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    Object.assign(window, { recording: state });
  });
  const before = await counters(session);
  await gesture();
  const after = await counters(session);
  const times = await page.evaluate(() => {
    const { recording } = window as unknown as { recording: { times: number[]; on: boolean } };
    recording.on = false;
    return recording.times;
  });
  const gaps = times.slice(1).map((time, at) => time - times[at]);
  const sorted = gaps.toSorted((a, b) => a - b);
  const perFrame = (name: keyof Counters): number => ((after[name] - before[name]) * 1_000) / gaps.length;
  return {
    frames: gaps.length,
    p95: sorted[Math.ceil(0.95 * sorted.length) - 1],
    worst: sorted.at(-1) ?? 0,
    script: perFrame('ScriptDuration'),
    layout: perFrame('LayoutDuration') + perFrame('RecalcStyleDuration'),
    main: perFrame('TaskDuration'),
  };
}
