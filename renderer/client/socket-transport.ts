import { framesOf, Reassembly } from '#shared/client/frames.ts';
import type { Message, Transport } from '#shared/contract/messages.ts';

/** The longest message that the local page sends, in characters. */
const longestMessage = 96 * 1024 * 1024;

async function sessionToken(): Promise<string> {
  const answer = await fetch('./session', { method: 'POST', headers: { 'x-runboard': '1' } });
  if (!answer.ok) throw new Error(`the local page refused the session (${answer.status})`);
  return ((await answer.json()) as { token: string }).token;
}

/** The line of the local page: a WebSocket to where the page came from, opened with the token of this session. */
export async function openSocket(): Promise<Transport> {
  const token = await sessionToken();
  const address = new URL('./line', location.href);
  address.protocol = address.protocol.replace('http', 'ws');
  const socket = new WebSocket(address, ['runboard', `key.${token}`]);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', () => reject(new Error('the line could not be opened')), { once: true });
  });
  const reassembly = new Reassembly(longestMessage);
  return {
    post: (message) => {
      for (const frame of framesOf(JSON.stringify(message))) socket.send(frame);
    },
    receive: (listener) =>
      socket.addEventListener('message', (event) => {
        const taken = reassembly.take(String(event.data));
        if (taken === 'too-long') socket.close();
        else if (taken !== null) listener(JSON.parse(taken.text) as Message);
      }),
    closed: (listener) => socket.addEventListener('close', () => listener(), { once: true }),
    close: () => socket.close(),
  };
}
