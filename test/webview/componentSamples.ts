/** What the tests of components show: plausible numbers and texts, and texts that mean harm. */
import type { Case } from '../../src/core/experience/experience.js';
import type { DiffLine } from '../../src/protocol/library.js';
import type { TranscriptPage } from '../../src/protocol/runs.js';
import type { Series } from '../../webview/components/chartSeries.js';

const heldOut = [0.27, 0.46, 0.6, 0.66].map((y, x) => ({ x, y, low: y - 0.05, high: y + 0.05, note: '60 problems' }));
heldOut[0] = { x: 0, y: 0.27, low: 0.23, high: 0.31, note: '60 problems' };

export const accuracy = {
	label: 'Accuracy',
	xLabel: 'epoch',
	yPercent: true,
	xTicks: ['before', 'epoch 1', '½', 'epoch 2'].map((label, x) => ({ x, label })),
	series: [
		{ name: 'train', colour: 'good', points: [0.28, 0.54, 0.7, 0.74].map((y, x) => ({ x, y })) },
		{ name: 'held out', colour: 'first', points: heldOut },
	] satisfies readonly Series[],
};

export const growth = {
	label: 'Growth of the library',
	xLabel: 'problems',
	series: [
		{ name: 'golden', colour: 'gold', points: curve(140), area: true },
		{ name: 'warning', colour: 'warn', points: curve(58) },
		{ name: 'mixed', colour: 'mixed', points: curve(55) },
	] satisfies readonly Series[],
};

function curve(end: number): readonly { readonly x: number; readonly y: number }[] {
	return Array.from({ length: 90 }, (_, x) => ({ x: x * 3, y: Math.round(end * (1 - Math.exp(-x / 30))) }));
}

export const richSample = [
	'Reduce the polynomial modulo the linear expression until a constant remains. The condition becomes “the expression divides that constant”. Take the extreme divisor, **then substitute it back**: sign and domain can exclude it.',
	'Since $n^3 + 100 \\equiv -900 \\pmod{n + 10}$, the largest $n$ follows from \\(n + 10 = 900\\). It costs $5 and $7; use `n % 7 === 0`.',
	'```python\n# counts the divisors\ndef divisors(n: int) -> list[int]:\n    """All of them."""\n    return [d for d in range(1, n + 1) if n % d == 0]\n```',
	'```json\n{ "queue": "billing", "priority": 2, "urgent": true }\n```',
	"```sql\nSELECT name, count(*) FROM tickets WHERE queue = 'K7' GROUP BY name;\n```",
].join('\n\n');

export const formulas = [
	'$$\\frac{n^3 + 100}{n + 10} = n^2 - 10n + 100 - \\frac{900}{n + 10}$$',
	'$\\textcolor{red}{a} + \\color{blue} b$ and $\\colorbox{yellow}{c}$ and $\\fcolorbox{red}{white}{d}$ and $\\pmb{x}$',
	'$a \\quad b \\; c \\, d \\hspace{2em} e \\rule{1em}{2em}$ and $\\raisebox{2pt}{x}$ and $\\phantom{abc}y$',
	'$$\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} \\begin{bmatrix} a \\\\ b \\end{bmatrix}$$',
	'$$\\begin{aligned} x &= 1 + 2 \\\\ &= 3 \\end{aligned}$$',
	'$$f(x) = \\begin{cases} 1 & x > 0 \\\\ 0 & \\text{otherwise} \\end{cases}$$',
	'$\\boxed{42}$ and $\\cancel{x}$ and $\\overline{AB}$ and $\\underbrace{a + b}_{2}$ and $\\sqrt[3]{x}$ and $\\Large x$',
	'$$\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}, \\quad \\int_0^1 x^2 \\, dx, \\quad \\lim_{x \\to 0} \\frac{\\sin x}{x}$$',
	'$$\\begin{array}{|c|r|} \\hline a & b \\\\ \\hline \\end{array} \\quad \\left( \\frac{1}{2} \\right)^2 \\tag{1}$$',
].join('\n\n');

export const hostileText = [
	'<img src=x onerror=alert(1)> <script>alert(2)</script> [a link](https://example.com) javascript:alert(3)',
	'User\u202egnp.exe and \u001b[31mred\u001b[0m and \u2066hidden\u2069 and a\u200bb',
	'$\\frac{1$ and $\\href{javascript:alert(4)}{x}$ and $\\includegraphics{https://example.com/x.png}$ and $\\htmlStyle{color: red}{x}$',
	'$\\def\\a{\\a\\a}\\a$ and $\\rule{99999em}{99999em}$ and $\\undefined$',
	'```"><script>\n</code></pre><script>alert(5)</script>\n```',
	`x${'y'.repeat(300)}`,
].join('\n\n');

export const workedCase: Case = {
	id: 'c1',
	question: 'For the largest positive integer $n$ with $n + 10 \\mid n^3 + 100$, find $n$.',
	answer: '890',
	solution:
		'n³ + 100 ≡ −900 (mod n + 10)\n<comments>The step that turned the failed attempt around: a constant remainder.</comments>\nn + 10 | 900, the largest is $n = 890$.',
	outcome: 'mixed',
	sources: [],
};

const same = (text: string): DiffLine => ({ kind: 'same', text });

export const longDiff: readonly DiffLine[] = [
	...Array.from({ length: 12 }, (_, at) => same(`Line ${at + 1} of the strategy stays as it was.`)),
	{ kind: 'removed', text: 'Refunds over 500 go to K7.' },
	{ kind: 'added', text: 'Refunds over 500 go to K7, also when the invoice is annual.' },
	same('Read the account tier first.'),
	{ kind: 'added', text: '' },
	...Array.from({ length: 9 }, (_, at) => same(`Pattern ${at + 1}`)),
];

const retrieved = [
	{ id: 'e1', title: 'Check the divisibility at the boundary' },
	{ id: 'e2', title: 'Do not divide by an expression that can be zero' },
];
const messages = [
	{ role: 'system', text: 'You solve problems. Give the answer on a line of its own.', cut: false },
	{ role: 'user', text: 'For the largest positive integer $n$ with $n + 10 \\mid n^3 + 100$, find $n$.', cut: true },
];

export const transcript: TranscriptPage = {
	problem: 'train/31',
	question: 'For the largest positive integer n …',
	expected: '890',
	here: true,
	transcripts: [
		{
			epoch: 0,
			rollout: 0,
			arm: '',
			rounds: [
				{
					...{ round: 0, messages, text: 'By long division we get **900**.', cut: false, answer: '900' },
					...{ verdict: 'incorrect', advice: 'Substitute it back: does $n + 10$ divide?', retrieved },
				},
				{
					...{ round: 1, messages, text: 'So $n + 10 = 900$ and\n\n```py\nn = 890\n```', cut: true, answer: '890' },
					...{ verdict: 'correct', advice: '', retrieved: [] },
				},
			],
		},
		{
			epoch: 0,
			rollout: 1,
			arm: '',
			rounds: [
				{
					...{ round: 0, messages: [], text: '', cut: false, answer: '', verdict: 'invalid', advice: '' },
					retrieved: retrieved.slice(0, 1),
				},
			],
		},
	],
};
