/** The page that the panel begins with: nothing in it can break out, and it can reach nothing. */
import { describe, expect, it } from 'vitest';
import { panelHtml, policyOf } from '../../../../src/host/panel/panelHtml.js';
import { parseLink, routeFrom } from '../../../../src/host/panel/routes.js';
import type { PanelStart } from '../../../../src/protocol/panel.js';

const places = { script: 'https://host/main.js', style: 'https://host/main.css', source: 'https://*.host' };
const start: PanelStart = { route: null, state: null, texts: {}, language: 'en' };

describe('the policy of the page', () => {
	it('is this, and nothing else', () => {
		expect(policyOf('https://*.host', 'abc')).toBe(
			"default-src 'none'; script-src 'nonce-abc'; style-src https://*.host 'nonce-abc'; form-action 'none'",
		);
		expect(panelHtml(places, start, 'abc')).toContain(`content="${policyOf('https://*.host', 'abc')}"`);
	});
});

describe('the page', () => {
	it('carries what it starts with as data that no text can end', () => {
		const hostile = '</script><script>alert(1)</script><!--';
		const html = panelHtml(places, { ...start, texts: { a: hostile }, state: hostile }, 'abc');
		expect(html.match(/<script/gu)).toHaveLength(2);
		expect(html.match(/<!--/gu)).toBeNull();
		const data = /id="start"[^>]*>([^<]*)</u.exec(html)?.[1] ?? '';
		expect(JSON.parse(data)).toMatchObject({ texts: { a: hostile }, state: hostile });
	});

	it('lets no address break out of its attribute', () => {
		const html = panelHtml(
			{ ...places, script: '"><script>alert(1)</script>' },
			{ ...start, language: '"><b>' },
			'abc',
		);
		expect(html).not.toContain('<b>');
		expect(html).not.toContain('<script>alert');
	});
});

describe('a link to the panel', () => {
	it('names an experience, or leads to the library', () => {
		expect(parseLink('/experience/ad1bd9a73c19c312')).toEqual({ page: 'library', id: 'ad1bd9a73c19c312' });
		for (const path of ['/', '/experience/', '/experience/a/b', '/experience/..%2f', '/run/x']) {
			expect(parseLink(path).id).toBeUndefined();
		}
	});

	it('comes from trees, texts, and nothing', () => {
		const folder = { uri: { toString: () => 'file:///w' } };
		expect(routeFrom({ folder, id: 'a' }, 'library')).toEqual({ page: 'library', id: 'a', shelf: 'file:///w' });
		expect(routeFrom({ id: 'a' }, 'library')).toMatchObject({ shelf: 'own' });
		expect(routeFrom({ folder, id: 'R' }, 'training')).toMatchObject({ run: { folder: 'file:///w', run: 'R' } });
		expect(routeFrom('a', 'library')).toEqual({ page: 'library', id: 'a' });
		expect(routeFrom(undefined, 'benchmark')).toEqual({ page: 'benchmark', shelf: undefined });
	});
});
