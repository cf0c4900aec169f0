/** SQLite in memory (sql.js): opening, statements that are prepared once, and rows read with their types checked. */
import { readFileSync } from 'node:fs';
import initSqlJs, { type Database, type SqlJsStatic, type SqlValue, type Statement } from 'sql.js';

export type { SqlValue } from 'sql.js';

let loading: Promise<SqlJsStatic> | undefined;

/** The engine. sql.js keeps the first module that it loaded and ignores later options, hence one promise for all. */
export function loadSqlite(wasmFile: string): Promise<SqlJsStatic> {
	loading ??= readWasm(wasmFile).catch((error: unknown) => {
		loading = undefined;
		throw error;
	});
	return loading;
}

async function readWasm(wasmFile: string): Promise<SqlJsStatic> {
	const bytes = readFileSync(wasmFile);
	return initSqlJs({ wasmBinary: new Uint8Array(bytes).buffer });
}

/** A column did not hold what the schema says, or the file is no sound database. */
export class SqliteError extends Error {
	override readonly name = 'SqliteError';
}

/** One row, read column by column. */
export class Row {
	constructor(private readonly values: readonly SqlValue[]) {}

	/** @throws {SqliteError} */
	text(column: number): string {
		const value = this.values[column];
		if (typeof value !== 'string') throw new SqliteError(`Column ${column} holds no text.`);
		return value;
	}

	/** @throws {SqliteError} */
	number(column: number): number {
		const value = this.values[column];
		if (typeof value !== 'number') throw new SqliteError(`Column ${column} holds no number.`);
		return value;
	}

	/** @throws {SqliteError} */
	optionalText(column: number): string | undefined {
		return this.values[column] === null ? undefined : this.text(column);
	}

	/** @throws {SqliteError} */
	optionalNumber(column: number): number | undefined {
		return this.values[column] === null ? undefined : this.number(column);
	}
}

export class SqliteDatabase {
	private readonly database: Database;
	private readonly statements = new Map<string, Statement>();

	/** @param bytes a database file; without it, an empty database. */
	constructor(engine: SqlJsStatic, bytes?: Uint8Array) {
		this.database = new engine.Database(bytes);
		// All lies in memory; the journal beside it is what makes a change durable.
		this.database.run('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;');
	}

	/** Runs one prepared statement. Long texts come as `utf8(text)`, under `CAST(? AS TEXT)`. */
	run(sql: string, values: SqlValue[] = []): void {
		this.prepared(sql).run(values);
	}

	/** Runs several statements that take no values. */
	script(sql: string): void {
		this.database.run(sql);
	}

	*rows(sql: string, values: SqlValue[] = []): Generator<Row, void> {
		const statement = this.prepared(sql);
		statement.bind(values);
		try {
			while (statement.step()) yield new Row(statement.get());
		} finally {
			statement.reset();
		}
	}

	first(sql: string, values: SqlValue[] = []): Row | undefined {
		for (const row of this.rows(sql, values)) return row;
		return undefined;
	}

	/** Rows that the last statement changed. */
	get changes(): number {
		return this.database.getRowsModified();
	}

	/** The whole as a database file; only outside of a transaction. */
	export(): Uint8Array {
		return this.database.export();
	}

	close(): void {
		this.statements.clear();
		this.database.close();
	}

	private prepared(sql: string): Statement {
		let statement = this.statements.get(sql);
		if (!statement) {
			statement = this.database.prepare(sql);
			this.statements.set(sql, statement);
		}
		return statement;
	}
}

/** A text as bytes: binding strings is sql.js's slow path, binding bytes is seven times faster. */
export function utf8(text: string): Uint8Array {
	return Buffer.from(text, 'utf8');
}
