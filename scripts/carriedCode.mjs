/** Code that packages carry inside them, without a manifest of its own that would say so. */

const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.`;

/** What the script of mathjs for browsers is built of. */
const inMathjs = [
	['@babel/runtime', '(c) 2014-present Sebastian McKenzie and other contributors'],
	['decimal.js', '(c) 2025 Michael Mclaughlin'],
	['escape-latex', '(c) 2012 Dang Mai'],
	['fraction.js', '(c) 2025 Robert Eisele'],
	['javascript-natural-sort', '(c) Jim Palmer'],
	['seedrandom', '(c) 2019 David Bau'],
	['tiny-emitter', '(c) 2017 Scott Corgan'],
	['typed-function', '(c) 2014-2024 Jos de Jong'],
].map(([name, holder]) => ({ name, inside: ['mathjs'], licence: 'MIT', text: `Copyright ${holder}\n\n${mit}` }));

/** `inside`: the packages that carry it; none of them in the bundles, and it isn't either. */
export const carriedCode = [
	...inMathjs,
	{
		name: 'SQLite',
		inside: ['sql.js'],
		licence: 'public domain',
		text: 'The authors of SQLite have dedicated its code to the public domain: https://sqlite.org/copyright.html',
	},
	{
		name: 'partial-json',
		inside: ['openai'],
		licence: 'MIT',
		text: `Copyright (c) 2023 Promplate Dev Team\n\n${mit}`,
	},
	{
		name: 'Emscripten runtime',
		inside: ['sql.js', '@jitl/quickjs-wasmfile-release-sync'],
		licence: 'MIT',
		text: `Copyright (c) 2010-2014 Emscripten authors, see AUTHORS file.\n\n${mit}`,
	},
	{
		name: 'musl',
		inside: ['sql.js', '@jitl/quickjs-wasmfile-release-sync'],
		licence: 'MIT',
		text: `Copyright © 2005-2020 Rich Felker, et al.\n\n${mit}`,
	},
];

/** Licences of packages that come without their text: it stands in the repository that they name. */
export const textsElsewhere = [
	{
		matches: /^@microsoft\/fast-/,
		licence: 'MIT',
		text: `FAST - https://www.fast.design/\n\nMIT License\n\nCopyright (c) Microsoft Corporation. All rights reserved.\n\n${mit}`,
	},
];
