// A process that looks at every page of a SQLite file, says what it found, and ends. It may be killed at any moment.
import { openReadOnly } from '../store.ts';

const path = process.argv[2];
try {
  const db = openReadOnly(path);
  process.stdout.write(String(db.pragma('quick_check(1)', { simple: true })));
} catch (thrown) {
  process.stdout.write(thrown instanceof Error ? thrown.message : String(thrown));
}
