import Database from 'better-sqlite3';
import type { TextIndex } from '#shared/contract/component.ts';

/** Characters that separate words for FTS5's unicode61 tokenizer, near enough: everything but letters and digits. */
const separators = /[^\p{L}\p{N}]+/u;

/** Words of a query that are searched for: the rest changes little and costs much. */
const mostWords = 64;

/** A full-text index over documents in memory, by SQLite's FTS5 and its BM25 (k1 = 1.2, b = 0.75). */
export function openTextIndex(documents: readonly string[]): TextIndex {
  const index = new Database(':memory:');
  index.exec("CREATE VIRTUAL TABLE documents USING fts5 (body, content = '', tokenize = 'unicode61')");
  const insert = index.prepare('INSERT INTO documents (rowid, body) VALUES (?, ?)');
  index.transaction(() => documents.forEach((body, at) => insert.run(at, body)))();
  // bm25() is smaller for better; ties go to the earlier document, so that the answer never varies.
  const find = index.prepare<[string, number], { at: number; score: number }>(
    'SELECT rowid AS at, -bm25(documents) AS score FROM documents WHERE documents MATCH ? ORDER BY score DESC, rowid LIMIT ?',
  );
  return {
    search(query, count) {
      const words = [
        ...new Set(
          query
            .toLowerCase()
            .split(separators)
            .filter((word) => word !== ''),
        ),
      ].slice(0, mostWords);
      const found = words.length === 0 ? [] : find.all(words.map((word) => `"${word}"`).join(' OR '), count);
      return {
        documents: Int32Array.from(found, (row) => row.at),
        scores: Float32Array.from(found, (row) => row.score),
      };
    },
    close: () => void index.close(),
  };
}
