/** Checks which files import which, against a table of rooms and of what each may import. */
import path from 'node:path';
import ts from 'typescript';

export interface House {
	/** By room; a room is a folder under `src`, or the name of a file or folder beside them. */
	readonly rooms: Readonly<Record<string, Room>>;
	/** The files that may write to the console. */
	readonly speakers: readonly string[];
}

export interface Room {
	/** Other rooms that its files may import. */
	readonly imports: readonly string[];
	/** Rooms of which they may import types only. */
	readonly types?: readonly string[];
	/** Packages that they may import; `node:` stands for all of Node. */
	readonly packages: readonly string[];
}

export interface SourceText {
	/** Relative to the project's folder, with forward slashes. */
	readonly path: string;
	readonly text: string;
}

interface Import {
	readonly specifier: string;
	readonly typeOnly: boolean;
}

/** Every import that the table does not allow, one sentence each. */
export function forbiddenImports(house: House, files: readonly SourceText[]): readonly string[] {
	return files.flatMap((file) => {
		const name = roomOf(house, file.path);
		const room = name === undefined ? undefined : house.rooms[name];
		if (name === undefined || room === undefined) return [`${file.path} is in no room of the table`];
		return importsOf(file).flatMap((found) => {
			const wrong = isRelative(found) ? wrongFile(house, name, room, file, found) : wrongPackage(room, found);
			return wrong ? [`${file.path} imports ${found.specifier}: ${wrong}`] : [];
		});
	});
}

function wrongFile(house: House, name: string, room: Room, file: SourceText, found: Import): string | undefined {
	if (!/\.(js|json)$/.test(found.specifier)) return 'relative imports end in .js';
	const target = roomOf(house, targetOf(file, found));
	if (target === undefined) return 'it is in no room of the table';
	if (target === name || room.imports.includes(target)) return undefined;
	if (found.typeOnly && room.types?.includes(target)) return undefined;
	return `${name} may not import ${target}`;
}

function wrongPackage(room: Room, { specifier }: Import): string | undefined {
	const allowed = room.packages.some((name) =>
		name.endsWith(':') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
	);
	return allowed ? undefined : 'this package is not allowed here';
}

/** Every circle of imports between files, as the way once around. */
export function importCycles(files: readonly SourceText[]): readonly string[] {
	const targets = new Map(
		files.map((file) => [
			file.path,
			importsOf(file)
				.filter(isRelative)
				.map((found) => targetOf(file, found)),
		]),
	);
	const cycles: string[] = [];
	const done = new Set<string>();
	const visit = (at: string, way: readonly string[]): void => {
		const seenAt = way.indexOf(at);
		if (seenAt >= 0) cycles.push([...way.slice(seenAt), at].join(' → '));
		if (seenAt >= 0 || done.has(at)) return;
		for (const next of targets.get(at) ?? []) visit(next, [...way, at]);
		done.add(at);
	};
	for (const { path: start } of files) visit(start, []);
	return cycles;
}

/** Every use of `console` outside the files that may. */
export function consoleUses(house: House, files: readonly SourceText[]): readonly string[] {
	return files
		.filter((file) => !house.speakers.includes(file.path))
		.flatMap((file) =>
			nodesOf(file)
				.filter(ts.isPropertyAccessExpression)
				.filter(({ expression }) => ts.isIdentifier(expression) && expression.text === 'console')
				.map((node) => `${file.path} uses console.${node.name.text}`),
		);
}

/** The innermost room that holds the file. */
function roomOf(house: House, file: string): string | undefined {
	const inside = file.replace(/^src\//, '').replace(/\.tsx?$/, '');
	return Object.keys(house.rooms)
		.filter((room) => inside === room || inside.startsWith(`${room}/`))
		.sort((a, b) => b.length - a.length)[0];
}

function isRelative({ specifier }: Import): boolean {
	return specifier.startsWith('.');
}

function targetOf(file: SourceText, { specifier }: Import): string {
	return path.posix.join(path.posix.dirname(file.path), specifier).replace(/\.js$/, '.ts');
}

/** What a file imports: static, dynamic, re-exported, and in types. Computed paths are not seen. */
function importsOf(file: SourceText): readonly Import[] {
	return nodesOf(file).flatMap((node) => {
		const found = importOf(node);
		return found && ts.isStringLiteralLike(found.from)
			? [{ specifier: found.from.text, typeOnly: found.typeOnly }]
			: [];
	});
}

function importOf(node: ts.Node): { readonly from: ts.Node; readonly typeOnly: boolean } | undefined {
	if (ts.isImportDeclaration(node)) {
		return { from: node.moduleSpecifier, typeOnly: node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword };
	}
	if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
		return { from: node.moduleSpecifier, typeOnly: node.isTypeOnly };
	}
	if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
		return { from: node.argument.literal, typeOnly: true };
	}
	if (!ts.isCallExpression(node)) return undefined;
	const { expression } = node;
	const loads =
		expression.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(expression) && expression.text === 'require');
	const [from] = node.arguments;
	return loads && from ? { from, typeOnly: false } : undefined;
}

function nodesOf(file: SourceText): readonly ts.Node[] {
	const nodes: ts.Node[] = [];
	const collect = (node: ts.Node): void => {
		nodes.push(node);
		ts.forEachChild(node, collect);
	};
	collect(ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest));
	return nodes;
}
