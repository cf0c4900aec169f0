/** Schema steps: every earlier version leads to this one, a failing step leaves the version before it. */
import { describe, expect, it } from 'vitest';
import { migrate, migrations } from '../../../src/library/migrations.js';
import { schemaVersion } from '../../../src/library/schema.js';
import { loadSqlite, SqliteDatabase } from '../../../src/library/sqlite.js';
import { wasmFile } from './libraryFixtures.js';

async function emptyDatabase(): Promise<SqliteDatabase> {
	return new SqliteDatabase(await loadSqlite(wasmFile));
}

function versionOf(database: SqliteDatabase): number | undefined {
	return database.first('PRAGMA user_version')?.number(0);
}

function schemaOf(database: SqliteDatabase): readonly string[] {
	return [...database.rows("SELECT sql FROM sqlite_master WHERE sql <> '' ORDER BY name")].map((row) => row.text(0));
}

describe('migrations', () => {
	it.each(migrations.map((_, version) => version))('lead from version %i to the newest schema', async (version) => {
		const [stepwise, atOnce] = [await emptyDatabase(), await emptyDatabase()];
		migrate(stepwise, migrations.slice(0, version));
		expect(versionOf(stepwise)).toBe(version);
		migrate(stepwise);
		migrate(atOnce);
		expect(versionOf(stepwise)).toBe(schemaVersion);
		expect(schemaOf(stepwise)).toEqual(schemaOf(atOnce));
		expect(schemaOf(atOnce).length).toBeGreaterThan(0);
	});

	it('run once each, keep the rows, and are not run on a newer schema', async () => {
		const database = await emptyDatabase();
		const steps = ["CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('kept')", 'ALTER TABLE t ADD COLUMN b TEXT'];
		migrate(database, steps.slice(0, 1));
		migrate(database, steps);
		migrate(database, steps);
		expect(database.first('SELECT a, b FROM t')?.text(0)).toBe('kept');
		migrate(database, steps.slice(0, 1));
		expect(versionOf(database)).toBe(2);
	});

	it('leave the version before a step that fails, untouched', async () => {
		const database = await emptyDatabase();
		const steps = ['CREATE TABLE t (a TEXT)', 'CREATE TABLE u (a TEXT); INSERT INTO nowhere VALUES (1)'];
		expect(() => migrate(database, steps)).toThrow();
		expect(versionOf(database)).toBe(1);
		expect(schemaOf(database)).toEqual(['CREATE TABLE t (a TEXT)']);
	});
});
