import { describe, expect, it } from 'vitest';
import { memoryTransports } from '#shared/client/memory-transport.ts';
import type { Transport } from '#shared/contract/messages.ts';
import { Line } from './connection.ts';

/** Where a line leads that a test opens and cuts. */
class Far {
  readonly asked: string[] = [];
  #line: Transport | null = null;
  #there = false;

  /** From now on lines can be opened. */
  appear(): void {
    this.#there = true;
  }

  cut(): void {
    this.#there = false;
    this.#line?.close();
  }

  open = async (): Promise<Transport> => {
    if (!this.#there) throw new Error('nobody is there');
    const [near, far] = memoryTransports();
    this.#line = far;
    far.receive((message) => {
      if (message.kind !== 'request') return;
      this.asked.push(message.method);
      far.post({ kind: 'answer', id: message.id, output: [] });
    });
    return near;
  };
}

describe('a line that is down', () => {
  it('keeps calls until it is open again', async () => {
    const far = new Far();
    const line = new Line(far.open);
    const waiting = line.call('runs.list');
    await expect.poll(() => line.state()).toBe('lost');
    far.appear();
    expect(await waiting).toEqual([]);
    far.cut();
    expect(line.state()).toBe('lost');
    const again = line.call('runs.list');
    far.appear();
    expect(await again).toEqual([]);
    expect(far.asked).toEqual(['runs.list', 'runs.list']);
  });

  it('does not keep them for ever, and does nothing later that a person was told had failed', async () => {
    const far = new Far();
    const line = new Line(far.open, 30);
    await expect(line.call('runs.list')).rejects.toMatchObject({
      code: 'unavailable',
      message: 'Runboard does not answer',
    });
    far.appear();
    await expect.poll(() => line.state()).toBe('open');
    expect(await line.call('templates.list')).toEqual([]);
    expect(far.asked).toEqual(['templates.list']);
  });

  it('lets go of a call that is not wanted any more', async () => {
    const far = new Far();
    const line = new Line(far.open);
    const stop = new AbortController();
    const waiting = line.call('runs.list', undefined, stop.signal);
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    await expect(line.call('runs.list', undefined, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    far.appear();
    await line.call('templates.list');
    expect(far.asked).toEqual(['templates.list']);
  });
});
