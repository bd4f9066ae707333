import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { RunboardError, toFailure } from '#shared/contract/failure.ts';
import type { Plain } from '#shared/contract/values.ts';
import { putTogether, takeApart } from '#shared/values/bundle.ts';
import { bytesOf } from '#shared/values/value-bytes.ts';

/**
 * Content-addressed files: blobs/ab/<sha-256> hold arrays, values/<key>.json what they make up. Arrays that many values
 * share lie there once. Every file is written beside its place and renamed, and checked against its digest when read:
 * a damaged one is set aside and counts as not kept.
 */
export class Artefacts {
  private readonly folder: string;
  private serial = 0;

  constructor(workspace: string) {
    this.folder = join(workspace, 'artefacts');
    mkdirSync(join(this.folder, 'blobs'), { recursive: true });
    mkdirSync(join(this.folder, 'values'), { recursive: true });
  }

  /** Keeps a value under a key; gives the digest of its description and the bytes of its blobs. A value above `limit` bytes is not kept: its digest is null. */
  keep(key: string, value: Plain, limit: number): { digest: string | null; bytes: number } {
    const size = bytesOf(value);
    if (size > limit) return { digest: null, bytes: size };
    let bytes = 0;
    const { json } = takeApart(value, (content) => {
      const digest = hash('sha256', content);
      bytes += content.byteLength;
      const path = this.blobPath(digest);
      if (!existsSync(path)) this.place(path, content);
      return digest;
    });
    this.place(this.valuePath(key), json);
    return { digest: hash('sha256', json), bytes };
  }

  /** The value kept under a key, or undefined where there is none or it is damaged. */
  load(key: string, digest: string): Plain | undefined {
    const path = this.valuePath(key);
    if (!existsSync(path)) return undefined;
    let json = '';
    try {
      json = readFileSync(path, 'utf8');
      if (hash('sha256', json) !== digest) throw new Error('damaged');
      return putTogether(json, (name) => this.readBlob(name));
    } catch {
      this.setAside(path);
      // All that are damaged, not the first alone: what is kept again relies on the arrays that are there.
      for (const [name] of json.matchAll(/[0-9a-f]{64}/g)) this.lookAt(name);
      return undefined;
    }
  }

  /** Sets an array aside where it is damaged. */
  private lookAt(digest: string): void {
    try {
      this.readBlob(digest);
    } catch {
      // Set aside by now, or not there.
    }
  }

  private readBlob(digest: string): Uint8Array {
    const path = this.blobPath(digest);
    const content = readFileSync(path);
    if (hash('sha256', content) !== digest) {
      this.setAside(path);
      throw new Error('damaged');
    }
    const shared = new Uint8Array(new SharedArrayBuffer(content.byteLength));
    shared.set(content);
    return shared;
  }

  private place(path: string, content: Uint8Array | string): void {
    const beside = `${path}.${process.pid}-${this.serial++}.new`;
    try {
      mkdirSync(join(path, '..'), { recursive: true });
      writeFileSync(beside, content, { flush: true });
      renameSync(beside, path);
    } catch (thrown) {
      rmSync(beside, { force: true });
      const failure = toFailure(thrown);
      throw new RunboardError(failure.code, `the result could not be kept (${failure.what})`, {
        where: this.folder,
        remedy: 'free some space, or use another workspace folder',
      });
    }
  }

  private setAside(path: string): void {
    try {
      renameSync(path, `${path}.damaged`);
    } catch {
      // Already gone: it counts as not kept either way.
    }
  }

  private blobPath(digest: string): string {
    return join(this.folder, 'blobs', digest.slice(0, 2), digest);
  }

  private valuePath(key: string): string {
    return join(this.folder, 'values', `${key}.json`);
  }
}
