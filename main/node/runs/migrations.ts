/** Numbered steps of runs.db: step n brings user_version from n to n + 1, in one transaction. Never changed once released. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    status TEXT NOT NULL CHECK (status IN ('running', 'done', 'failed', 'cancelled', 'interrupted')),
    design_title TEXT NOT NULL,
    design_path TEXT,
    design_digest TEXT NOT NULL,
    design_json TEXT NOT NULL,
    data_name TEXT NOT NULL,
    data_path TEXT,
    data_fingerprint TEXT NOT NULL,
    seed INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    environment TEXT NOT NULL,
    process INTEGER NOT NULL,
    error TEXT
  ) STRICT;
  CREATE TABLE nodes (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    node TEXT NOT NULL,
    position INTEGER NOT NULL,
    component TEXT NOT NULL,
    status TEXT NOT NULL,
    key TEXT NOT NULL,
    parts TEXT,
    fit_millis REAL,
    apply_millis REAL,
    memory_bytes REAL,
    p50 REAL,
    p95 REAL,
    p99 REAL,
    result TEXT NOT NULL,
    PRIMARY KEY (run, node)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX nodes_by_key ON nodes (key, status);
  CREATE INDEX nodes_by_node ON nodes (node, run);
  CREATE TABLE metrics (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    node TEXT NOT NULL,
    part TEXT NOT NULL,
    metric TEXT NOT NULL,
    dialect TEXT NOT NULL,
    value REAL,
    low REAL,
    high REAL,
    n INTEGER NOT NULL,
    origin TEXT NOT NULL,
    PRIMARY KEY (run, node, part, metric)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE logs (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    node TEXT NOT NULL,
    line INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (run, node, line)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE lineage (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    node TEXT NOT NULL,
    port TEXT NOT NULL,
    position INTEGER NOT NULL,
    from_node TEXT NOT NULL,
    from_port TEXT NOT NULL,
    from_key TEXT NOT NULL,
    PRIMARY KEY (run, node, port, position)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE user_values (
    key TEXT NOT NULL,
    metric TEXT NOT NULL,
    users BLOB NOT NULL,
    amounts BLOB NOT NULL,
    PRIMARY KEY (key, metric)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE artefacts (
    key TEXT PRIMARY KEY,
    digest TEXT NOT NULL,
    bytes INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE runs ADD COLUMN sweep INTEGER NOT NULL DEFAULT 0 CHECK (sweep IN (0, 1));
  `,
];
