import { describe, expect, it } from 'vitest';
import type { Message } from '#shared/contract/messages.ts';
import { portTransport, type Port } from './port-transport.ts';

/** A port whose other end is read by hand. */
function handPort(): { port: Port; sent: unknown[]; say(value: unknown): void; end(): void } {
  const sent: unknown[] = [];
  let hear: (value: unknown) => void = () => {};
  let end: () => void = () => {};
  return {
    sent,
    say: (value) => hear(value),
    end: () => end(),
    port: {
      postMessage: (value) => void sent.push(value),
      onMessage: (listener) => void (hear = listener),
      onClose: (listener) => void (end = listener),
      close: () => {},
    },
  };
}

const event = (note: string): Message => ({ kind: 'event', event: 'work', payload: { note } });

describe('a line over a message port', () => {
  it('lets go of a reader that does not keep up', () => {
    const { port, sent, say } = handPort();
    const line = portTransport(port, { message: 1_000, backlog: 2_000 });
    let closed = 0;
    line.closed(() => closed++);
    line.receive(() => {});
    for (let i = 0; i < 100; i++) line.post(event('x'.repeat(400)));
    expect(sent).toHaveLength(4);
    expect(closed).toBe(1);
    say(100_000);
    line.post(event('late'));
    expect(sent).toHaveLength(4);
    expect(closed).toBe(1);
  });

  it('goes on for ever with a reader that says how far it is', () => {
    const { port, sent, say } = handPort();
    const line = portTransport(port, { message: 1_000, backlog: 2_000 });
    line.receive(() => {});
    for (let i = 0; i < 1_000; i++) {
      line.post(event('x'.repeat(400)));
      say((sent.at(-1) as string).length);
    }
    expect(sent).toHaveLength(1_000);
  });

  it('says how far it has read, in steps', () => {
    const { port, sent, say } = handPort();
    let heard = 0;
    portTransport(port).receive(() => heard++);
    const text = JSON.stringify(event('x'.repeat(40_000)));
    for (let i = 0; i < 4; i++) say(text);
    expect(heard).toBe(4);
    expect(sent).toEqual([2 * text.length, 2 * text.length]);
  });

  it('is not fooled by false acknowledgements', () => {
    const { port, sent, say } = handPort();
    const line = portTransport(port, { message: 1_000, backlog: 1_000 });
    line.receive(() => {});
    for (const odd of [Number.NaN, -1e9, Number.NEGATIVE_INFINITY]) say(odd);
    for (let i = 0; i < 5; i++) line.post(event('x'.repeat(400)));
    expect(sent).toHaveLength(2);
  });

  it('hands on what is no message as null, and cuts off what is too long', () => {
    const { port, say } = handPort();
    const line = portTransport(port, { message: 100, backlog: 1_000 });
    const heard: unknown[] = [];
    let closed = 0;
    line.receive((message) => heard.push(message));
    line.closed(() => closed++);
    for (const odd of ['{', {}, null, undefined, new Uint8Array(4), 'null']) say(odd);
    expect(heard).toEqual([null, null, null, null, null, null]);
    say(`"${'x'.repeat(200)}"`);
    expect(closed).toBe(1);
    expect(heard).toHaveLength(6);
  });

  it('tells its end once, also to who asks late', () => {
    const { port, end } = handPort();
    const line = portTransport(port);
    let told = 0;
    line.closed(() => told++);
    end();
    end();
    line.close();
    expect(told).toBe(1);
    line.closed(() => told++);
    expect(told).toBe(2);
  });
});
