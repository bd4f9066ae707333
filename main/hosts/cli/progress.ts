import type { Client } from '#shared/client/client.ts';
import type { RunEvent } from '#shared/contract/results.ts';
import { millisText } from '#shared/documents/numbers.ts';
import { visible } from '#shared/documents/tree.ts';
import type { WriteStream } from 'node:tty';
import { cut, paint } from './text.ts';

export interface Progress {
  /** A line that stays. */
  say(text: string): void;
  /** Takes the live line away. */
  clear(): void;
}

interface Going {
  readonly since: number;
  share: number;
  note: string;
  secondsLeft: number | null;
}

/** Without a terminal a line is said at most this often, besides one per finished node. */
const sparseMillis = 10_000;
const liveMillis = 80;

/** Shows on standard error what goes on: one live line on a terminal, few lines elsewhere. */
export function openProgress(client: Client, stream: WriteStream | NodeJS.WriteStream): Progress {
  const live = stream.isTTY === true && process.env['TERM'] !== 'dumb';
  const going = new Map<string, Going>();
  let total = 0;
  let finished = 0;
  let shown = false;
  let last = 0;

  const clear = (): void => {
    if (shown) stream.write('\r\u001b[2K');
    shown = false;
  };
  const say = (text: string): void => {
    clear();
    stream.write(`${text}\n`);
  };
  const show = (text: string): void => {
    const now = performance.now();
    if (now - last < (live ? liveMillis : sparseMillis)) return;
    last = now;
    if (!live) return say(text);
    stream.write(`\r\u001b[2K${cut(text, Math.max(20, (stream.columns ?? 80) - 1))}`);
    shown = true;
  };

  client.on('work', ({ what, share, note }) => show(`${visible(what)} ${percent(share)} ${visible(note)}`.trimEnd()));
  client.on('run', (event) => {
    if (event.type === 'run-started') {
      total = event.nodes.length;
      finished = 0;
      last = performance.now();
    } else if (event.type === 'node-started') {
      going.set(event.node, { since: performance.now(), share: 0, note: '', secondsLeft: null });
    } else if (event.type === 'node-progress') {
      const one = going.get(event.node);
      if (one !== undefined)
        Object.assign(one, { share: event.share, note: event.note, secondsLeft: event.secondsLeft });
      show(liveLine(going, finished, total));
    } else if (event.type === 'node-finished') {
      going.delete(event.node);
      finished++;
      if (event.result.status !== 'skipped') say(`  ${finishedLine(event, finished, total, stream)}`);
    } else if (event.type === 'run-finished') {
      clear();
    }
  });
  return { say, clear };
}

function percent(share: number): string {
  return `${Math.round(Math.min(1, Math.max(0, share)) * 100)} %`;
}

function liveLine(going: ReadonlyMap<string, Going>, finished: number, total: number): string {
  // Nodes that wait for a thread have said nothing yet.
  const heard = [...going.entries()].filter(([, one]) => one.share > 0 || one.note !== '');
  const nodes = heard.map(([node, one]) => {
    const left = one.secondsLeft === null ? '' : `, ${millisText(one.secondsLeft * 1000)} left`;
    return `${node} ${percent(one.share)}${one.note === '' ? '' : ` ${visible(one.note)}`}${left}`;
  });
  return `  ${finished} of ${total} done · ${visible(nodes.join(' · '))}`;
}

function finishedLine(
  event: Extract<RunEvent, { type: 'node-finished' }>,
  finished: number,
  total: number,
  stream: NodeJS.WriteStream,
): string {
  const { result } = event;
  const colour = paint(stream);
  const marks = {
    done: colour('green', '✓'),
    reused: colour('gray', '↺'),
    failed: colour('red', '✕'),
    cancelled: colour('yellow', '■'),
    skipped: '–',
  };
  const millis = (result.fitMillis ?? 0) + (result.applyMillis ?? 0);
  const took =
    result.status === 'done'
      ? colour('gray', ` ${millisText(millis)}`)
      : result.status === 'reused'
        ? colour('gray', ' reused')
        : ` ${result.status}`;
  return `${marks[result.status]} ${String(finished).padStart(String(total).length)}/${total} ${visible(result.title)}${took}`;
}
