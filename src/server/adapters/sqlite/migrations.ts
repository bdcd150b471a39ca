/**
 * The numbered steps from an empty file to today's tables. A step that has shipped never changes; a new one is added.
 * The dialect stays with what PostgreSQL speaks as well: bigint, text, bytea (BLOB here), returning, on conflict.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE cover (hash TEXT PRIMARY KEY, mime_type TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE track (
    id TEXT PRIMARY KEY,
    sort_key TEXT NOT NULL,
    source TEXT NOT NULL,
    title TEXT NOT NULL,
    artist TEXT NOT NULL,
    album TEXT,
    genre TEXT,
    year INTEGER,
    taste REAL NOT NULL,
    has_cover INTEGER NOT NULL,
    cover_hash TEXT REFERENCES cover (hash),
    tempo_bpm REAL NOT NULL,
    tempo_confidence REAL NOT NULL,
    confident INTEGER NOT NULL,
    music_key TEXT,
    key_confidence REAL NOT NULL,
    loudness_lufs REAL NOT NULL,
    true_peak_dbtp REAL NOT NULL,
    energy REAL NOT NULL,
    duration_s REAL NOT NULL,
    beats BLOB NOT NULL,
    downbeats BLOB NOT NULL
  ) STRICT;
  CREATE INDEX track_by_sort_key ON track (sort_key);
  CREATE INDEX track_by_cover ON track (cover_hash);
  CREATE TABLE library_file (
    path TEXT PRIMARY KEY,
    size_bytes INTEGER NOT NULL,
    modified_ms REAL NOT NULL,
    track_id TEXT REFERENCES track (id),
    reason TEXT
  ) STRICT;
  CREATE INDEX library_file_by_track ON library_file (track_id);
  CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, password_hash TEXT) STRICT;
  CREATE TABLE session (
    token_hash TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    expires_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX session_by_person ON session (person_id);
  CREATE TABLE athlete (person_id TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
  CREATE TABLE workout (
    person_id TEXT NOT NULL,
    id TEXT NOT NULL,
    finished INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (person_id, id)
  ) STRICT;
  CREATE TABLE workout_chunk (
    person_id TEXT NOT NULL,
    workout_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (person_id, workout_id, sequence)
  ) STRICT;
  CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE class_plan (id TEXT PRIMARY KEY, plan TEXT NOT NULL) STRICT;
  `,
  `
  CREATE TABLE consent (
    person_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    granted INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    wording_version INTEGER NOT NULL,
    PRIMARY KEY (person_id, sequence)
  ) STRICT;
  `,
  `
  CREATE TABLE data_key (
    person_id TEXT NOT NULL,
    category TEXT NOT NULL,
    generation INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (person_id, category, generation)
  ) STRICT;
  `,
  `
  CREATE TABLE oauth_record (
    model TEXT NOT NULL,
    id_hash TEXT NOT NULL,
    grant_hash TEXT,
    uid_hash TEXT,
    user_code_hash TEXT,
    client_id TEXT,
    person_id TEXT,
    expires_at_ms INTEGER,
    consumed_at_ms INTEGER,
    sealed BLOB NOT NULL,
    PRIMARY KEY (model, id_hash)
  ) STRICT;
  CREATE INDEX oauth_record_by_grant ON oauth_record (grant_hash);
  CREATE INDEX oauth_record_by_uid ON oauth_record (uid_hash);
  CREATE INDEX oauth_record_by_user_code ON oauth_record (user_code_hash);
  CREATE INDEX oauth_record_by_person ON oauth_record (person_id);
  CREATE INDEX oauth_record_by_expiry ON oauth_record (expires_at_ms);
  `,
  `
  CREATE TABLE app_usage (
    person_id TEXT NOT NULL,
    app_id TEXT NOT NULL,
    category TEXT NOT NULL,
    hour_ms INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (person_id, app_id, category, hour_ms)
  ) STRICT;
  CREATE TABLE app_anomaly (
    person_id TEXT NOT NULL,
    app_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    ordinary_bytes INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX app_anomaly_by_person ON app_anomaly (person_id, at_ms);
  CREATE TABLE webhook (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL,
    app_id TEXT,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX webhook_by_person ON webhook (person_id);
  CREATE TABLE webhook_delivery (
    id TEXT PRIMARY KEY,
    webhook_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    app_id TEXT,
    url TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at_ms INTEGER NOT NULL,
    failure TEXT,
    created_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX webhook_delivery_by_person ON webhook_delivery (person_id, created_at_ms);
  CREATE INDEX webhook_delivery_by_time ON webhook_delivery (state, next_at_ms);
  `,
  `
  ALTER TABLE session ADD COLUMN created_at_ms INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE session ADD COLUMN last_used_at_ms INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
  CREATE TABLE device (
    person_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    PRIMARY KEY (person_id, token_hash)
  ) STRICT;
  CREATE TABLE invitation (
    id TEXT PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    expires_at_ms INTEGER NOT NULL
  ) STRICT;
  `,
  `
  CREATE TABLE audit (
    person_id TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    at_ms INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    category TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (person_id, sequence)
  ) STRICT;
  `,
  // Taste is a person's, and sealed: what was kept with the track waits here until the server has sealed it for the owner.
  `
  CREATE TABLE taste (
    person_id TEXT NOT NULL,
    id TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (person_id, id)
  ) STRICT;
  CREATE TABLE earlier_taste (track_id TEXT PRIMARY KEY, taste REAL NOT NULL) STRICT;
  INSERT INTO earlier_taste (track_id, taste) SELECT id, taste FROM track WHERE taste <> 0.5;
  ALTER TABLE track DROP COLUMN taste;
  `,
  `
  CREATE TABLE kept_grid (
    track_id TEXT PRIMARY KEY,
    origin TEXT NOT NULL,
    beats BLOB NOT NULL,
    downbeats BLOB NOT NULL
  ) STRICT;
  CREATE TABLE sound (
    track_id TEXT PRIMARY KEY REFERENCES track (id) ON DELETE CASCADE,
    audio_hash TEXT NOT NULL,
    fingerprint BLOB NOT NULL
  ) STRICT;
  CREATE INDEX sound_by_audio ON sound (audio_hash);
  `,
  `
  ALTER TABLE person ADD COLUMN asks_passkey INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE passkey (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL,
    credential_id TEXT NOT NULL UNIQUE,
    host_name TEXT NOT NULL,
    name TEXT NOT NULL,
    public_key BLOB NOT NULL,
    counter INTEGER NOT NULL,
    transports TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    last_used_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX passkey_by_person ON passkey (person_id);
  `,
  `
  CREATE TABLE retention (
    person_id TEXT PRIMARY KEY,
    series_months INTEGER,
    workouts_months INTEGER,
    applies_from_ms INTEGER NOT NULL
  ) STRICT;
  `,
  // Own classes are a person's, and sealed: those in clear wait in class_plan until the server has sealed them for the owner.
  `
  CREATE TABLE own_class (
    person_id TEXT NOT NULL,
    id TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (person_id, id)
  ) STRICT;
  `,
  `
  ALTER TABLE app_usage ADD COLUMN row_count INTEGER NOT NULL DEFAULT 0;
  `,
  `
  CREATE TABLE embedding (
    model TEXT NOT NULL,
    text TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (model, text)
  ) STRICT;
  `,
];
