import { describe, expect, it, vi } from 'vitest';
import { RunboardError } from '#shared/contract/failure.ts';
import type { Design } from '#shared/contract/design.ts';
import type { Events } from '#shared/contract/methods.ts';
import { createRunStore } from '#renderer/client/run-store.ts';
import type { Connection } from '#renderer/client/connection.ts';
import { Runner } from './runner.ts';
import type { OpenTab } from './workspace.ts';

// Icons are put into the bundle when it is built.
vi.mock('#renderer/ui/toast.tsx', () => ({ say: () => {} }));

const design: Design = {
  format: 'runboard',
  version: 1,
  title: 'Worlds',
  seed: 1,
  data: { recipe: 'video-catalogue' },
  board: { nodes: [], edges: [] },
};

/** An engine that starts no run, but for those that are let go on. */
function engine(): {
  connection: Connection;
  asked: string[];
  tell<E extends keyof Events>(event: E, said: Events[E]): void;
} {
  const asked: string[] = [];
  const listeners = new Map<string, (said: never) => void>();
  const call = (method: string, input: { run?: string }, signal?: AbortSignal): Promise<unknown> => {
    asked.push(`${method} ${input.run ?? ''}`.trim());
    if (method !== 'runs.start') return Promise.resolve({});
    return new Promise((_, reject) => {
      signal?.addEventListener('abort', () => reject(new RunboardError('cancelled', 'cancelled; nothing was written')));
    });
  };
  const on = (event: string, listener: (said: never) => void): (() => void) => {
    listeners.set(event, listener);
    return () => {};
  };
  return {
    connection: { call, on, state: () => 'open', watch: () => () => {} } as unknown as Connection,
    asked,
    tell: (event, said) => listeners.get(event)?.(said as never),
  };
}

function tabOf(): OpenTab {
  const runs = createRunStore();
  return { runs, document: { getState: () => ({ design, path: null }) } } as unknown as OpenTab;
}

describe('a run that is only starting', () => {
  it('says how far its data is, and is stopped although it has no name yet', async () => {
    const { connection, asked, tell } = engine();
    const runner = new Runner(connection);
    const tab = tabOf();
    const started = runner.start(tab);
    expect(tab.runs.getState().making).toBeNull();
    tell('work', { what: 'import', share: 0.9, note: '' });
    expect(tab.runs.getState().making).toBeNull();
    tell('work', { what: 'generate', share: 0.4, note: '' });
    expect(tab.runs.getState().making).toBe(0.4);
    await runner.cancel(tab);
    await started;
    expect(tab.runs.getState().status).toBe('cancelled');
    expect(asked).toEqual(['runs.start']);
  });

  it('leaves the run before it alone', async () => {
    const { connection, asked } = engine();
    const runner = new Runner(connection);
    const tab = tabOf();
    tab.runs.setState({ run: 'r-0001' });
    const started = runner.start(tab);
    await runner.cancel(tab);
    await started;
    tab.runs.setState({ run: 'r-0001', status: 'running' });
    await runner.cancel(tab);
    expect(asked).toEqual(['runs.start', 'runs.cancel r-0001']);
  });
});
