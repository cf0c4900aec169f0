/** The library as it is now: the current experiences in memory, their history, uses and keys in SQLite. */
import { changedId, makesRevision, nextRevision } from '../core/experience/changes.js';
import type { Experience } from '../core/experience/experience.js';
import {
	type AppliedChange,
	type ChangeRequest,
	LibraryError,
	type LibraryOp,
	type Revision,
	type UseCount,
	type UseRecord,
} from '../core/experience/store.js';
import type { RecentChange } from './calls.js';
import type { JournalRecord } from './journal.js';
import { type Row, type SqliteDatabase, SqliteError, utf8 } from './sqlite.js';
import { isStored, opOf } from './stored.js';

/** Who made a change, and when. */
type Stamp = Pick<JournalRecord, 'by' | 'at'>;

/** A revision that can be taken back. */
export interface Undoable {
	readonly id: string;
	/** The revision before it; 0 where there was none. */
	readonly to: number;
}

export class LibraryState {
	private readonly current = new Map<string, Experience>();
	/** What `current` held before the changes of the open transaction. */
	private before: [string, Experience | undefined][] = [];

	/** Reads all experiences. @throws {SqliteError} where the database is not sound */
	constructor(private readonly database: SqliteDatabase) {
		for (const row of database.rows('SELECT id, json FROM experiences ORDER BY seq')) {
			const experience: unknown = JSON.parse(row.text(1));
			if (!isStored(experience) || experience.id !== row.text(0)) {
				throw new SqliteError(`The row of experience ${row.text(0)} holds something else.`);
			}
			this.current.set(experience.id, experience);
		}
	}

	/** In order of creation. */
	get experiences(): ReadonlyMap<string, Experience> {
		return this.current;
	}

	/** All that `work` changes, or nothing where it throws. */
	transaction<Result>(work: () => Result): Result {
		this.before = [];
		this.database.script('BEGIN');
		try {
			const result = work();
			this.database.script('COMMIT');
			return result;
		} catch (error) {
			this.database.script('ROLLBACK');
			for (const [id, experience] of this.before.reverse()) {
				if (experience) this.current.set(id, experience);
				else this.current.delete(id);
			}
			throw error;
		} finally {
			this.before = [];
		}
	}

	/** Applies a change by the rules. Inside of a transaction. @throws {LibraryError} */
	apply({ change, by, key }: ChangeRequest, at: string): AppliedChange {
		const known = key === undefined ? undefined : this.appliedBy(key);
		if (known) return known;
		const experience = nextRevision(this.current.get(changedId(change)), change, at, (rev) =>
			this.revision(changedId(change), rev),
		);
		const fresh = this.write(change, experience, { by, at });
		const applied: AppliedChange = { id: experience.id, op: change.op, rev: experience.rev, fresh };
		if (key !== undefined) this.remember(key, applied);
		return applied;
	}

	/**
	 * Applies a change that was acknowledged before. Where a damaged line before it makes the rules fail, a change that
	 * carries the whole experience is kept nevertheless.
	 * @returns why the change could not be applied
	 */
	replay({ change, by, at, key }: JournalRecord): string | undefined {
		try {
			this.apply({ change, by, ...(key === undefined ? {} : { key }) }, at);
			return undefined;
		} catch (error) {
			if (!(error instanceof LibraryError)) throw error;
			if (change.op !== 'edit' && change.op !== 'merge') return error.message;
			const rev = Math.max(change.baseRev, this.current.get(change.experience.id)?.rev ?? 0) + 1;
			const experience: Experience = { ...change.experience, rev, updatedAt: at };
			this.write(change, experience, { by, at });
			if (key !== undefined) this.remember(key, { id: experience.id, op: change.op, rev, fresh: true });
			return undefined;
		}
	}

	appliedBy(key: string): AppliedChange | undefined {
		const row = this.database.first('SELECT id, op, rev FROM keys WHERE key = ?', [key]);
		return row && { id: row.text(0), op: opOf(row.text(1)), rev: row.number(2), fresh: false };
	}

	history(id: string): readonly Revision[] {
		const sql = 'SELECT rev, op, by, at, reason, json FROM revisions WHERE id = ? ORDER BY seq';
		return [...this.database.rows(sql, [id])].map((row) => this.revisionOf(id, row));
	}

	/** The newest changes of content or status, newest first. */
	recent(limit: number): readonly Omit<RecentChange, 'title'>[] {
		const sql = 'SELECT id, rev, op, by, at, reason FROM revisions ORDER BY seq DESC LIMIT ?';
		return [...this.database.rows(sql, [limit])].map((row) => ({
			id: row.text(0),
			rev: row.number(1),
			op: opOf(row.text(2)),
			by: row.text(3),
			at: row.text(4),
			reason: row.optionalText(5),
		}));
	}

	/** The newest change of content or status that was not taken back yet. */
	lastUndoable(): Undoable | undefined {
		const row = this.database.first(
			`SELECT id, (SELECT max(rev) FROM revisions b WHERE b.id = r.id AND b.rev < r.rev) FROM revisions r
			WHERE op <> 'undo' AND NOT EXISTS (
				SELECT 1 FROM revisions u WHERE u.id = r.id AND u.rev > r.rev AND u.op = 'undo' AND u.undo_to < r.rev
			) ORDER BY seq DESC LIMIT 1`,
		);
		return row && { id: row.text(0), to: row.optionalNumber(1) ?? 0 };
	}

	/** How often an experience was in a prompt; `withheld` uses were in none and do not count. */
	uses(id: string): UseCount {
		const used = this.database.first('SELECT count(*), total(solved) FROM uses WHERE id = ? AND withheld = 0', [id]);
		const sql = 'SELECT total(helpful), count(*) FROM feedback WHERE id = ?';
		const feedback = this.database.first(sql, [id]);
		const helpful = feedback?.number(0) ?? 0;
		return {
			used: used?.number(0) ?? 0,
			solved: used?.number(1) ?? 0,
			helpful,
			unhelpful: (feedback?.number(1) ?? 0) - helpful,
		};
	}

	/** The same for all experiences that were used or rated. */
	usesOfAll(): ReadonlyMap<string, UseCount> {
		const counts = new Map<string, UseCount>();
		const used = 'SELECT id, count(*), total(solved) FROM uses WHERE withheld = 0 GROUP BY id';
		for (const row of this.database.rows(used)) {
			counts.set(row.text(0), { used: row.number(1), solved: row.number(2), helpful: 0, unhelpful: 0 });
		}
		const rated = 'SELECT id, count(*), total(helpful) FROM feedback GROUP BY id';
		for (const row of this.database.rows(rated)) {
			const before = counts.get(row.text(0)) ?? { used: 0, solved: 0 };
			const helpful = row.number(2);
			counts.set(row.text(0), { ...before, helpful, unhelpful: row.number(1) - helpful });
		}
		return counts;
	}

	/** How many revisions there are, and uses in a prompt. */
	counts(): { readonly revisions: number; readonly uses: number } {
		const sql = 'SELECT (SELECT count(*) FROM revisions), (SELECT count(*) FROM uses WHERE withheld = 0)';
		const row = this.database.first(sql);
		return { revisions: row?.number(0) ?? 0, uses: row?.number(1) ?? 0 };
	}

	/** The whole as a database file that says where in which journal it stands. */
	snapshot(gen: number, offset: number): Uint8Array {
		const sql = 'INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)';
		this.database.run(sql, ['gen', String(gen)]);
		this.database.run(sql, ['offset', String(offset)]);
		return this.database.export();
	}

	close(): void {
		this.database.close();
	}

	private write(change: LibraryOp, experience: Experience, stamp: Stamp): boolean {
		if (change.op === 'use') return this.writeUse(change.id, change.use, stamp);
		if (change.op === 'feedback') {
			const sql = 'INSERT INTO feedback (id, helpful, note, by, at) VALUES (?, ?, ?, ?, ?)';
			this.database.run(sql, [change.id, change.helpful ? 1 : 0, change.note ?? null, stamp.by, stamp.at]);
			return true;
		}
		if (makesRevision(change)) this.writeRevision(change, experience, stamp);
		return true;
	}

	private writeUse(id: string, use: UseRecord, { at }: Stamp): boolean {
		this.database.run('INSERT OR IGNORE INTO uses VALUES (?, ?, ?, ?, ?, ?, ?, ?)', [
			id,
			use.run,
			use.problem,
			use.epoch,
			use.rollout,
			use.solved ? 1 : 0,
			use.withheld ? 1 : 0,
			at,
		]);
		return this.database.changes > 0;
	}

	private writeRevision(change: LibraryOp, experience: Experience, { by, at }: Stamp): void {
		const { id, rev } = experience;
		const previous = this.current.get(id);
		if (previous) {
			const keep =
				'UPDATE revisions SET json = (SELECT json FROM experiences WHERE id = ?1) WHERE id = ?1 AND rev = ?2';
			this.database.run(keep, [id, previous.rev]);
		}
		this.writeExperience(experience);
		const undoTo = change.op === 'undo' ? change.to : null;
		const reason = 'reason' in change ? (change.reason ?? null) : null;
		const insert = 'INSERT INTO revisions (id, rev, op, undo_to, by, at, reason) VALUES (?, ?, ?, ?, ?, ?, ?)';
		this.database.run(insert, [id, rev, change.op, undoTo, by, at, reason]);
		this.before.push([id, previous]);
		this.current.set(id, experience);
	}

	private writeExperience(experience: Experience): void {
		const { id, rev, zone, status, priority, title, patterns, cases, createdAt, updatedAt } = experience;
		this.database.run(
			`INSERT INTO experiences
			(id, rev, zone, status, priority, title, patterns, cases, created_at, updated_at, json)
			VALUES (?, ?, ?, ?, ?, CAST(? AS TEXT), ?, ?, ?, ?, CAST(? AS TEXT))
			ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, zone = excluded.zone, status = excluded.status,
			priority = excluded.priority, title = excluded.title, patterns = excluded.patterns, cases = excluded.cases,
			created_at = excluded.created_at, updated_at = excluded.updated_at, json = excluded.json`,
			[
				id,
				rev,
				zone,
				status,
				priority,
				utf8(title),
				patterns.length,
				cases.length,
				createdAt,
				updatedAt,
				utf8(JSON.stringify(experience)),
			],
		);
	}

	private remember(key: string, { id, op, rev }: AppliedChange): void {
		this.database.run('INSERT OR IGNORE INTO keys (key, id, op, rev) VALUES (?, ?, ?, ?)', [key, id, op, rev]);
	}

	private revision(id: string, rev: number): Revision | undefined {
		const sql = 'SELECT rev, op, by, at, reason, json FROM revisions WHERE id = ? AND rev = ?';
		const row = this.database.first(sql, [id, rev]);
		return row && this.revisionOf(id, row);
	}

	private revisionOf(id: string, row: Row): Revision {
		const json = row.optionalText(5);
		const experience: unknown = json === undefined ? this.current.get(id) : JSON.parse(json);
		if (!isStored(experience)) throw new SqliteError(`A revision of experience ${id} holds something else.`);
		const reason = row.optionalText(4);
		return {
			rev: row.number(0),
			op: opOf(row.text(1)),
			by: row.text(2),
			at: row.text(3),
			...(reason === undefined ? {} : { reason }),
			experience,
		};
	}
}
