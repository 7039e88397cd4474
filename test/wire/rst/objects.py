"""epp-04 to epp-16 and epp-24 to epp-27: checks, contacts, hosts and domains, who may do what with them, and their integrity."""
from verbs import *


def epp_07_contact_create():
    a, b = Two.open()
    reply = a.command(check('contact', 'c1-' + U, 'c2-' + U))
    ok([e.get('avail') for e in reply.all('.//contact:cd/contact:id')] == ['1', '1'], 'epp-06: free ids', reply)
    expect(a.command(info('contact', 'c1-' + U)), 2303, 'epp-07: info of none')
    for what, code, body in (
            ('an unknown country', (2004, 2005, 2306), contact('c1-' + U, postal(cc='XX'))),
            ('a lower-case country of one letter', 2001, contact('c1-' + U, postal(cc='f'))),
            ('a voice that is none', (2001, 2005), contact('c1-' + U, voice='0155500001')),
            ('an email that is none', (2001, 2005), contact('c1-' + U, email='nobody')),
            ('an email without domain', (2001, 2005), contact('c1-' + U, email='nobody@')),
            ('a name of nothing', (2001, 2003, 2005), contact('c1-' + U, postal(name=''))),
            ('a city of nothing', (2001, 2003, 2005), contact('c1-' + U, postal(city=''))),
            ('two addresses of one type', (2001, 2004), contact('c1-' + U, postal() + postal())),
            ('non-ASCII in int', (2005, 2004, 2306), contact('c1-' + U, postal(city='Gen\u00e8ve'))),
            ('an id of two characters', 2001, contact('c1')),
            ('an id of 17 characters', 2001, contact('c' * 17))):
        expect(a.command(body), code, 'epp-07: ' + what)
    reply = a.command(contact('c1-' + U, postal(org='Org &amp; Co') + postal('loc', 'Zo\u00e9', '1 rue', 'Gen\u00e8ve', 'CH', '1200'),
                              more='<contact:disclose flag="0"><contact:voice/><contact:email/></contact:disclose>'))
    expect(reply, 1000, 'epp-07: create')
    ok(reply.value('.//contact:id') == 'c1-' + U and reply.value('.//contact:crDate'), 'epp-07: creData', reply)
    expect(a.command(contact('c1-' + U)), 2302, 'epp-07: create again')
    expect(b.command(contact('C1-' + U.upper())), (1000, 2302), 'epp-07: an id in upper case')
    expect(b.command(contact('c2-' + U)), 1000, 'epp-07: create by the second registrar')
    reply = a.command(check('contact', 'c1-' + U, 'c3-' + U))
    ok([e.get('avail') for e in reply.all('.//contact:cd/contact:id')] == ['0', '1'] and reply.value('.//contact:reason'), 'epp-06: one taken, with a reason', reply)


def epp_08_contact_access():
    a, b = Two.open()
    reply = a.command(info('contact', 'c1-' + U))
    expect(reply, 1000, 'epp-08: info by the sponsor')
    for path, value in (('id', 'c1-' + U), ('postalInfo[@type="loc"]/contact:addr/contact:city', 'Gen\u00e8ve'), ('postalInfo[@type="int"]/contact:org', 'Org & Co'),
                        ('voice', '+33.155500001'), ('email', 'ann@mail.example'), ('clID', ENV['CLID1']), ('crID', ENV['CLID1'])):
        ok(reply.value('.//contact:infData/contact:' + path) == value, 'epp-08: %s' % path, reply)
    ok(reply.one('.//contact:voice').get('x') == '12', 'epp-08: extension of the telephone', reply)
    ok(statuses(reply, 'contact') == ['ok'], 'epp-08: ok alone', reply)
    ok(reply.one('.//contact:disclose') is not None and reply.one('.//contact:disclose').get('flag') == '0', 'epp-08: disclose', reply)
    ok(reply.one('.//contact:upDate') is None and reply.one('.//contact:upID') is None and reply.one('.//contact:trDate') is None,
       'RFC 5733 3.1.2: neither upDate nor trDate before an update or a transfer', reply)
    reply = b.command(info('contact', 'c1-' + U))
    ok(reply.code in (1000, 2201) and reply.one('.//contact:authInfo') is None, 'epp-08: info by another registrar without authInfo', reply)
    auth = '<contact:authInfo><contact:pw>%s</contact:pw></contact:authInfo>'
    expect(b.command(info('contact', 'c1-' + U, auth % 'wrong-Info-9')), 2202, 'epp-08: info by another registrar, wrong authInfo')
    expect(b.command(info('contact', 'c1-' + U, auth % PW)), 1000, 'epp-08: info by another registrar, right authInfo')
    expect(b.command(update('contact', 'c1-' + U, chg='<contact:email>b@mail.example</contact:email>')), 2201, 'epp-08: update by another registrar')
    expect(b.command(delete('contact', 'c1-' + U)), 2201, 'epp-08: delete by another registrar')


def epp_09_contact_update():
    a, b = Two.open()
    name = 'c1-' + U
    expect(a.command(update('contact', 'c9-' + U, chg='<contact:email>b@mail.example</contact:email>')), 2303, 'epp-09: update of none')
    expect(a.command(update('contact', name)), 2003, 'epp-09: update of nothing')
    expect(a.command(update('contact', name, chg='<contact:email>none</contact:email>')), (2001, 2005), 'epp-09: an email that is none')
    for s in 'serverHold', 'ok', 'linked', 'pendingCreate', 'serverUpdateProhibited':
        expect(a.command(update('contact', name, add=status('contact', s))), (2001, 2004, 2306, 2201), 'epp-09: status %s is the server\'s' % s)
    expect(a.command(update('contact', name, add='<contact:status s="clientUpdateProhibited" lang="en">why</contact:status>' + status('contact', 'clientDeleteProhibited', 'clientTransferProhibited'),
                            chg='<contact:voice/><contact:fax>+33.155500009</contact:fax><contact:email>new@mail.example</contact:email>')), 1000, 'epp-09: update')
    reply = a.command(info('contact', name))
    ok(statuses(reply, 'contact') == ['clientDeleteProhibited', 'clientTransferProhibited', 'clientUpdateProhibited'], 'epp-09: statuses, no ok', reply)
    ok(reply.value('.//contact:email') == 'new@mail.example' and reply.value('.//contact:fax') == '+33.155500009' and reply.value('.//contact:upID') == ENV['CLID1']
       and reply.value('.//contact:upDate'), 'epp-09: what was changed, upID and upDate', reply)
    ok(not reply.value('.//contact:voice'), 'epp-09: the empty telephone is gone', reply)
    expect(a.command(update('contact', name, chg='<contact:email>c@mail.example</contact:email>')), 2304, 'epp-09: clientUpdateProhibited')
    expect(a.command(delete('contact', name)), 2304, 'epp-10: clientDeleteProhibited')
    expect(a.command(update('contact', name, add=status('contact', 'clientDeleteProhibited'), rem=status('contact', 'clientUpdateProhibited'))),
           (1000, 2004, 2306), 'epp-09: a status that is set, once more')
    expect(a.command(update('contact', name, rem=status('contact', 'clientUpdateProhibited', 'clientDeleteProhibited', 'clientTransferProhibited'))),
           (1000, 2004, 2306), 'epp-09: remove the statuses')
    a.command(update('contact', name, rem=status('contact', 'clientDeleteProhibited', 'clientTransferProhibited')))
    ok(statuses(a.command(info('contact', name)), 'contact') == ['ok'], 'epp-09: ok again')


def epp_10_contact_delete():
    a, b = Two.open()
    expect(a.command(delete('contact', 'c8-' + U)), 2303, 'epp-10: delete of none')
    expect(a.command(contact('c8-' + U)), 1000, 'epp-10: create')
    expect(a.command(delete('contact', 'c8-' + U)), 1000, 'epp-10: delete')
    expect(a.command(info('contact', 'c8-' + U)), 2303, 'epp-10: gone')


BAD_NAMES = ('-a', 'a-', 'a_b', 'a..b', 'a b', 'ab--cd', 'a' * 64, 'xn--zzzzzz--', '*', 'a.-b')


def epp_04_domain_check():
    a, b = Two.open()
    names = ['f%d-%s.%s' % (i, U, z) for i in range(5) for z in (Z1, Z2)]
    reply = a.command(check('domain', *names))
    ok(reply.values('.//domain:cd/domain:name') == names and all(e.get('avail') == '1' for e in reply.all('.//domain:name')), 'epp-04: free names of both zones, in order', reply)
    for label in BAD_NAMES:
        for z in Z1, Z2:
            reply = a.command(check('domain', '%s.%s' % (label, z)))
            ok(reply.code in (2001, 2005, 2306) or [e.get('avail') for e in reply.all('.//domain:cd/domain:name')] == ['0'], 'epp-04: %s.%s' % (label[:9], z), reply)
    for name in Z1, 'a.b.c.' + Z1, 'com', 'a.nowhere':
        reply = a.command(check('domain', name))
        ok(reply.code in (2001, 2005, 2306) or reply.one('.//domain:name').get('avail') == '0' and reply.value('.//domain:reason'), 'epp-04: ' + name, reply)
    reply = a.command(check('domain', 'UPPER-%s.%s' % (U.upper(), Z1.upper())))
    ok(reply.one('.//domain:name') is not None and reply.one('.//domain:name').get('avail') == '1', 'epp-04: upper case', reply)
    many = ['m%d-%s.%s' % (i, U, Z1) for i in range(50)]
    reply = a.command(check('domain', *many))
    ok(reply.values('.//domain:cd/domain:name') == many, 'epp-04: fifty names', reply)
    reply = a.command(check('domain', *(many + ['x' + name for name in many])))
    ok(reply.code in (2004, 2306) or len(reply.all('.//domain:cd')) == 100, 'epp-04: a hundred names, answered or refused', reply)
    reply = a.command(check('domain', many[0], many[0]))
    ok(reply.code == 1000 and len(reply.all('.//domain:cd')) in (1, 2), 'epp-04: one name twice', reply)


def epp_05_host_check():
    a, b = Two.open()
    reply = a.command(check('host', 'ns1.h1-%s.%s' % (U, Z1), 'ns1.h1-%s.net' % U))
    ok([e.get('avail') for e in reply.all('.//host:cd/host:name')] == ['1', '1'], 'epp-05: free hosts', reply)
    for name in ('-a.' + Z1, 'a_b.net', 'a' * 64 + '.net', '%s.net' % '.'.join(['a' * 60] * 5), 'nolabel'):
        reply = a.command(check('host', name))
        ok(reply.code in (2001, 2005, 2306) or reply.one('.//host:name').get('avail') == '0', 'epp-05: %s' % name[:12], reply)


def epp_11_host_create():
    a, b = Two.open()
    d = 'h1-%s.%s' % (U, Z1)
    inside, outside = 'ns1.' + d, 'ns1.h1-%s.net' % U
    expect(a.command(host(inside, '192.0.2.1')), (2303, 2305, 2306), 'epp-11: a host below a domain that is not there')
    expect(a.command(example('h1')), 1000, 'epp-14: create a domain without name servers')
    expect(b.command(host(inside, '192.0.2.1')), 2201, 'epp-12: a host below the domain of another registrar')
    for address in '192.0.2', '192.0.2.256', '2001:db8::g', '192.0.2.1/24', '0192.0.2.1':
        expect(a.command(host(inside, address)), (2001, 2004, 2005, 2306), 'epp-11: address %s' % address)
    for address in '127.0.0.1', '0.0.0.0', '255.255.255.255', '::1', 'fe80::1', '169.254.1.1', '224.0.0.1', '240.0.0.1', '::0', 'ff02::1':
        expect(a.command(host(inside, address)), (2004, 2005, 2306), 'epp-11: address %s that no name server can have' % address)
    expect(a.command('<create><host:create><host:name>%s</host:name><host:addr ip="v6">192.0.2.1</host:addr></host:create></create>' % inside), (2001, 2004, 2005), 'epp-11: an IPv4 address as v6')
    expect(a.command(host(outside, '192.0.2.1')), (2004, 2005, 2306), 'epp-26: narrow glue: an external host has no address')
    reply = a.command(host(inside.upper(), '192.0.2.1', '2001:DB8:0::1'))
    expect(reply, 1000, 'epp-11: internal host')
    ok(reply.value('.//host:creData/host:name') == inside and reply.value('.//host:creData/host:crDate'), 'epp-11: creData in lower case', reply)
    expect(a.command(host(inside, '192.0.2.1')), 2302, 'epp-11: again')
    reply = a.command(host('ns2.' + d))
    expect(reply, (1000, 2003, 2306), 'epp-27: internal host without address')
    expect(a.command(host(outside)), 1000, 'epp-11: external host')
    expect(b.command(host(outside)), 2302, 'epp-11: the same external host by another registrar')
    reply = a.command(info('host', inside))
    ok(sorted(reply.values('.//host:addr')) == ['192.0.2.1', '2001:db8::1'] and {e.get('ip') for e in reply.all('.//host:addr')} == {'v4', 'v6'}, 'epp-11: info: addresses', reply)
    ok(statuses(reply, 'host') == ['ok'] and reply.value('.//host:roid') and reply.value('.//host:clID') == ENV['CLID1'], 'epp-11: info: status, roid, clID', reply)
    reply = a.command(info('host', outside))
    ok(reply.code == 1000 and not reply.all('.//host:addr'), 'epp-11: info of the external host', reply)


def epp_12_host_access():
    a, b = Two.open()
    name = 'ns1.h1-%s.%s' % (U, Z1)
    expect(b.command(info('host', name)), 1000, 'epp-12: info by another registrar')
    expect(b.command(update('host', name, add=addrs('192.0.2.7'))), 2201, 'epp-12: update by another registrar')
    expect(b.command(delete('host', name)), 2201, 'epp-12: delete by another registrar')


def epp_13_host_update():
    a, b = Two.open()
    name = 'ns1.h1-%s.%s' % (U, Z1)
    expect(a.command(update('host', name)), 2003, 'epp-13: update of nothing')
    expect(a.command(update('host', 'ns9.' + name, add=addrs('192.0.2.7'))), 2303, 'epp-13: update of none')
    expect(a.command(update('host', name, add=addrs('300.0.2.7'))), (2001, 2004, 2005), 'epp-13: an address that is none')
    expect(a.command(update('host', name, rem=addrs('192.0.2.99'))), (1000, 2004, 2303, 2306), 'epp-13: remove an address that is not there')
    expect(a.command(update('host', name, add=addrs('192.0.2.2') + status('host', 'clientDeleteProhibited'), rem=addrs('192.0.2.1'))), 1000, 'epp-13: update')
    reply = a.command(info('host', name))
    ok(sorted(reply.values('.//host:addr')) == ['192.0.2.2', '2001:db8::1'] and statuses(reply, 'host') == ['clientDeleteProhibited'] and reply.value('.//host:upDate'), 'epp-13: what it is now', reply)
    expect(a.command(delete('host', name)), 2304, 'epp-13: clientDeleteProhibited')
    for s in 'serverUpdateProhibited', 'ok', 'linked', 'pendingDelete':
        expect(a.command(update('host', name, add=status('host', s))), (2001, 2004, 2201, 2306), 'epp-13: status %s is the server\'s' % s)
    expect(a.command(update('host', name, add=status('host', 'clientUpdateProhibited'), rem=status('host', 'clientDeleteProhibited'))), 1000, 'epp-13: clientUpdateProhibited')
    expect(a.command(update('host', name, add=addrs('192.0.2.3'))), 2304, 'epp-13: and no update')
    expect(a.command(update('host', name, add=addrs('192.0.2.3'), rem=status('host', 'clientUpdateProhibited'))), (1000, 2304), 'epp-13: RFC 5732 3.2.5: lifted by the command itself')
    a.command(update('host', name, rem=status('host', 'clientUpdateProhibited')))


def epp_14_domain_create():
    a, b = Two.open()
    c1, c2 = 'c1-' + U, 'c2-' + U
    name = 'd1-%s.%s' % (U, Z1)
    both = (('admin', c1), ('tech', c1))
    for what, code, body in (
            ('without registrant', (2003, 2306), domain(name, None, both)),
            ('without contacts', (2003, 2306), domain(name, c1)),
            ('without tech', (2003, 2306), domain(name, c1, (('admin', c1),))),
            ('an unknown registrant', 2303, domain(name, 'no-' + U, both)),
            ('an unknown contact', 2303, domain(name, c1, (('admin', 'no-' + U), ('tech', c1)))),
            ('a contact of no type', (2001, 2003), domain(name, c1, both).replace(' type="admin"', '')),
            ('a contact of an unknown type', 2001, domain(name, c1, (('sales', c1), ('tech', c1)))),
            ('an unknown host', 2303, domain(name, c1, both, objects('ns1.none-%s.net' % U))),
            ('host attributes in a zone of host objects', (2001, 2004, 2005, 2102, 2306), domain(name, c1, both, attributes(('ns1.h1-%s.net' % U,)))),
            ('a period of 11 years', (2004, 2306), domain(name, c1, both, period='<domain:period unit="y">11</domain:period>')),
            ('a period of 0 years', 2001, domain(name, c1, both, period='<domain:period unit="y">0</domain:period>')),
            ('a period of 100 years', 2001, domain(name, c1, both, period='<domain:period unit="y">100</domain:period>')),
            ('a period of 6 months', (2004, 2102, 2306), domain(name, c1, both, period='<domain:period unit="m">6</domain:period>')),
            ('in no zone of ours', (2005, 2306), domain('a-%s.nowhere' % U, c1, both)),
            ('the zone itself', (2005, 2302, 2306), domain(Z1, c1, both)),
            ('without authInfo', (2001, 2003), re.sub('<domain:authInfo>.*</domain:authInfo>', '', domain(name, c1, both)))):
        expect(a.command(body), code, 'epp-14: ' + what)
    for label in BAD_NAMES:
        expect(a.command(domain('%s.%s' % (label, Z1), c1, both)), (2001, 2005, 2306), 'epp-14: %s.%s' % (label[:9], Z1))
    reply = a.command(domain(name.upper(), c1, both + (('billing', c1),), objects('ns1.h1-%s.%s' % (U, Z1), 'NS1.h1-%s.net' % U), '<domain:period unit="y">2</domain:period>'))
    expect(reply, 1000, 'epp-14: create in upper case')
    ok(reply.value('.//domain:creData/domain:name') == name and reply.value('.//domain:crDate')[4:19] == reply.value('.//domain:exDate')[4:19]
       and int(reply.value('.//domain:exDate')[:4]) == int(reply.value('.//domain:crDate')[:4]) + 2, 'epp-14: creData, two years', reply)
    expect(a.command(domain(name, c1, both)), 2302, 'epp-14: again')
    expect(b.command(domain(name, c2, (('admin', c2), ('tech', c2)))), 2302, 'epp-14: by another registrar')
    reply = b.command(domain('d2-%s.%s' % (U, Z1), c1, (('admin', c1), ('tech', c1))))
    expect(reply, (1000, 2201, 2303, 2306), 'epp-14: with contacts of another registrar')
    reply = a.command(info('domain', name))
    order = [e.tag.split('}')[1] for e in reply.one('.//domain:infData')]
    ok(order == sorted(order, key=['name', 'roid', 'status', 'registrant', 'contact', 'ns', 'host', 'clID', 'crID', 'crDate', 'upID', 'upDate', 'exDate', 'trDate', 'authInfo'].index),
       'epp-14: order of infData', order)
    ok(statuses(reply, 'domain') == ['ok'] and {(e.get('type'), e.text) for e in reply.all('.//domain:contact')} == set(both + (('billing', c1),)) and reply.value('.//domain:registrant') == c1,
       'epp-14: status and contacts', reply)
    ok(sorted(reply.values('.//domain:hostObj')) == ['ns1.h1-%s.%s' % (U, Z1), 'ns1.h1-%s.net' % U], 'epp-14: name servers in lower case', reply)
    ok(reply.one('.//domain:upDate') is None and reply.one('.//domain:trDate') is None, 'epp-14: no upDate, no trDate', reply)
    ok([e.get('s') for e in reply.all('.//rgp:rgpStatus')] == ['addPeriod'], 'RFC 3915 3.1: addPeriod', reply)
    ok(statuses(a.command(info('domain', 'h1-%s.%s' % (U, Z1))), 'domain') == ['inactive'], 'RFC 5731 2.3: inactive without name servers')
    ok(statuses(a.command(info('contact', c1)), 'contact') == ['linked', 'ok'], 'RFC 5733 2.2: linked and ok')
    ok(statuses(a.command(info('host', 'ns1.h1-%s.net' % U)), 'host') == ['linked', 'ok'], 'RFC 5732 2.3: linked and ok')


def epp_15_integrity():
    a, b = Two.open()
    expect(a.command(delete('contact', 'c1-' + U)), 2305, 'epp-15: a contact in use')
    expect(a.command(delete('host', 'ns1.h1-%s.%s' % (U, Z1))), 2305, 'epp-15: a host in use')
    expect(a.command(delete('host', 'ns1.h1-%s.net' % U)), 2305, 'epp-15: an external host in use')
    expect(a.command(delete('domain', 'h1-%s.%s' % (U, Z1))), 2305, 'epp-15: a domain whose host is in use')
    ok('ns1.h1-%s.%s' % (U, Z1) in a.command(info('domain', 'h1-%s.%s' % (U, Z1))).values('.//domain:host'), 'epp-25: subordinate hosts in info')
    reply = b.command(info('domain', 'h1-%s.%s' % (U, Z1)))
    ok(reply.code in (1000, 2201) and reply.one('.//domain:authInfo') is None, 'epp-16: info by another registrar', reply)


def epp_16_domain_update():
    a, b = Two.open()
    name = 'd1-%s.%s' % (U, Z1)
    auth = '<domain:authInfo><domain:pw>%s</domain:pw></domain:authInfo>'
    expect(b.command(update('domain', name, chg=auth % 'New-Info-12')), 2201, 'epp-16: update by another registrar')
    expect(a.command(update('domain', 'none-' + name, chg=auth % 'New-Info-12')), 2303, 'epp-16: update of none')
    expect(a.command(update('domain', name)), 2003, 'epp-16: update of nothing')
    for s in ('serverHold', 'serverDeleteProhibited', 'ok', 'inactive', 'pendingDelete', 'pendingTransfer'):
        expect(a.command(update('domain', name, add=status('domain', s))), (2001, 2004, 2201, 2306), 'epp-16: status %s is the server\'s' % s)
    for what, code, words in (
            ('an unknown host', 2303, {'add': '<domain:ns>%s</domain:ns>' % objects('ns.none-%s.net' % U)}),
            ('remove a host that is not there', (2303, 2306, 2004, 1000), {'rem': '<domain:ns>%s</domain:ns>' % objects('ns.none-%s.net' % U)}),
            ('an unknown contact', 2303, {'add': '<domain:contact type="tech">no-%s</domain:contact>' % U}),
            ('the last tech contact', (2003, 2306, 2305), {'rem': '<domain:contact type="tech">c1-%s</domain:contact>' % U}),
            ('a registrant of nothing', (2001, 2003, 2306), {'chg': '<domain:registrant/>'}),
            ('an unknown registrant', 2303, {'chg': '<domain:registrant>no-%s</domain:registrant>' % U}),
            ('a host that is there already', (2302, 2306, 2004, 1000), {'add': '<domain:ns>%s</domain:ns>' % objects('ns1.h1-%s.net' % U)})):
        expect(a.command(update('domain', name, **words)), code, 'epp-16: ' + what)
    client = ('clientDeleteProhibited', 'clientHold', 'clientRenewProhibited', 'clientTransferProhibited')
    expect(a.command(update('domain', name, add=status('domain', *client))), 1000, 'epp-16: client statuses')
    reply = a.command(info('domain', name))
    ok(statuses(reply, 'domain') == sorted(client) and reply.value('.//domain:upID') == ENV['CLID1'], 'epp-16: in info, without ok', reply)
    expect(a.command(delete('domain', name)), 2304, 'epp-16: clientDeleteProhibited')
    expect(a.command(renew(name, reply.value('.//domain:exDate')[:10])), 2304, 'epp-16: clientRenewProhibited')
    expect(b.command(transfer('request', name, PW)), 2304, 'epp-16: clientTransferProhibited')
    expect(a.command(update('domain', name, add=status('domain', 'clientUpdateProhibited'), rem=status('domain', *client))), 1000, 'epp-16: clientUpdateProhibited')
    expect(a.command(update('domain', name, chg=auth % 'New-Info-12')), 2304, 'epp-16: and no update')
    expect(a.command(update('domain', name, rem=status('domain', 'clientUpdateProhibited'))), 1000, 'RFC 5731 3.2.5: but lifting it')
    expect(a.command(update('domain', name, rem='<domain:ns>%s</domain:ns>' % objects('ns1.h1-%s.%s' % (U, Z1)), chg=auth % 'New-Info-12')), 1000, 'epp-16: a name server removed')
    expect(b.command(info('domain', name, auth % PW)), 2202, 'epp-16: the former authInfo')
    expect(b.command(info('domain', name, auth % 'New-Info-12')), 1000, 'epp-16: the new authInfo')
    a.command(update('domain', name, chg=auth % PW))


def epp_24_host_rename():
    a, b = Two.open()
    d1, d2, h1 = ('%s-%s.%s' % (d, U, Z1) for d in ('d1', 'd2', 'h1'))
    inside, outside = 'ns1.' + h1, 'ns1.h1-%s.net' % U
    b.command(domain(d2, 'c2-' + U, (('admin', 'c2-' + U), ('tech', 'c2-' + U))))
    expect(a.command(rename(inside, 'ns1.' + d2)), (2201, 2305, 2306), 'epp-24: below the domain of another registrar')
    expect(a.command(rename(inside, 'ns1.none-%s.%s' % (U, Z1))), (2303, 2305, 2306), 'epp-24: below a domain that is not there')
    expect(a.command(rename(inside, '-.' + h1)), (2001, 2005, 2306), 'epp-24: a name that is none')
    expect(a.command(rename(inside, outside)), (2302, 2305, 2306), 'epp-24: to a name that is taken')
    expect(a.command(rename(inside, 'ns5.' + h1)), 1000, 'epp-24: within the domain')
    expect(a.command(info('host', inside)), 2303, 'epp-24: the former name is gone')
    expect(a.command(rename('ns5.' + h1, 'ns5.' + d1)), 1000, 'epp-24: below another domain of the same registrar')
    reply = a.command(info('host', 'ns5.' + d1))
    ok(sorted(reply.values('.//host:addr')) == ['192.0.2.2', '2001:db8::1'] or '192.0.2.2' in reply.values('.//host:addr'), 'epp-24: with its addresses', reply)
    reply = a.command(update('domain', d1, add='<domain:ns>%s</domain:ns>' % objects('ns5.' + d1)))
    expect(reply, 1000, 'epp-24: delegate to it')
    expect(a.command(rename('ns5.' + d1, 'ns7.' + d1)), 1000, 'epp-24: while it is in use')
    ok('ns7.' + d1 in a.command(info('domain', d1)).values('.//domain:hostObj'), 'epp-24: the domain follows')
    expect(a.command(rename('ns7.' + d1, 'ns7.x-%s.net' % U)), (1000, 2305, 2306), 'epp-24: out of the zone, its addresses remaining')
    expect(a.command(delete('domain', d1)), (1000, 1001, 2305), 'epp-25: delete of a domain with a subordinate host')


def zone_of_attributes():
    a, b = Two.open()
    name = 'z-%s.%s' % (U, Z2)
    for what, code, ns in (('host objects', (2001, 2004, 2005, 2102, 2303, 2306), objects('ns1.h1-%s.net' % U)),
                           ('glue that is not its own', (2004, 2005, 2306), attributes(('ns1.net-%s.net' % U, '192.0.2.1'))),
                           ('its own name server without glue', (2003, 2306, 1000), attributes(('ns1.' + name,))),
                           ('one twice', (2001, 2004, 2302, 2306), attributes(('ns1.b.net',), ('NS1.b.net',))),
                           ('fourteen', (2004, 2306), attributes(*[('ns%d.b.net' % i,) for i in range(14)]))):
        reply = a.command(domain(name if code[-1] != 1000 else 'y' + name, ns=ns))
        expect(reply, code, 'zone of attributes: ' + what)
    expect(a.command(domain(name, 'c1-' + U)), (2004, 2102, 2306), 'zone without contacts: a registrant')
    expect(a.command(domain(name, None, (('tech', 'c1-' + U),))), (2004, 2102, 2306), 'zone without contacts: a contact')
    expect(a.command(domain(name, ns=attributes(('NS1.' + name.upper(), '192.0.2.1', '2001:db8:0:0::1'), ('ns2.b.net',)))), 1000, 'zone of attributes: create')
    reply = a.command(info('domain', name))
    ok(sorted(reply.values('.//domain:hostName')) == ['ns1.' + name, 'ns2.b.net'] and reply.values('.//domain:hostAddr') == ['192.0.2.1', '2001:db8::1'], 'zone of attributes: info', reply)
    ok(reply.one('.//domain:registrant') is None, 'zone without contacts: info', reply)
    for hosts, wanted in (('all', True), ('del', True), ('none', False), ('sub', False)):
        reply = a.command(info('domain', name, attributes=' hosts="%s"' % hosts))
        ok((reply.one('.//domain:ns') is not None) == wanted, 'RFC 5731 3.1.2: hosts="%s"' % hosts, reply)


TESTS = [epp_04_domain_check, epp_07_contact_create, epp_08_contact_access, epp_09_contact_update, epp_10_contact_delete, epp_05_host_check,
         epp_11_host_create, epp_12_host_access, epp_13_host_update, epp_14_domain_create, epp_15_integrity, epp_16_domain_update, epp_24_host_rename,
         zone_of_attributes]
