// The look-up page: asks this RDAP service and shows the answer, as a list and as it came. Text only goes in as text.
'use strict';
(function () {
	const form = document.getElementById('form');
	const result = document.getElementById('result');

	function element(name, text, parent) {
		const made = document.createElement(name);
		if (text !== undefined) made.textContent = text;
		if (parent) parent.appendChild(made);
		return made;
	}

	function row(list, label, values) {
		const shown = [].concat(values).filter(function (v) { return v !== undefined && v !== null && v !== ''; });
		if (!shown.length) return;
		element('dt', label, list);
		shown.forEach(function (v) { element('dd', v, list); });
	}

	// the values of a jCard's property, an address as its parts
	function card(entity, name) {
		return ((entity.vcardArray || [])[1] || []).filter(function (p) { return p[0] === name; }).map(function (p) {
			if (name !== 'adr') return String(p[3]);
			return p[3].flat().concat(p[1].cc || '').filter(Boolean).join(', ');
		});
	}

	function entities(list, entity, heading) {
		(entity.entities || []).forEach(function (e) {
			const role = (e.roles || []).join(', ');
			row(list, heading + role, [].concat(card(e, 'fn'), card(e, 'org'), card(e, 'adr'), card(e, 'tel'), card(e, 'email'), card(e, 'contact-uri')));
			entities(list, e, role + ': ');
		});
	}

	function show(answer) {
		const list = element('dl', undefined, result);
		row(list, 'Name', answer.unicodeName || answer.ldhName || card(answer, 'fn'));
		row(list, 'Name in ASCII', answer.unicodeName && answer.unicodeName !== answer.ldhName ? answer.ldhName : '');
		row(list, 'Handle', answer.handle);
		row(list, 'Status', answer.status);
		row(list, 'Address', card(answer, 'adr'));
		row(list, 'Telephone', card(answer, 'tel'));
		row(list, 'E-mail', card(answer, 'email'));
		(answer.events || []).forEach(function (e) { row(list, e.eventAction, e.eventDate); });
		row(list, 'Name servers', (answer.nameservers || []).map(function (n) { return n.unicodeName || n.ldhName; }));
		const addresses = answer.ipAddresses || {};
		row(list, 'Addresses', (addresses.v4 || []).concat(addresses.v6 || []));
		if (answer.secureDNS) row(list, 'DNSSEC', answer.secureDNS.delegationSigned ? 'signed' : 'not signed');
		entities(list, answer, '');
		row(list, 'Not shown', (answer.redacted || []).map(function (r) { return r.name.type || r.name.description; }).join(', '));
		(answer.notices || []).forEach(function (n) { row(list, n.title, n.description); });
	}

	function raw(answer) {
		const details = element('details', undefined, result);
		element('summary', 'The answer as it came (JSON)', details);
		element('pre', JSON.stringify(answer, null, 2), details);
	}

	async function look(kind, term) {
		result.textContent = '';
		result.setAttribute('aria-busy', 'true');
		try {
			const reply = await fetch('../' + kind + '/' + encodeURIComponent(term) + '?via=web', { headers: { Accept: 'application/rdap+json' } });
			const answer = await reply.json();
			element('h2', reply.ok ? term : reply.status === 404 ? term + ' is not registered here' : answer.title, result);
			if (reply.ok) show(answer);
			else row(element('dl', undefined, result), 'Answer', answer.description);
			raw(answer);
		} catch (error) {
			element('h2', 'The service could not be reached', result);
		}
		result.setAttribute('aria-busy', 'false');
		result.focus();
	}

	form.addEventListener('submit', function (event) {
		event.preventDefault();
		const asked = form.elements.kind.value + '/' + form.elements.term.value.trim();
		if (decodeURIComponent(location.hash.slice(1)) === asked) look(form.elements.kind.value, form.elements.term.value.trim());
		else location.hash = encodeURIComponent(asked);
	});

	// #domain/example.test is a link to an answer
	function follow() {
		const parts = /^(domain|nameserver|entity)\/(.+)$/.exec(decodeURIComponent(location.hash.slice(1)));
		if (!parts) return;
		form.elements.kind.value = parts[1];
		form.elements.term.value = parts[2];
		look(parts[1], parts[2]);
	}
	window.addEventListener('hashchange', follow);
	follow();
})();
