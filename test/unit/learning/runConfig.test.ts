import { describe, expect, it } from 'vitest';
import { ConfigError, resolveConfig } from '../../../src/core/learning/runConfig.js';

describe('settings', () => {
	it('are complete without any layer', () => {
		expect(resolveConfig([])).toMatchObject({
			training: { rollouts: 2, batch: 8 },
			budget: { calls: 500 },
			retrieval: { experiences: 3 },
		});
	});

	it('of a later layer win, key by key', () => {
		const config = resolveConfig([
			{ name: 'file', values: { training: { epochs: 3, seed: 5 } } },
			{ name: 'flags', values: { training: { epochs: 2 } } },
		]);
		expect(config.training).toMatchObject({ epochs: 2, seed: 5 });
	});

	it('can lift a cap with null', () => {
		expect(resolveConfig([{ name: 'flags', values: { budget: { calls: null } } }]).budget.calls).toBeNull();
	});

	it.each([
		[{ training: { epoch: 3 } }, 'training.epoch'],
		[{ training: { rollouts: 0 } }, 'training.rollouts'],
		[{ retrieval: { minMatch: 2 } }, 'retrieval.minMatch'],
	])('that are unknown or out of range are named, with where they stand: %j', (values, named) => {
		expect(() => resolveConfig([{ name: 'my.json', values }])).toThrow(ConfigError);
		expect(() => resolveConfig([{ name: 'my.json', values }])).toThrow(new RegExp(`my\\.json[\\s\\S]*${named}`));
	});

	it('cannot reach the prototype', () => {
		const values = JSON.parse('{"prices":{"__proto__":{"inputPerMillion":1,"outputPerMillion":1}}}');
		resolveConfig([{ name: 'file', values }]);
		expect(({} as Record<string, unknown>)['inputPerMillion']).toBeUndefined();
	});
});
