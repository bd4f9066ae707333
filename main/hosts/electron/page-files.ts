import { bytesOf, guardHeaders, newNonce, type PageFile } from '#main/hosts/web/page.ts';
import { host, scheme } from './addresses.ts';

/** What of a request counts. */
export interface Asked {
  readonly url: string;
  readonly method: string;
}

function refusal(status: number, text: string): Response {
  return new Response(`${text}\n`, {
    status,
    headers: { ...guardHeaders(newNonce()), 'Content-Type': 'text/plain; charset=utf-8' },
  });
}

/** The exact address of a file in the list, or null: nothing is decoded, joined or looked up on disk. */
function pathOf(url: string): string | null {
  const start = `${scheme}://${host}/`;
  if (!url.startsWith(start)) return null;
  const path = url.slice(start.length - 1).split(/[?#]/, 1)[0];
  return path === '/' ? '/index.html' : path;
}

/** Answers a request for a part of the window from the list of its files; what is not in the list does not exist. */
export function answerPage(files: ReadonlyMap<string, PageFile>, { url, method }: Asked): Response {
  if (method !== 'GET' && method !== 'HEAD') return refusal(405, 'Only reading is possible here.');
  const path = pathOf(url);
  const file = path === null ? undefined : files.get(path);
  if (file === undefined) return refusal(404, 'There is nothing here.');
  const nonce = newNonce();
  const bytes = bytesOf(file, nonce);
  const headers = { ...guardHeaders(nonce), 'Content-Type': file.type, 'Content-Length': String(bytes.length) };
  return new Response(method === 'HEAD' ? null : new Uint8Array(bytes), { status: 200, headers });
}
