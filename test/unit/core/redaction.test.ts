/** What is a secret and what is not, before text goes to a model, a library or a log. */
import { describe, expect, it } from 'vitest';
import { redactKnown, redactSecrets } from '../../../src/core/redaction.js';
import { ownTime } from '../../../src/providers/ownTime.js';

/** Put together here, so that no scanner of repositories takes a test for a leak. */
const joined = (...parts: readonly string[]): string => parts.join('');
const random = 'q7Rz2LmX9vBt4KpW8sYd3NfH6cGj1TeA';

const secrets: readonly (readonly [what: string, text: string, secret: string])[] = [
	['an AWS key id', `aws_id: ${joined('AKIA', 'IOSFODNN7EXAMPL3')}`, joined('AKIA', 'IOSFODNN7EXAMPL3')],
	['a GitHub token', joined('remote add ', 'ghp_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'), 'a1B2c3D4e5F6'],
	['a GitLab token', joined('x ', 'glpat-', 'aaaabbbbccccdddd1111'), 'aaaabbbbccccdddd1111'],
	['a Slack token', joined('x ', 'xoxb-', '123456789012-abcdefabcdef'), '123456789012'],
	['a Google key', joined('k=', 'AIza', 'SyA1234567890abcdefghijklmnopqrstuv'), 'SyA1234567890'],
	['a key of a payment service', joined('x ', 'sk_live_', '4eC39HqLyjWDarjtT1zdp7dc'), '4eC39HqLyj'],
	['a key of a model service', joined('x ', 'sk-', 'proj-abcdefghijklmnop1234'), 'abcdefghijklmnop1234'],
	['a token of npm', joined('//r/:_x=', 'npm_', 'abcdefghijklmnopqrstuvwxyz0123456789'), 'abcdefghijklmnop'],
	['a JSON web token', joined('x ', 'eyJhbGciOiJIUzI1NiJ9', '.', 'eyJzdWIiOiIxMjM0In0', '.', 's5d8Jk_a'), 's5d8Jk_a'],
	['a password in an address', 'postgres://shop:s3cr%t-pw@db.example.com/main', 's3cr%t-pw'],
	['an authorisation header', 'Authorization: Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
	['a bearer in code', "headers: { Authorization: 'Bearer abcdefabcdefabcdef' }", 'abcdefabcdefabcdef'],
	['an environment file', 'DB_PASSWORD=hunter', 'hunter'],
	['an exported variable', 'export API_TOKEN=plainword', 'plainword'],
	['a quoted password', 'const password = "correct horse 7"', 'correct horse 7'],
	['a key in JSON', '"apiKey": "abc-123-def"', 'abc-123-def'],
	['a key in YAML', 'client_secret: 8f7a6b5c4d', '8f7a6b5c4d'],
	['a password on a command line', 'mysql --password=hunter2 -u root', 'hunter2'],
	['a token on a command line', 'deploy --token abcd1234', 'abcd1234'],
	['a connection string', 'AccountName=x;AccountKey=bm90IGEgcmVhbCBrZXk=;', 'bm90IGEgcmVhbCBrZXk'],
	['a long random word', `const salt = fetch(${random})`, random],
	['a quote within a quoted value', 'password = "ab\\"cd9"', 'cd9'],
];

describe('a secret is taken out', () => {
	it.each(secrets)('%s', (_what, text, secret) => {
		const { text: rest, found } = redactSecrets(text);
		expect(rest).not.toContain(secret);
		expect(rest).toContain('[redacted]');
		expect(found).toBeGreaterThan(0);
	});

	it('with what names it left, so that the text can still be read', () => {
		expect(redactSecrets('DB_PASSWORD=hunter2 npm test').text).toBe('DB_PASSWORD=[redacted] npm test');
		expect(redactSecrets('postgres://shop:pw-12@db/main').text).toBe('postgres://shop:[redacted]@db/main');
		expect(redactSecrets("token: 'abc123'").text).toBe("token: '[redacted]'");
	});

	it('from a private key, also from one that was cut off', () => {
		const begin = joined('-----BEGIN RSA ', 'PRIVATE KEY-----');
		const end = joined('-----END RSA ', 'PRIVATE KEY-----');
		expect(redactSecrets(`a\n${begin}\nMIIEow\nIBAAK\n${end}\nb`).text).toBe('a\n[redacted]\nb');
		expect(redactSecrets(`a\n${begin}\nMIIEow\nIBAAK`).text).toBe('a\n[redacted]');
	});

	it('from the lines of a diff', () => {
		const diff = `-const key = 1;\n+const apiKey = "${random}";\n+password: "pa55w0rd!"`;
		const { text, found } = redactSecrets(diff);
		expect(text).toBe('-const key = 1;\n+const apiKey = "[redacted]";\n+password: "[redacted]"');
		expect(found).toBe(2);
	});

	it('once: what was taken out is not counted again', () => {
		const once = redactSecrets('API_TOKEN=abc123 password="x1y2z3"').text;
		expect(redactSecrets(once)).toEqual({ text: once, found: 0 });
	});
});

describe('what is no secret stays', () => {
	it.each([
		['a call', 'const password = await readPassword(prompt);'],
		['a variable', 'const token = tokens[0]; password = form.value'],
		['a property of the environment', 'password: process.env.DB_PASSWORD,'],
		['an expression of a workflow', joined('token: $', '{{ secrets.GITHUB_TOKEN }}')],
		['a type', 'interface Login { password: string; token?: string }'],
		['an argument handed on', 'login(user=user, password=password)'],
		['a count', 'maxTokens: 4096, tokens: 12'],
		['a count that a log tells', 'tokens=1024'],
		['a label', 'password: "Enter your password"'],
		['a placeholder', 'API_KEY="<your key>" password: "changeme"'],
		['a hash of a commit', 'index 8f7a6b5c4d3e2f1a0b9c8d7e6f5a4b3c2d1e0f9a'],
		['a UUID', 'id: 123e4567-e89b-12d3-a456-426614174000'],
		['the hash of a file in a lockfile', `"integrity": "sha512-${random}${random}=="`],
		['a long name', 'shouldReturnTheNewestVersion2WhenAskedFor3Items()'],
		['a path', 'src/core/learning/prompts/distilV2/ReadMe.md'],
		['a keyword', 'import { tokenize } from "./token"; case Token.Equals: return tokenKind'],
		['a sentence', 'The token is refreshed when the password expires: try again.'],
		['an address without a password', 'https://example.com:8080/a@b'],
	])('%s', (_what, text) => {
		expect(redactSecrets(text)).toEqual({ text, found: 0 });
	});
});

describe('the rules', () => {
	it('take a text of 200 kB in a moment, however it is made', () => {
		for (const text of [
			'a'.repeat(200_000),
			'token'.repeat(40_000),
			'a-'.repeat(100_000),
			'password="'.repeat(20_000),
		]) {
			const spent = ownTime();
			redactSecrets(text);
			expect(spent()).toBeLessThan(2_000);
		}
	});

	it('take out a value that is known, wherever it stands', () => {
		expect(redactKnown('bad key abc; abc', ['abc', ''])).toBe('bad key [redacted]; [redacted]');
	});
});
