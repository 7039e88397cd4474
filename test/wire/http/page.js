// The look-up page without a browser: runs web/lookup.js in a document of a dozen lines and prints what it shows.
//   node page.js FILE URL HASH [fail]     URL of web/; "fail": the service cannot be reached
// Prints JSON: busy and focused at the end, how often it asked and what, the lines shown, and what a click of the form asks.
'use strict';
const fs = require('fs');
const vm = require('vm');
const [file, base, hash, fails] = process.argv.slice(2);

class Element {
	constructor(name) { this.name = name; this.children = []; this.attributes = {}; this.listeners = {}; this.text = ''; this.focused = 0; }
	set textContent(text) { this.text = String(text); this.children = []; }
	get textContent() { return this.text; }
	set innerHTML(text) { throw new Error('markup'); }
	appendChild(child) { this.children.push(child); return child; }
	setAttribute(name, value) { this.attributes[name] = value; }
	addEventListener(name, listener) { this.listeners[name] = listener; }
	focus() { this.focused++; }
	lines() { return (this.text ? [this.name + ': ' + this.text] : []).concat(...this.children.map((c) => c.lines())); }
}

const form = new Element('form');
const result = new Element('div');
const asked = [];
const listeners = {};
form.elements = { kind: { value: 'domain' }, term: { value: '' } };
const location = { hash: hash };
const page = {
	document: { getElementById: (id) => ({ form: form, result: result })[id], createElement: (name) => new Element(name) },
	window: { addEventListener: (name, listener) => { listeners[name] = listener; } },
	location: location,
	fetch: async (url, options) => {
		asked.push(url);
		if (fails) throw new Error('unreachable');
		return fetch(new URL(url, base), options);
	},
};

const settled = async () => {
	await null;
	for (let i = 0; i < 400 && asked.length && result.attributes['aria-busy'] !== 'false'; i++) await new Promise((r) => setTimeout(r, 10));
};

(async () => {
	vm.runInNewContext(fs.readFileSync(file, 'utf8'), page);
	await settled();
	const shown = { busy: result.attributes['aria-busy'], focused: result.focused, asked: asked.slice(), lines: result.lines(), kind: form.elements.kind.value, term: form.elements.term.value };
	// the same question again by the form asks again; another one changes the address, which asks
	form.listeners.submit({ preventDefault() {} });
	await settled();
	shown.again = asked.length;
	form.elements.term.value = ' other.example ';
	form.listeners.submit({ preventDefault() {} });
	shown.hash = location.hash;
	console.log(JSON.stringify(shown));
	process.exit(0);
})();
