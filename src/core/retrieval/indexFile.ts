/**
 * The bytes of an index (`.flex/index.bin`): a header of four numbers, a JSON part with the ids, then the typed arrays.
 * The file can always be made again, so whatever is wrong with it, it is not read.
 */
import type { SavedIndex } from './lexicalIndex.js';

/** Raise it when the layout, the cutting into words, or the choice of indexed text changes. */
const format = 1;

/** "FLEX" as a machine with little-endian numbers reads it; another machine reads something else. */
const magic = 0x58454c46;

/** Bytes before the JSON part: magic, format, checksum of all that follows, length of the JSON part. */
const headerBytes = 16;

interface Description {
	readonly stamp: string;
	/** `[id, firstSection, sections, length, group]` of each document. */
	readonly documents: readonly (readonly [string, number, number, number, number])[];
	/** Elements of each array, in the order of `arraysOf`. */
	readonly lengths: readonly number[];
}

/** @param stamp names the state of the library that the index belongs to */
export function writeIndex(index: SavedIndex, stamp: string): Uint8Array {
	const arrays = arraysOf(index);
	const description: Description = {
		stamp,
		documents: index.documents.map((document) => [
			document.id,
			document.firstSection,
			document.sections,
			document.length,
			document.group,
		]),
		lengths: arrays.map((array) => array.length),
	};
	const json = new TextEncoder().encode(JSON.stringify(description));
	const total = arrays.reduce((sum, array) => sum + padded(array.byteLength), headerBytes + padded(json.length));
	const bytes = new Uint8Array(total);
	bytes.set(json, headerBytes);
	let at = headerBytes + padded(json.length);
	for (const array of arrays) {
		bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
		at += padded(array.byteLength);
	}
	const header = new Uint32Array(bytes.buffer, 0, 4);
	header.set([magic, format, 0, json.length]);
	header[2] = checksum(bytes);
	return bytes;
}

/**
 * The index in `bytes`, as views of them: an index made from it changes them.
 * @returns undefined where they are damaged, of another format or machine, or of another state of the library
 */
export function readIndex(bytes: Uint8Array, stamp: string): SavedIndex | undefined {
	if (bytes.length < headerBytes || bytes.length % 4 !== 0) return undefined;
	const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
	const [found, version, sum, jsonBytes = 0] = new Uint32Array(aligned.buffer, aligned.byteOffset, 4);
	if (found !== magic || version !== format || sum !== checksum(aligned)) return undefined;
	const description = parse(new TextDecoder().decode(aligned.subarray(headerBytes, headerBytes + jsonBytes)));
	if (description?.stamp !== stamp) return undefined;
	let at = aligned.byteOffset + headerBytes + padded(jsonBytes);
	const next = <T extends Uint16Array | Uint32Array>(
		make: { new (buffer: ArrayBufferLike, offset: number, length: number): T; readonly BYTES_PER_ELEMENT: number },
		place: number,
	): T => {
		const length = description.lengths[place] ?? 0;
		const array = new make(aligned.buffer, at, length);
		at += padded(length * make.BYTES_PER_ELEMENT);
		return array;
	};
	return {
		documents: description.documents.map(([id, firstSection, sections, length, group]) => ({
			id,
			firstSection,
			sections,
			length,
			group,
		})),
		sectionStarts: next(Uint32Array, 0),
		sectionWords: next(Uint32Array, 1),
		terms: next(Uint32Array, 2),
		counts: next(Uint16Array, 3),
		frequencies: next(Uint32Array, 4),
		spellings: { starts: next(Uint32Array, 5), units: next(Uint16Array, 6) },
	};
}

/** In the order in which they stand in the file. */
function arraysOf(index: SavedIndex): readonly (Uint16Array | Uint32Array)[] {
	const { sectionStarts, sectionWords, terms, counts, frequencies, spellings } = index;
	return [sectionStarts, sectionWords, terms, counts, frequencies, spellings.starts, spellings.units];
}

/** The checksum vouches that this code wrote it; what is asked here is only that it is the JSON of an object. */
function parse(json: string): Description | undefined {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}

function padded(bytes: number): number {
	return Math.ceil(bytes / 4) * 4;
}

/** FNV-1a over the words of 32 bits behind the checksum's own place. */
function checksum(bytes: Uint8Array): number {
	const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
	let hash = 0x811c9dc5;
	for (let at = 3; at < words.length; at++) hash = Math.imul(hash ^ (words[at] ?? 0), 0x01000193);
	return hash >>> 0;
}
