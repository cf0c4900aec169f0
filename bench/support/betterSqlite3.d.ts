/** As much of better-sqlite3's types as the benchmarks use: the package is installed for benchmarks alone. */
declare module 'better-sqlite3' {
	namespace Database {
		interface Statement<Parameters extends unknown[], Row> {
			run(...parameters: Parameters): unknown;
			all(...parameters: Parameters): Row[];
		}
	}

	class Database {
		constructor(path: string);
		exec(sql: string): this;
		prepare<Parameters extends unknown[] = unknown[], Row = unknown>(sql: string): Database.Statement<Parameters, Row>;
		transaction(body: () => void): () => void;
		close(): void;
	}

	export default Database;
}
