import { randomBytes } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Every file of the built window by its exact address: what is not in this list does not exist. */
export function readPage(folder: string): ReadonlyMap<string, PageFile> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    names.flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const type = types[extname(path)];
      return type === undefined
        ? []
        : [
            [
              `/${path
                .slice(folder.length + 1)
                .split(sep)
                .join('/')}`,
              { type, bytes: readFileSync(path) },
            ] as const,
          ];
    }),
  );
}

/** What the page may do: its own scripts, styles, fonts and line; nothing from elsewhere, nothing inline but by nonce. */
function policy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

export function newNonce(): string {
  return randomBytes(16).toString('base64');
}

/** Headers of every answer, refusals included, whatever carries it. */
export function guardHeaders(nonce: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': policy(nonce),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}

export function guard(response: ServerResponse, nonce = newNonce()): string {
  for (const [name, value] of Object.entries(guardHeaders(nonce))) response.setHeader(name, value);
  return nonce;
}

/** What is sent of a file: the page itself is told the nonce that its editors put on their styles. */
export function bytesOf(file: PageFile, nonce: string): Buffer {
  return file.type.startsWith('text/html')
    ? Buffer.from(file.bytes.toString('utf8').replace('__STYLE_NONCE__', nonce))
    : file.bytes;
}

/** Sends a file of the window. */
export function sendFile(response: ServerResponse, file: PageFile, nonce: string, head: boolean): void {
  const bytes = bytesOf(file, nonce);
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': bytes.length });
  response.end(head ? undefined : bytes);
}
