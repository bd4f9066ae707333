import { framesOf, Reassembly } from '#shared/client/frames.ts';
import type { Message, Transport } from '#shared/contract/messages.ts';
import type { WebSocket } from 'ws';

export interface SocketLimits {
  /** Longest message, in characters: the largest design with room to spare. */
  readonly message: number;
  /** What may wait to be sent, in bytes, before a slow reader is let go. */
  readonly backlog: number;
}

const usual: SocketLimits = { message: 96 * 1024 * 1024, backlog: 256 * 1024 * 1024 };

/** Longest frame that a socket takes, in bytes: longer messages come in pieces. */
export const frameBytes = 1024 * 1024;

/** A line over a WebSocket: one JSON text per message, in pieces where it is long. What is no JSON is handed on as null and refused there. */
export function socketTransport(socket: WebSocket, limits = usual): Transport {
  const reassembly = new Reassembly(limits.message);
  return {
    post: (message) => {
      if (socket.readyState !== socket.OPEN) return;
      const text = JSON.stringify(message);
      if (text.length > limits.message || socket.bufferedAmount + text.length > limits.backlog) socket.terminate();
      else for (const frame of framesOf(text)) socket.send(frame);
    },
    receive: (listener) => {
      socket.on('message', (data: Buffer, binary: boolean) => {
        const taken = reassembly.take(binary ? '' : data.toString('utf8'));
        if (taken === 'too-long') socket.terminate();
        else if (taken !== null) listener(parsed(taken.text));
      });
    },
    closed: (listener) => {
      socket.once('close', () => listener());
    },
    close: () => socket.close(),
  };
}

function parsed(text: string): Message {
  try {
    return JSON.parse(text) as Message;
  } catch {
    return null as unknown as Message;
  }
}
