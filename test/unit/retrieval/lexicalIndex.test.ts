import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.js';
import { readIndex, writeIndex } from '../../../src/core/retrieval/indexFile.js';
import { LexicalIndex } from '../../../src/core/retrieval/lexicalIndex.js';
import { rankNaively } from './bm25Oracle.js';

const random = seededRandom('lexical index');

/** Words of a small language in which few words are frequent, as in a real one. */
function text(words: number): string {
	return Array.from({ length: words }, () => `w${Math.floor(400 * random() ** 3).toString(36)}`).join(' ');
}

/** An index and a plain map that go through the same changes. */
class Twins {
	readonly documents = new Map<string, string>();
	index = new LexicalIndex();

	put(id: string, content = text(5 + Math.floor(random() * 60))): void {
		this.documents.set(id, content);
		const cut = content.lastIndexOf(' ') + 1;
		this.index.put(id, [content.slice(0, cut), content.slice(cut)]);
	}

	remove(id: string): void {
		expect(this.index.remove(id)).toBe(this.documents.delete(id));
	}

	expectSame(query: string, limit = 10): void {
		const found = this.index.search(this.index.query(query), limit);
		const expected = rankNaively(this.documents, query).slice(0, limit);
		expect(found.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
		found.forEach(({ score }, at) => {
			expect(score).toBeCloseTo(expected[at]?.score ?? Number.NaN, 3);
		});
	}

	expectSameOften(): void {
		for (let times = 0; times < 40; times++) this.expectSame(text(1 + Math.floor(random() * 12)));
	}
}

function filled(count: number): Twins {
	const twins = new Twins();
	for (let at = 0; at < count; at++) twins.put(`d${at}`);
	return twins;
}

describe('the index', () => {
	it('ranks and scores as BM25 does when every text is read', () => {
		filled(300).expectSameOften();
	});

	it('stays right while documents come, change and go, before and after it compacts itself', () => {
		const twins = filled(120);
		for (let step = 0; step < 900; step++) {
			const id = `d${Math.floor(random() * 200)}`;
			if (random() < 0.35) twins.remove(id);
			else twins.put(id);
			if (step % 30 === 0) twins.expectSame(text(6));
		}
		twins.expectSameOften();
	});

	it('is empty again when all are removed', () => {
		const twins = filled(20);
		for (const id of [...twins.documents.keys()]) twins.remove(id);
		expect(twins.index.size).toBe(0);
		expect(twins.index.search(twins.index.query(text(5)), 10)).toEqual([]);
		twins.put('one', 'alpha beta');
		twins.put('two', 'gamma');
		twins.put('three', 'gamma delta');
		twins.expectSame('alpha');
	});

	it('gives the same result whatever way the documents came in', () => {
		const straight = filled(100);
		const winding = new LexicalIndex();
		const entries = [...straight.documents];
		for (const [id] of entries) winding.put(id, ['something else']);
		for (const [id, content] of [...entries].reverse()) winding.put(id, [content]);
		const asked = text(8);
		expect(winding.search(winding.query(asked), 20)).toEqual(straight.index.search(straight.index.query(asked), 20));
	});

	it('searches in the groups that are asked for', () => {
		const index = new LexicalIndex();
		for (let at = 0; at < 9; at++) index.put(`d${at}`, [at < 3 ? 'apple' : 'pear'], { group: at });
		expect(index.search(index.query('apple'), 9, (1 << 1) | (1 << 5))).toMatchObject([{ id: 'd1' }]);
	});

	it('takes a document for as long as it is told', () => {
		const index = new LexicalIndex();
		index.put('long', [`apple ${'filler '.repeat(90)}`], { lengthOf: () => 1 });
		index.put('short', ['apple pie']);
		for (let at = 0; at < 5; at++) index.put(`other${at}`, ['something else here']);
		expect(index.search(index.query('apple'), 2).map(({ id }) => id)).toEqual(['long', 'short']);
	});
});

describe('what a match says', () => {
	const index = new LexicalIndex();
	index.put('a', ['the red apple', 'the tree']);
	index.put('b', ['the red car']);
	index.put('c', ['the sky']);

	it('names the matched words, heaviest first', () => {
		expect(index.match(index.query('the red apple'), 'a').terms).toEqual(['apple', 'red', 'the']);
	});

	it('is 1 where all words match, 0 where none does, and counts words that nobody has', () => {
		expect(index.match(index.query('red apple'), 'a').share).toBe(1);
		expect(index.match(index.query('red apple'), 'c').share).toBe(0);
		expect(index.match(index.query('apple zeppelin'), 'a').share).toBe(0.5);
		expect(index.match(index.query('apple zeppelin dirigible'), 'a').share).toBeCloseTo(1 / 3);
	});

	it('is 0 for a query without words', () => {
		expect(index.match(index.query('…'), 'a')).toEqual({ share: 0, terms: [] });
	});

	it('tells sections apart', () => {
		const found: string[] = [];
		index.visit(index.query('the apple'), 'a', (section, place, count) => found.push(`${section} ${place} ${count}`));
		expect(found).toEqual(['0 0 1', '0 1 1', '1 0 1']);
		expect([...index.sectionLengths('a')]).toEqual([3, 2]);
	});
});

describe('the file of an index', () => {
	const twins = filled(80);
	twins.remove('d7');
	const bytes = writeIndex(twins.index.save(), 'state 1');

	it('brings back an index that searches, and grows, as the one that was saved', () => {
		const again = new Twins();
		for (const [id, content] of twins.documents) again.documents.set(id, content);
		again.index = new LexicalIndex(readIndex(bytes.slice(), 'state 1'));
		again.expectSameOften();
		again.put('new');
		again.remove('d3');
		again.expectSameOften();
	});

	it('is read from any place in a larger buffer', () => {
		const moved = new Uint8Array(bytes.length + 3);
		moved.set(bytes, 3);
		expect(readIndex(moved.subarray(3), 'state 1')?.documents).toHaveLength(79);
	});

	it('is not read for another state of the library', () => {
		expect(readIndex(bytes, 'state 2')).toBeUndefined();
	});

	it.each([
		['empty', () => new Uint8Array(0)],
		['cut off', () => bytes.slice(0, bytes.length - 8)],
		['of another format', () => changed(4)],
		['damaged at its beginning', () => changed(0)],
		['damaged in its description', () => changed(20)],
		['damaged at its end', () => changed(bytes.length - 1)],
	])('is not read when it is %s', (_, damaged) => {
		expect(readIndex(damaged(), 'state 1')).toBeUndefined();
	});

	function changed(at: number): Uint8Array {
		const copy = bytes.slice();
		copy[at] = (copy[at] ?? 0) ^ 0xff;
		return copy;
	}
});
