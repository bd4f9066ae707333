import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { peekSqlite } from './peek-sqlite.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'runboard-peek-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a look at a SQLite file', () => {
  it('shows tables with columns and first rows, largest first, and leaves the file as it is', () => {
    const path = join(folder, 'shop "x".sqlite');
    const db = new Database(path);
    db.exec('CREATE TABLE "odd ""name" (id INTEGER PRIMARY KEY, picture BLOB, note TEXT)');
    db.exec('CREATE TABLE plays (who TEXT, what TEXT, big INTEGER)');
    db.prepare('INSERT INTO "odd ""name" VALUES (1, ?, NULL)').run(Buffer.from([1, 2, 3]));
    for (let at = 0; at < 20; at++) db.prepare('INSERT INTO plays VALUES (?, ?, ?)').run(`u${at}`, 'song', at);
    db.close();
    const before = readFileSync(path);
    const { tables, notes } = peekSqlite(path);
    expect(tables.map(({ name, rows }) => [name, rows.length])).toEqual([
      ['plays', 8],
      ['odd "name', 1],
    ]);
    expect(tables[0].columns).toEqual(['who', 'what', 'big'].map((name) => ({ name, role: null })));
    expect(tables[1].rows[0]).toEqual([1, '3 bytes', null]);
    expect(notes[0]).toBe('plays has 20 rows, odd "name has 1 row.');
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('takes nothing that a file computes, and of long cells only the beginning', () => {
    const path = join(folder, 'hostile.sqlite');
    const db = new Database(path);
    db.exec("CREATE TABLE t (a TEXT, bomb AS (zeroblob(1000)), upper AS (a || '!'), b TEXT)");
    db.exec('CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x FROM n) SELECT x FROM n');
    db.prepare('INSERT INTO t VALUES (?, ?)').run('x', 'y'.repeat(5_000));
    db.close();
    const { tables } = peekSqlite(path);
    expect(tables).toHaveLength(1);
    expect(tables[0].columns.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(tables[0].rows).toEqual([['x', 'y'.repeat(1_000)]]);
  });

  it('refuses what is no SQLite file, and one without tables', () => {
    const text = join(folder, 'text.db');
    writeFileSync(text, 'hello');
    expect(() => peekSqlite(text)).toThrow(/SQLite/i);
    const empty = join(folder, 'empty.db');
    const db = new Database(empty);
    db.exec('CREATE TABLE t (a); DROP TABLE t;');
    db.close();
    expect(() => peekSqlite(empty)).toThrow('has no tables');
  });
});
