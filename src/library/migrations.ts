/** The numbered steps that lead from an empty database, or an older one, to the schema of this program. */
import type { SqliteDatabase } from './sqlite.js';

/** Step n leads from version n to version n + 1. A step that was released never changes; new ones go to the end. */
export type Migration = string;

/**
 * `json` of `experiences` is the current revision, `json` of `revisions` an older one; the row of the current revision
 * holds none, so that nothing is stored twice. `seq` is the order of creation.
 */
const tables = `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE experiences (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL UNIQUE,
	rev INTEGER NOT NULL,
	zone TEXT NOT NULL,
	status TEXT NOT NULL,
	priority INTEGER NOT NULL,
	title TEXT NOT NULL,
	patterns INTEGER NOT NULL,
	cases INTEGER NOT NULL,
	created_at TEXT NOT NULL,
	updated_at TEXT NOT NULL,
	json TEXT NOT NULL
);
CREATE TABLE revisions (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL,
	rev INTEGER NOT NULL,
	op TEXT NOT NULL,
	undo_to INTEGER,
	by TEXT NOT NULL,
	at TEXT NOT NULL,
	reason TEXT,
	json TEXT,
	UNIQUE (id, rev)
);
CREATE TABLE uses (
	id TEXT NOT NULL,
	run TEXT NOT NULL,
	problem TEXT NOT NULL,
	epoch INTEGER NOT NULL,
	rollout INTEGER NOT NULL,
	solved INTEGER NOT NULL,
	withheld INTEGER NOT NULL,
	at TEXT NOT NULL,
	PRIMARY KEY (id, run, problem, epoch, rollout)
) WITHOUT ROWID;
CREATE TABLE feedback (
	seq INTEGER PRIMARY KEY,
	id TEXT NOT NULL,
	helpful INTEGER NOT NULL,
	note TEXT,
	by TEXT NOT NULL,
	at TEXT NOT NULL
);
CREATE INDEX feedback_of ON feedback (id);
CREATE TABLE keys (key TEXT PRIMARY KEY, id TEXT NOT NULL, op TEXT NOT NULL, rev INTEGER NOT NULL) WITHOUT ROWID;
`;

export const migrations: readonly Migration[] = [tables];

/** Runs the steps from the database's version on, each with its new version in one transaction. */
export function migrate(database: SqliteDatabase, steps: readonly Migration[] = migrations): void {
	const from = database.first('PRAGMA user_version')?.number(0) ?? 0;
	for (const [index, step] of steps.entries()) {
		if (index < from) continue;
		database.script('BEGIN');
		try {
			database.script(step);
			database.script(`PRAGMA user_version = ${index + 1}`);
			database.script('COMMIT');
		} catch (error) {
			database.script('ROLLBACK');
			throw error;
		}
	}
}
