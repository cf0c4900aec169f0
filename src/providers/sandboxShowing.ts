/** How the sandbox shows values and errors, close to Node's console; the part of the prelude that does so, as text. */

/** Statements for inside the prelude's function: they use what stands before them there, and define `inspect`, `shown`, `describe`. */
export const sandboxShowing = String.raw`// ---- showing values -------------------------------------------------------------------------------------------

function quoted(text) {
	const cut = text.length > most ? text.slice(0, most) : text;
	if (!cut.includes("'")) return "'" + JSON.stringify(cut).slice(1, -1).replaceAll('\\"', '"') + "'";
	return JSON.stringify(cut);
}

function primitive(value) {
	if (typeof value === 'string') return quoted(value);
	if (typeof value === 'bigint') return value + 'n';
	return is(value, -0) ? '-0' : String(value);
}

function nameOf(value) {
	const prototypeOf = getPrototypeOf(value);
	if (prototypeOf === null) return '[Object: null prototype]';
	const maker = getOwnPropertyDescriptor(prototypeOf, 'constructor');
	const name = maker && typeof maker.value === 'function' && getOwnPropertyDescriptor(maker.value, 'name');
	return name && typeof name.value === 'string' ? name.value : 'Object';
}

function functionText(value) {
	const name = getOwnPropertyDescriptor(value, 'name');
	const kind = /^class\b/.test(Function.prototype.toString.call(value)) ? 'class' : 'Function';
	const known = name && typeof name.value === 'string' && name.value !== '';
	if (kind === 'class') return '[class ' + (known ? name.value : '(anonymous)') + ']';
	return known ? '[Function: ' + name.value + ']' : '[Function (anonymous)]';
}

function property(holder, key, inner) {
	const found = getOwnPropertyDescriptor(holder, key);
	if (!found) return '<empty>';
	if ('value' in found) return inner(found.value);
	return found.get ? (found.set ? '[Getter/Setter]' : '[Getter]') : '[Setter]';
}

function listed(open, parts, close) {
	return parts.length === 0 ? open + close : open + ' ' + parts.join(', ') + ' ' + close;
}

function inspect(value, options) {
	const deepest = (options && options.depth) ?? 4;
	let left = 2000;
	const above = [];
	const within = (child) => text(child);
	function entries(holder, skip) {
		const parts = [];
		for (const key of keys(holder)) {
			if (skip && skip(key)) continue;
			if (left <= 0) { parts.push('...'); break; }
			parts.push((/^[A-Za-z_$][\w$]*$/.test(key) ? key : quoted(key)) + ': ' + property(holder, key, within));
		}
		for (const symbol of getOwnPropertySymbols(holder)) {
			if (prototype.propertyIsEnumerable.call(holder, symbol)) parts.push('[' + String(symbol) + ']: ' + property(holder, symbol, within));
		}
		return parts;
	}
	function items(holder) {
		const length = holder.length;
		const parts = [];
		for (let index = 0; index < length; index++) {
			if (index >= 100 || left <= 0) {
				parts.push('... ' + (length - index) + ' more item' + (length - index > 1 ? 's' : ''));
				break;
			}
			if (getOwnPropertyDescriptor(holder, index)) { parts.push(property(holder, index, within)); continue; }
			let empty = 1;
			while (index + empty < length && empty < most && !getOwnPropertyDescriptor(holder, index + empty)) empty++;
			parts.push('<' + empty + ' empty item' + (empty > 1 ? 's' : '') + '>');
			index += empty - 1;
		}
		return parts;
	}
	function members(iterate) {
		const parts = [];
		try {
			iterate((part) => {
				if (parts.length >= 100 || left <= 0) throw members;
				parts.push(part());
			});
		} catch (stopped) {
			if (stopped !== members) throw stopped;
			parts.push('...');
		}
		return parts;
	}
	const known = {
		Array: (it, name) => listed((name === 'Array' ? '' : name + '(' + it.length + ') ') + '[', [...items(it), ...entries(it, (key) => /^\d+$/.test(key))], ']'),
		Map: (it) => listed('Map(' + it.size + ') {', members((add) => Map.prototype.forEach.call(it, (held, key) => add(() => text(key) + ' => ' + text(held)))), '}'),
		Set: (it) => listed('Set(' + it.size + ') {', members((add) => Set.prototype.forEach.call(it, (held) => add(() => text(held)))), '}'),
		Date: (it) => isNaN(Date.prototype.getTime.call(it)) ? 'Invalid Date' : Date.prototype.toISOString.call(it),
		RegExp: (it) => RegExp.prototype.toString.call(it),
		Error: (it) => '[' + headOf(it) + ']',
		Number: (it) => '[Number: ' + primitive(Number.prototype.valueOf.call(it)) + ']',
		String: (it) => '[String: ' + primitive(String.prototype.valueOf.call(it)) + ']',
		Boolean: (it) => '[Boolean: ' + Boolean.prototype.valueOf.call(it) + ']',
		Promise: () => 'Promise {}',
	};
	function body(it) {
		if (typeof it === 'function') return functionText(it);
		const name = nameOf(it);
		const tag = isArray(it) ? 'Array' : tagOf(it);
		if (ArrayBuffer.isView(it) && !(it instanceof DataView)) return listed(name + '(' + it.length + ') [', items(it), ']');
		if (Object.hasOwn(known, tag)) {
			try { return known[tag](it, name); } catch (failed) { if (!(failed instanceof TypeError)) throw failed; }
		}
		return listed((name === 'Object' ? '' : name + ' ') + '{', entries(it), '}');
	}
	function text(it) {
		left--;
		if (!isObject(it) && typeof it !== 'function') return primitive(it);
		if (above.includes(it)) return '[Circular]';
		if (above.length > deepest && typeof it !== 'function') return isArray(it) ? '[Array]' : '[' + nameOf(it) + ']';
		above.push(it);
		const shown = body(it);
		above.pop();
		return shown;
	}
	return text(value);
}

const shown = (value) => (typeof value === 'string' ? value.slice(0, most) : inspect(value)).slice(0, most);

// ---- errors ---------------------------------------------------------------------------------------------------

function headOf(error) {
	const name = String(error.name ?? 'Error').slice(0, most);
	const message = String(error.message ?? '').slice(0, most);
	return message === '' ? name : name + ': ' + message;
}

function describe(thrown) {
	if (!(thrown instanceof Error)) return 'Thrown: ' + shown(thrown);
	const line = /\bcode\.js:(\d+)/.exec(String(thrown.stack));
	return headOf(thrown) + (line ? ' (line ' + line[1] + ')' : '');
}`;
