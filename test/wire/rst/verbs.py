"""The commands the tests send, as the RFCs' examples write them; sessions of both registrars; and what is expected of an answer."""
import time
from client import *

U = '%x' % (int(time.time() * 1000) & 0xffffffffff)
Z1, Z2 = ENV['ZONE1'], ENV['ZONE2']
PW = 'Secret-Info-1'


class Two:
    """Sessions of both registrars, opened once."""
    first = second = None

    @classmethod
    def open(cls):
        if not cls.first:
            cls.first, cls.second = Session(1), Session(2)
            assert cls.first.login().code == 1000 and cls.second.login().code == 1000
        return cls.first, cls.second


def check(kind, *names):
    element = 'id' if kind == 'contact' else 'name'
    return '<check><%s:check>%s</%s:check></check>' % (kind, ''.join('<%s:%s>%s</%s:%s>' % (kind, element, n, kind, element) for n in names), kind)


def info(kind, name, more='', attributes=''):
    element = 'id' if kind == 'contact' else 'name'
    return '<info><%s:info><%s:%s%s>%s</%s:%s>%s</%s:info></info>' % (kind, kind, element, attributes, name, kind, element, more, kind)


def delete(kind, name):
    element = 'id' if kind == 'contact' else 'name'
    return '<delete><%s:delete><%s:%s>%s</%s:%s></%s:delete></delete>' % (kind, kind, element, name, kind, element, kind)


def update(kind, name, add='', rem='', chg=''):
    element = 'id' if kind == 'contact' else 'name'
    return '<update><%s:update><%s:%s>%s</%s:%s>%s</%s:update></update>' % (kind, kind, element, name, kind, element, ''.join(
        '<%s:%s>%s</%s:%s>' % (kind, part, text, kind, part) for part, text in (('add', add), ('rem', rem), ('chg', chg)) if text), kind)


def status(kind, *names):
    return ''.join('<%s:status s="%s"/>' % (kind, n) for n in names)


def postal(kind='int', name='Ann Other', street='1 Main Street', city='Paris', cc='FR', pc='75001', org=None):
    return '<contact:postalInfo type="%s"><contact:name>%s</contact:name>%s<contact:addr>%s%s%s<contact:cc>%s</contact:cc></contact:addr></contact:postalInfo>' % (
        kind, name, '<contact:org>%s</contact:org>' % org if org else '', '<contact:street>%s</contact:street>' % street if street is not None else '',
        '<contact:city>%s</contact:city>' % city, '<contact:pc>%s</contact:pc>' % pc, cc)


def contact(id, postals=None, voice='+33.155500001', email='ann@mail.example', pw=PW, more=''):
    return '<create><contact:create><contact:id>%s</contact:id>%s%s<contact:email>%s</contact:email><contact:authInfo><contact:pw>%s</contact:pw></contact:authInfo>%s</contact:create></create>' % (
        id, postals or postal(), '<contact:voice x="12">%s</contact:voice>' % voice if voice else '', email, pw, more)


def host(name, *addresses):
    return '<create><host:create><host:name>%s</host:name>%s</host:create></create>' % (name, addrs(*addresses))


def addrs(*addresses):
    return ''.join('<host:addr ip="%s">%s</host:addr>' % ('v6' if ':' in a else 'v4', a) for a in addresses)


def domain(name, registrant=None, contacts=(), ns='', period='<domain:period unit="y">1</domain:period>', pw=PW):
    return '<create><domain:create><domain:name>%s</domain:name>%s%s%s%s<domain:authInfo><domain:pw>%s</domain:pw></domain:authInfo></domain:create></create>' % (
        name, period, '<domain:ns>%s</domain:ns>' % ns if ns else '', '<domain:registrant>%s</domain:registrant>' % registrant if registrant else '',
        ''.join('<domain:contact type="%s">%s</domain:contact>' % c for c in contacts), pw)


def objects(*names):
    return ''.join('<domain:hostObj>%s</domain:hostObj>' % n for n in names)


def attributes(*hosts):
    return ''.join('<domain:hostAttr><domain:hostName>%s</domain:hostName>%s</domain:hostAttr>' % (
        h[0], ''.join('<domain:hostAddr ip="%s">%s</domain:hostAddr>' % ('v6' if ':' in a else 'v4', a) for a in h[1:])) for h in hosts)


def example(label, ns='', c=None):
    """A domain of zone 1 with the contacts it wants."""
    c = c or 'c1-' + U
    return domain('%s-%s.%s' % (label, U, Z1), c, (('admin', c), ('tech', c)), ns)


def expect(reply, wanted, name):
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    return ok(reply.code in wanted, '%s: %s' % (name, reply.code if reply.code in wanted else 'wanted %s, got %s' % (wanted, reply.code)), reply)


def statuses(reply, kind):
    return sorted(e.get('s') for e in reply.all('.//%s:infData/%s:status' % (kind, kind)))


def renew(name, expiry, years=1):
    return '<renew><domain:renew><domain:name>%s</domain:name><domain:curExpDate>%s</domain:curExpDate><domain:period unit="y">%d</domain:period></domain:renew></renew>' % (name, expiry, years)


def transfer(op, name, pw=None, kind='domain', roid=''):
    element = 'id' if kind == 'contact' else 'name'
    return '<transfer op="%s"><%s:transfer><%s:%s>%s</%s:%s>%s</%s:transfer></transfer>' % (op, kind, kind, element, name, kind, element, '<%s:authInfo><%s:pw%s>%s</%s:pw></%s:authInfo>' % (
        kind, kind, ' roid="%s"' % roid if roid else '', pw, kind, kind) if pw is not None else '', kind)


def rename(old, new, **words):
    return update('host', old, chg='<host:name>%s</host:name>' % new, **words)
