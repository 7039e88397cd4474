"""epp-18 to epp-23: renew, transfer, delete, restore; what waits for the other registrar in the queue; DNSSEC, fees and launch phases."""
from verbs import *

AUTH = '<domain:authInfo><domain:pw>%s</domain:pw></domain:authInfo>'


def contacts(s, id):
    if s.command(info('contact', id)).code == 2303:
        s.command(contact(id))
    return (('admin', id), ('tech', id))


def ready():
    """Both registrars, with empty queues and a contact each."""
    a, b = Two.open()
    contacts(a, 'c1-' + U)
    contacts(b, 'c2-' + U)
    a.drain()
    b.drain()
    return a, b


def later(date, years):
    return str(int(date[:4]) + years) + date[4:]


def same_day(one, other):
    return one[:10] == other[:10] or one[4:10] == '-02-29'


def epp_18_renew():
    a, b = ready()
    for zone, body in ((Z1, example('r1')), (Z2, domain('r1-%s.%s' % (U, Z2)))):
        name = 'r1-%s.%s' % (U, zone)
        expiry = a.command(body).value('.//domain:exDate')
        expect(a.command(renew('none-' + name, expiry[:10])), 2303, 'epp-18: renew of none in ' + zone)
        expect(b.command(renew(name, expiry[:10])), 2201, 'epp-18: renew by another registrar')
        expect(a.command(renew(name, '2001-01-01')), (2004, 2306), 'epp-18: another expiry than it has')
        expect(a.command(renew(name, '2027-02-30')), (2001, 2005), 'epp-18: a date that is none')
        expect(a.command(renew(name, expiry[:10], 10)), (2004, 2105, 2306), 'epp-18: beyond ten years')
        expect(a.command(renew(name, expiry[:10], 0)), 2001, 'epp-18: no years')
        reply = a.command(renew(name, expiry[:10], 9))
        expect(reply, 1000, 'epp-18: to ten years')
        ok(reply.value('.//domain:renData/domain:name') == name and reply.value('.//domain:exDate') == later(expiry, 9), 'epp-18: renData', reply)
        expect(a.command(renew(name, later(expiry, 9)[:10])), (2004, 2105, 2306), 'epp-18: an eleventh year')
        reply = a.command(info('domain', name))
        ok({e.get('s') for e in reply.all('.//rgp:rgpStatus')} >= {'renewPeriod'}, 'RFC 3915 3.1: renewPeriod', reply)
    reply = a.command('<renew><domain:renew><domain:name>r1-%s.%s</domain:name></domain:renew></renew>' % (U, Z1))
    expect(reply, (2001, 2003), 'epp-18: without curExpDate')


def transfer_data(reply, status, a=ENV['CLID1'], b=ENV['CLID2']):
    return (reply.value('.//domain:trnData/domain:trStatus'), reply.value('.//domain:reID'), reply.value('.//domain:acID')) == (status, b, a) \
        and reply.value('.//domain:reDate') and reply.value('.//domain:acDate')


def epp_19_transfer():
    a, b = ready()
    for zone, body in ((Z1, example('t1')), (Z2, domain('t1-%s.%s' % (U, Z2), ns=attributes(('ns1.t1-%s.%s' % (U, Z2), '192.0.2.9'))))):
        name = 't1-%s.%s' % (U, zone)
        created = a.command(body)
        if zone == Z1:
            a.command(host('ns1.' + name, '192.0.2.9'))
            a.command(update('domain', name, add='<domain:ns>%s</domain:ns>' % objects('ns1.' + name)))
        roid = a.command(info('domain', name)).value('.//domain:roid')
        expect(b.command(transfer('query', name)), (2301, 2201, 2202), 'epp-19: query where nothing is pending, without authInfo')
        for op in 'approve', 'reject', 'cancel':
            expect(a.command(transfer(op, name)), 2301, 'epp-19: %s where nothing is pending' % op)
        expect(b.command(transfer('request', 'none-' + name, PW)), 2303, 'epp-19: request of none')
        expect(b.command(transfer('request', name, 'Wrong-Info-9')), 2202, 'epp-19: wrong authInfo')
        expect(b.command(transfer('request', name)), (2001, 2003, 2202, 2201), 'epp-19: no authInfo')
        expect(b.command(transfer('request', name, '')), (2202, 2003), 'RFC 9154: empty authInfo')
        expect(b.command(transfer('request', name, PW, roid='NO1-DOS')), (2202, 2303, 2201), 'RFC 5731 3.2.4: right password, roid of nothing')
        expect(a.command(transfer('request', name, PW)), (2002, 2106, 2201, 2304, 2306), 'epp-19: request by the sponsor')
        reply = b.command(transfer('request', name, PW, roid=roid) if zone == Z2 else transfer('request', name, PW))
        expect(reply, (1001, 1000) if zone == Z1 else (1001, 1000, 2202), 'epp-19: request' + (' with the roid of the domain' if zone == Z2 else ''))
        if reply.code == 2202:
            reply = b.command(transfer('request', name, PW))
        ok(transfer_data(reply, 'pending') and later(created.value('.//domain:exDate'), 1) == reply.value('.//domain:exDate'), 'epp-19: trnData', reply)
        expect(b.command(transfer('request', name, PW)), 2300, 'epp-19: request again')
        for s in a, b:
            expect(s.command(transfer('query', name)), 1000, 'epp-19: query by either')
        reply = a.command(info('domain', name))
        ok('pendingTransfer' in statuses(reply, 'domain') and 'ok' not in statuses(reply, 'domain'), 'epp-19: pendingTransfer', reply)
        for what, body in (('renew', renew(name, created.value('.//domain:exDate')[:10])), ('delete', delete('domain', name)), ('update', update('domain', name, chg=AUTH % 'Else-Info-77'))):
            expect(a.command(body), 2304, 'epp-19: %s meanwhile' % what)
        expect(b.command(transfer('approve', name)), 2201, 'epp-19: approve by the requester')
        expect(b.command(transfer('reject', name)), 2201, 'epp-19: reject by the requester')
        expect(a.command(transfer('cancel', name)), 2201, 'epp-19: cancel by the sponsor')
        messages = a.drain()
        ok(any(m.value('.//domain:trnData/domain:name') == name and m.value('.//domain:trStatus') == 'pending' for m in messages), 'epp-19: the sponsor is told', messages)
        reply = a.command(transfer('reject', name))
        expect(reply, 1000, 'epp-19: reject')
        ok(transfer_data(reply, 'clientRejected') and reply.one('.//domain:exDate') is None, 'epp-19: trnData of the rejection, which changes no expiry', reply)
        messages = b.drain()
        ok(any(m.value('.//domain:trStatus') == 'clientRejected' for m in messages), 'epp-19: the requester is told', messages)
        reply = b.command(transfer('query', name, PW))
        ok(reply.code in (1000, 2301), 'epp-19: query afterwards: %s' % reply.code, reply)
        expect(b.command(transfer('request', name, PW)), (1001, 1000), 'epp-19: request once more')
        reply = b.command(transfer('cancel', name))
        # RFC 5731 3.2.4: acID is who took the action
        ok(reply.code == 1000 and transfer_data(reply, 'clientCancelled', a=ENV['CLID2']), 'epp-19: cancel', reply)
        ok(any(m.value('.//domain:trStatus') == 'clientCancelled' for m in a.drain()), 'epp-19: the sponsor is told of the cancellation')
        approve(a, b, name, created, zone)


def approve(a, b, name, created, zone):
    expect(b.command(transfer('request', name, PW)), (1001, 1000), 'epp-20: request')
    a.drain()
    reply = a.command(transfer('approve', name))
    ok(reply.code == 1000 and transfer_data(reply, 'clientApproved') and reply.value('.//domain:exDate') == later(created.value('.//domain:exDate'), 1), 'epp-20: approve', reply)
    ok(any(m.value('.//domain:trStatus') == 'clientApproved' for m in b.drain()), 'epp-20: the requester is told')
    reply = b.command(info('domain', name))
    ok(reply.value('.//domain:clID') == ENV['CLID2'] and reply.value('.//domain:crID') == ENV['CLID1'] and reply.value('.//domain:trDate')
       and reply.value('.//domain:exDate') == later(created.value('.//domain:exDate'), 1), 'epp-20: sponsor, trDate, a year more', reply)
    ok('transferPeriod' in [e.get('s') for e in reply.all('.//rgp:rgpStatus')] and 'pendingTransfer' not in statuses(reply, 'domain'), 'RFC 3915 3.1: transferPeriod', reply)
    expect(a.command(update('domain', name, chg=AUTH % PW)), 2201, 'epp-20: the former sponsor updates no more')
    expect(b.command(info('domain', name, AUTH % PW)), (1000, 2202), 'RFC 9154: the authInfo after the transfer')
    expect(a.command(transfer('request', name, PW)), (2202, 2304, 2201), 'RFC 9154 4: the authInfo is gone after the transfer')
    if zone == Z1:
        reply = b.command(info('host', 'ns1.' + name))
        ok(reply.value('.//host:clID') == ENV['CLID2'] and reply.value('.//host:trDate') == b.command(info('domain', name)).value('.//domain:trDate'), 'RFC 5732 2: subordinate hosts follow', reply)
        expect(a.command(update('host', 'ns1.' + name, add=addrs('192.0.2.10'))), 2201, 'RFC 5732: and are no more the former sponsor\'s')


def contact_transfer():
    a, b = ready()
    id = 'c7-' + U
    a.command(contact(id))
    expect(b.command(transfer('request', id, 'Wrong-Info-9', 'contact')), 2202, 'RFC 5733 3.2.4: wrong authInfo')
    reply = b.command(transfer('request', id, PW, 'contact'))
    ok(reply.code in (1000, 1001) and reply.value('.//contact:trnData/contact:trStatus') == 'pending', 'RFC 5733 3.2.4: request', reply)
    ok('pendingTransfer' in statuses(a.command(info('contact', id)), 'contact'), 'RFC 5733 2.2: pendingTransfer')
    expect(a.command(update('contact', id, chg='<contact:email>x@mail.example</contact:email>')), 2304, 'RFC 5733 2.2: no update meanwhile')
    expect(a.command(delete('contact', id)), 2304, 'RFC 5733 2.2: no delete meanwhile')
    reply = a.command(transfer('approve', id, None, 'contact'))
    ok(reply.value('.//contact:trStatus') == 'clientApproved', 'RFC 5733 3.2.4: approve', reply)
    reply = b.command(info('contact', id))
    ok(reply.value('.//contact:clID') == ENV['CLID2'] and reply.value('.//contact:trDate'), 'RFC 5733 3.1.2: sponsor and trDate', reply)


def epp_21_delete():
    a, b = ready()
    for zone, body in ((Z1, example('x1')), (Z2, domain('x1-%s.%s' % (U, Z2)))):
        name = 'x1-%s.%s' % (U, zone)
        a.command(body)
        expect(b.command(delete('domain', name)), 2201, 'epp-21: delete by another registrar in ' + zone)
        expect(a.command(delete('domain', 'none-' + name)), 2303, 'epp-21: delete of none')
        reply = a.command(delete('domain', name))
        expect(reply, (1000, 1001), 'epp-21: delete')
        left = a.command(info('domain', name))
        if reply.code == 1000:
            expect(left, 2303, 'epp-21: gone in the add grace')
            reply = a.command(check('domain', name))
            ok(reply.one('.//domain:name').get('avail') == '1', 'epp-21: free again', reply)
        else:
            restore(a, b, name, left)


def rgp(op, report=''):
    return '<rgp:update><rgp:restore op="%s">%s</rgp:restore></rgp:update>' % (op, report)


def report(created, deleted):
    return ('<rgp:report><rgp:preData>before</rgp:preData><rgp:postData>after</rgp:postData><rgp:delTime>%s</rgp:delTime><rgp:resTime>%s</rgp:resTime>'
            '<rgp:resReason>Registrant error.</rgp:resReason><rgp:statement>This registrar has not restored it to use it itself.</rgp:statement>'
            '<rgp:statement>This is true to the best of our knowledge.</rgp:statement></rgp:report>' % (deleted, deleted))


def restore(a, b, name, left):
    ok(statuses(left, 'domain') == ['inactive', 'pendingDelete'] or 'pendingDelete' in statuses(left, 'domain'), 'epp-22: pendingDelete', left)
    ok([e.get('s') for e in left.all('.//rgp:rgpStatus')] == ['redemptionPeriod'], 'epp-22: redemptionPeriod', left)
    expiry, now = left.value('.//domain:exDate'), left.value('.//domain:upDate')
    for what, body in (('renew', renew(name, expiry[:10])), ('delete', delete('domain', name)), ('update', update('domain', name, chg=AUTH % 'Else-Info-77'))):
        expect(a.command(body), 2304, 'epp-22: %s in redemption' % what)
    expect(b.command(transfer('request', name, PW)), 2304, 'epp-22: transfer in redemption')
    reply = a.command(check('domain', name))
    ok(reply.one('.//domain:name').get('avail') == '0', 'epp-22: not available', reply)
    empty = '<update><domain:update><domain:name>%s</domain:name><domain:chg/></domain:update></update>' % name
    expect(b.command(empty, rgp('request')), 2201, 'epp-22: restore by another registrar')
    expect(a.command(empty, rgp('report', report(now, now))), (2304, 2002, 2301, 2306), 'epp-22: report without request')
    reply = a.command(empty, rgp('request'))
    expect(reply, (1000, 1001), 'epp-22: restore request')
    ok([e.get('s') for e in reply.all('.//rgp:upData/rgp:rgpStatus')] == ['pendingRestore'], 'RFC 3915 4.2.5: upData pendingRestore', reply)
    reply = a.command(info('domain', name))
    ok([e.get('s') for e in reply.all('.//rgp:rgpStatus')] == ['pendingRestore'] and 'pendingDelete' in statuses(reply, 'domain'), 'RFC 3915 3.3: pendingRestore and pendingDelete', reply)
    expect(a.command(empty, rgp('request')), (2304, 2300), 'epp-22: request again')
    reply = a.command(empty, rgp('report', report(now, now)))
    expect(reply, 1000, 'epp-22: restore report')
    reply = a.command(info('domain', name))
    ok('pendingDelete' not in statuses(reply, 'domain') and not {e.get('s') for e in reply.all('.//rgp:rgpStatus')} & {'redemptionPeriod', 'pendingRestore', 'pendingDelete'},
       'epp-22: restored', reply)
    expect(a.command(empty, rgp('request')), (2304, 2306), 'epp-22: restore of what is not deleted')


DS = '<secDNS:dsData><secDNS:keyTag>%d</secDNS:keyTag><secDNS:alg>13</secDNS:alg><secDNS:digestType>2</secDNS:digestType><secDNS:digest>%s</secDNS:digest></secDNS:dsData>'


def ds(tag, digest='00112233445566778899AABBCCDDEEFF' * 2):
    return DS % (tag, digest)


def dnssec():
    a, b = ready()
    for zone, body in ((Z1, example), (Z2, None)):
        make = (lambda label: example(label)) if body else (lambda label: domain('%s-%s.%s' % (label, U, Z2)))
        name = 's1-%s.%s' % (U, zone)
        for what, code, data in (('a digest of the wrong length', (2004, 2005, 2306), ds(1, 'AABB')), ('a digest of odd digits', 2001, ds(1, 'ABC')),
                                 ('a key tag beyond 65535', 2001, ds(65536)), ('an unknown algorithm', (2004, 2005, 2306), ds(1).replace('<secDNS:alg>13', '<secDNS:alg>99')),
                                 ('nothing', (2001, 2003), ''), ('one record twice', (2004, 2302, 2306), ds(1) + ds(1)),
                                 ('many records', (2004, 2306), ''.join(ds(i) for i in range(1, 40)))):
            expect(a.command(make('s1'), '<secDNS:create>%s</secDNS:create>' % data), code, 'RFC 5910 5.2.1: %s: %s' % (zone, what))
        expect(a.command(make('s1'), '<secDNS:create>%s</secDNS:create>' % (ds(1) + ds(2))), 1000, 'RFC 5910 5.2.1: create')
        tags = lambda: sorted(a.command(info('domain', name)).values('.//secDNS:infData/secDNS:dsData/secDNS:keyTag'))
        ok(tags() == ['1', '2'], 'RFC 5910 5.1.2: info')
        change = lambda text, more='': a.command(update('domain', name) if not more else update('domain', name, chg=more), '<secDNS:update%s</secDNS:update>' % text)
        expect(change('><secDNS:rem>%s</secDNS:rem><secDNS:add>%s</secDNS:add>' % (ds(1), ds(3))), 1000, 'RFC 5910 5.2.5: rem and add, and no other change')
        ok(tags() == ['2', '3'], 'RFC 5910 5.2.5: both happened', tags())
        expect(change('><secDNS:rem>%s</secDNS:rem>' % ds(9)), (2303, 2306, 2004), 'RFC 5910 5.2.5: rem of what is not there')
        expect(change('><secDNS:add>%s</secDNS:add>' % ds(3)), (2302, 2306, 2004, 1000), 'RFC 5910 5.2.5: add of what is there')
        expect(change('><secDNS:chg><secDNS:maxSigLife>0</secDNS:maxSigLife></secDNS:chg>'), (2001, 2004, 2306), 'RFC 5910 3.3: a signature life of nothing')
        expect(change(' urgent="true"><secDNS:add>%s</secDNS:add>' % ds(4)), (2102, 2306, 1000), 'RFC 5910 5.2.5: urgent')
        expect(change('><secDNS:rem><secDNS:all>1</secDNS:all></secDNS:rem><secDNS:add>%s</secDNS:add>' % ds(5)), 1000, 'RFC 5910 5.2.5: rem all, then add')
        ok(tags() == ['5'], 'RFC 5910 5.2.5: all is before add', tags())
        expect(change('><secDNS:rem><secDNS:all>true</secDNS:all></secDNS:rem>'), 1000, 'RFC 5910 5.2.5: rem all')
        reply = a.command(info('domain', name))
        ok(reply.one('.//secDNS:infData') is None, 'RFC 5910 5.1.2: an unsigned domain says nothing', reply)
        expect(change('>'), (2001, 2003), 'RFC 5910 5.2.5: an update of nothing')


def poll_queue():
    a, b = ready()
    name = 'q1-%s.%s' % (U, Z2)
    a.command(domain(name))
    b.command(transfer('request', name, PW))
    reply = a.command('<poll op="req"/>')
    queue = reply.one('.//epp:msgQ')
    ok(reply.code == 1301 and queue is not None and queue.get('count') == '1' and UTC.match(reply.value('.//epp:msgQ/epp:qDate')) and reply.value('.//epp:msgQ/epp:msg'), 'RFC 5730 2.9.2.3: 1301', reply)
    again = a.command('<poll op="req"/>')
    ok(again.one('.//epp:msgQ').get('id') == queue.get('id'), 'RFC 5730 2.9.2.3: the message stays until it is acknowledged')
    expect(b.command('<poll op="ack" msgID="%s"/>' % queue.get('id')), (2201, 2303), 'RFC 5730 2.9.2.3: ack of the message of another')
    reply = a.command('<poll op="ack" msgID="%s"/>' % queue.get('id'))
    ok(reply.code == 1000 and reply.one('.//epp:msgQ').get('count') == '0', 'RFC 5730 2.9.2.3: ack', reply)
    expect(a.command('<poll op="ack" msgID="%s"/>' % queue.get('id')), 1000, 'RFC 5730 2.9.2.3: ack again, whose answer may have been lost')
    reply = a.command('<poll op="req"/>')
    ok(reply.code == 1300 and reply.one('.//epp:resData') is None, 'RFC 5730 2.9.2.3: 1300', reply)
    a.command(transfer('reject', name))
    b.drain()


def fees():
    s = Session()
    greeting = s.greeting.values('.//epp:extURI')
    if NS['fee'] not in greeting:
        note('no fee-1.0')
        return
    s.login(extensions=('secDNS', 'rgp', 'fee'))
    for zone in Z1, Z2:
        name = 'fee-%s.%s' % (U, zone)
        body = '<fee:check><fee:command name="create"><fee:period unit="y">2</fee:period></fee:command><fee:command name="renew"/><fee:command name="transfer"/><fee:command name="restore"/><fee:command name="delete"/></fee:check>'
        reply = s.command(check('domain', name), body)
        cd = reply.one('.//fee:chkData/fee:cd')
        ok(cd is not None and cd.get('avail') in (None, '1', 'true') and [e.get('name') for e in cd.findall('fee:command', NS)] == ['create', 'renew', 'transfer', 'restore', 'delete'],
           'RFC 8748 5.1.1: check', reply)
        ok(reply.value('.//fee:objID') == name and reply.value('.//fee:currency') == 'USD', 'RFC 8748 5.1.1: objID and currency', reply)
        price = [e.find('fee:fee', NS) for e in cd.findall('fee:command', NS)][0].text
        create = domain(name, period='<domain:period unit="y">2</domain:period>') if zone == Z2 else example('fee').replace('unit="y">1', 'unit="y">2')
        expect(s.command(create, '<fee:create><fee:currency>USD</fee:currency><fee:fee>0.01</fee:fee></fee:create>'), (2004, 2306), 'RFC 8748 5.2.1: too low a fee')
        expect(s.command(create, '<fee:create><fee:currency>EUR</fee:currency><fee:fee>%s</fee:fee></fee:create>' % price), (2004, 2306), 'RFC 8748 5.2.1: another currency')
        reply = s.command(create, '<fee:create><fee:currency>USD</fee:currency><fee:fee>%s</fee:fee></fee:create>' % price)
        ok(reply.code == 1000 and reply.value('.//fee:creData/fee:fee') == price, 'RFC 8748 5.2.1: the fee that check said', reply)
        expiry = reply.value('.//domain:exDate')[:10]
        reply = s.command(renew(name, expiry), '<fee:renew><fee:fee>%s</fee:fee></fee:renew>' % price)
        ok(reply.code == 1000 and reply.one('.//fee:renData/fee:fee') is not None, 'RFC 8748 5.2.3: renew', reply)
        reply = s.command(delete('domain', name))
        ok(reply.code in (1000, 1001) and (reply.code == 1001 or reply.one('.//fee:delData/fee:credit') is not None), 'RFC 8748 5.2.2: delete gives back', reply)
        if reply.one('.//fee:credit') is not None:
            ok(all(float(c) < 0 for c in reply.values('.//fee:credit')), 'RFC 8748 3.4: credits are negative', reply)
    reply = s.command(check('domain', 'fee.nowhere'), '<fee:check><fee:command name="create"/></fee:check>')
    ok(reply.code == 1000, 'RFC 8748 5.1.1: a name in no zone', reply)
    s.close()


TESTS = [epp_18_renew, epp_19_transfer, contact_transfer, epp_21_delete, dnssec, poll_queue, fees]
