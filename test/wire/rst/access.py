"""epp-01 to epp-03: connectivity, protocol conformance and authentication; the letter of RFC 5730 2 and RFC 5734 around it."""
import ssl, subprocess, time
from client import *

REGISTERED = re.compile(r'urn:ietf:params:xml:ns:(([a-zA-Z]+|epp:[a-zA-Z-]+)-\d\.\d|epp:b-dn)$')


def epp_01_connectivity():
    s = Session()
    ok(s.greeting.code == 'greeting', 'epp-01: the server greets who connects')
    s.close()


def epp_17_both_protocols():
    try:
        six = any(line.split()[0] == '0' * 31 + '1' for line in open('/proc/net/if_inet6'))
    except OSError:
        six = False
    if not six:
        note('epp-17: this machine has no IPv6')
        return
    pair = [(family, Session(host=host)) for family, host in (('IPv4', ENV['EPP_HOST']), ('IPv6', '::1'))]
    for family, s in pair:
        ok(s.greeting.code == 'greeting' and (':' in s.sock.getpeername()[0]) == (family == 'IPv6'), 'epp-17: a greeting over %s' % family, s.greeting)
        reply = s.login()
        ok(reply.code == 1000, 'epp-17: login over %s' % family, reply)
    answers = {family: s.command('<check><domain:check><domain:name>dual.%s</domain:name></domain:check></check>' % ENV['ZONE1']) for family, s in pair}
    ok(all(a.code == 1000 and a.value('.//domain:name') == 'dual.' + ENV['ZONE1'] for a in answers.values()), 'epp-17: both sessions of one registrar at once', answers)
    for family, s in pair:
        reply = s.command('<logout/>')
        ok(reply.code == 1500, 'epp-17: logout over %s' % family, reply)
        s.close()


def epp_02_tls():
    for version in ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3:
        s = Session(context=tls(1, minimum_version=version, maximum_version=version))
        ok(s.greeting.code == 'greeting', 'epp-02: %s' % s.sock.version())
        s.close()
    for version in ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1:
        try:
            context = tls(1)
            context.set_ciphers('ALL:@SECLEVEL=0')
            context.minimum_version, context.maximum_version = version, version
            Session(context=context).close()
            ok(False, 'epp-02: %s is refused' % version.name)
        except (ssl.SSLError, ConnectionError, ValueError):
            ok(True, 'epp-02: %s is refused' % version.name)
    for ciphers in 'aNULL', '3DES', 'RC4', 'eNULL':
        try:
            context = tls(1, maximum_version=ssl.TLSVersion.TLSv1_2)
            context.set_ciphers(ciphers + ':@SECLEVEL=0')
            Session(context=context).close()
            ok(False, 'epp-02: ciphers %s are refused' % ciphers)
        except (ssl.SSLError, ConnectionError):
            ok(True, 'epp-02: ciphers %s are refused' % ciphers)


def epp_02_greeting():
    s = Session()
    for greeting, when in ((s.greeting, 'at connection'), (s.hello(), 'after hello')):
        ok(3 <= len(greeting.value('.//epp:svID')) <= 64, 'epp-02: svID ' + when, greeting)
        date = greeting.value('.//epp:svDate')
        ok(UTC.match(date) is not None, 'epp-02: svDate is UTC ' + when, date)
        ok(greeting.values('.//epp:version') == ['1.0'] and 'en' in greeting.values('.//epp:lang'), 'epp-02: version 1.0, language en ' + when)
        ok(set(greeting.values('.//epp:objURI')) >= {NS['domain'], NS['host'], NS['contact']}, 'epp-02: objects ' + when, greeting)
        ok(set(greeting.values('.//epp:extURI')) >= {NS['secDNS'], NS['rgp']}, 'epp-02: extensions ' + when, greeting)
        uris = greeting.values('.//epp:objURI') + greeting.values('.//epp:extURI')
        ok(len(uris) == len(set(uris)) and all(REGISTERED.match(u) for u in uris), 'epp-02: registered URIs, each once ' + when, uris)
        ok(greeting.one('.//epp:dcp/epp:access') is not None and greeting.one('.//epp:dcp/epp:statement') is not None, 'epp-02: dcp ' + when)
    s.close()


def epp_03_authentication():
    s = Session()
    for body in ('<check><domain:check><domain:name>a.%s</domain:name></domain:check></check>' % ENV['ZONE1'], '<poll op="req"/>', '<logout/>'):
        reply = s.command(body)
        ok(reply.code == 2002, 'epp-03: before login: %s' % body[:7], reply)
    ok(s.login(password='wrong-Pass-1').code == 2200, 'epp-03: wrong password')
    ok(s.login(clid='nobody-at-all').code == 2200, 'epp-03: unknown client')
    s.close()
    without_certificate()
    s = Session(2)
    ok(s.login(clid=ENV['CLID1'], password=ENV['PW1']).code == 2200, 'epp-03: right password with the certificate of somebody else')
    s.close()
    s = Session()
    for what, code, words in (('another version', 2100, {'version': '1.1'}), ('an unknown language', 2102, {'lang': 'x-no'}),
                              ('an unknown object service', 2307, {'objects': ('domain', 'urn:ietf:params:xml:ns:nothing-1.0')}),
                              ('an unknown extension', 2103, {'extensions': ('urn:ietf:params:xml:ns:nothing-1.0',)})):
        reply = s.login(**words)
        ok(reply.code == code, 'epp-03: %s is %d' % (what, code), reply)
        s.close()
        s = Session()
    ok(s.login(lang='EN').code == 1000, 'epp-03: login; the case of a language tag says nothing (RFC 5646 2.1.1)')
    ok(s.login().code == 2002, 'epp-03: second login')
    reply = s.command('<logout/>')
    ok(reply.code == 1500 and s.receive().text is None, 'epp-03: logout, and the server closes', reply)
    s.close()


def without_certificate():
    try:
        s = Session(0)
    except (ssl.SSLError, ConnectionError):
        ok(True, 'epp-03: without certificate no handshake')
        return
    s.who = 1
    ok(s.greeting.text is None or s.login().code == 2200, 'epp-03: right password without certificate')
    s.close()


def new_password():
    s, new = Session(), 'Other-%d' % time.time()
    reply = s.login(new=new)
    ok(reply.code == 1000, 'RFC 5730 2.9.1.1: login with newPW', reply)
    s.close()
    s = Session()
    ok(s.login().code == 2200, 'RFC 5730 2.9.1.1: the former password is gone')
    ok(s.login(password=new).code == 1000, 'RFC 5730 2.9.1.1: the new one opens')
    s.close()
    # one that was used before is refused, so the registry sets it back
    subprocess.run(['psql', '-XqAtc', "SELECT dos.registrar_password('%s', '%s')" % (ENV['CLID1'], ENV['PW1'])], check=True, stdout=subprocess.DEVNULL)


def check_of(name, prefix='domain', space=''):
    return '<check><%s:check%s><%s:name>%s</%s:name></%s:check></check>' % (prefix, space, prefix, name, prefix, prefix)


def xml_forms():
    """What XML allows, a server must take (RFC 5730 2); what it must not take is 2001, and the session lives."""
    s = Session()
    s.login()
    zone, epp, domain = ENV['ZONE1'], NS['epp'], NS['domain']
    inner = '<domain:check xmlns:domain="%s"><domain:name>x.%s</domain:name></domain:check>' % (domain, zone)
    whole = '<epp xmlns="%s"><command><check>%s</check><clTRID>rst-form</clTRID></command></epp>' % (epp, inner)
    good = (
        ('no declaration', whole, 'utf-8'),
        ('standalone', '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + whole, 'utf-8'),
        ('single quotes in the declaration', "<?xml version='1.0' encoding='utf-8'?>" + whole, 'utf-8'),
        ('byte order mark', '\ufeff<?xml version="1.0" encoding="UTF-8"?>' + whole, 'utf-8'),
        ('UTF-16', '<?xml version="1.0" encoding="UTF-16"?>' + whole, 'utf-16'),
        ('odd prefixes', '<e:epp xmlns:e="%s"><e:command><e:check><q:check xmlns:q="%s"><q:name>x.%s</q:name></q:check></e:check><e:clTRID>rst-form</e:clTRID>'
         '</e:command></e:epp>' % (epp, domain, zone), 'utf-8'),
        ('a default namespace in the middle', '<epp xmlns="%s"><command><check><check xmlns="%s"><name>x.%s</name></check></check><clTRID>rst-form</clTRID></command>'
         '</epp>' % (epp, domain, zone), 'utf-8'),
        ('schemaLocation', whole.replace('<command>', '<command>', 1).replace('<epp ', '<epp xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
         'xsi:schemaLocation="%s epp-1.0.xsd" ' % epp, 1).replace('<domain:check ', '<domain:check xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
         'xsi:schemaLocation="%s domain-1.0.xsd" ' % domain), 'utf-8'),
        ('comments and processing instructions', '<?xml version="1.0"?><!-- a --><?x y?>' + whole.replace('x.' + zone, '<!-- b -->x<!-- c -->.%s<?p q?>' % zone)
         + '<!-- d -->', 'utf-8'),
        ('CDATA', whole.replace('x.' + zone, '<![CDATA[x.%s]]>' % zone), 'utf-8'),
        ('white space between elements', re.sub('><', '>\r\n\t <', whole), 'utf-8'),
        ('white space around a token', whole.replace('x.' + zone, '\n  x.%s\t ' % zone), 'utf-8'),
        ('character references', whole.replace('x.' + zone, '&#120;&#x2e;%s' % zone), 'utf-8'),
        ('white space after the document', whole + '\n \n', 'utf-8'))
    for what, document, encoding in good:
        reply = s.document(document, encoding)
        ok(reply.code == 1000 and reply.value('.//epp:clTRID') == 'rst-form' and reply.value('.//domain:cd/domain:name') == 'x.' + zone, 'XML: ' + what, reply)
    for what, document in (
            ('an empty element more', whole.replace('</command>', '<more/></command>')),
            ('an attribute more', whole.replace('<command>', '<command now="1">')),
            ('two commands', whole.replace('</check><clTRID>', '</check><logout/><clTRID>')),
            ('a response', '<epp xmlns="%s"><response><result code="1000"><msg>x</msg></result><trID><svTRID>abc</svTRID></trID></response></epp>' % epp),
            ('an open element', whole[:-6]),
            ('a document type', '<!DOCTYPE epp [<!ENTITY x "y">]>' + whole),
            ('text between elements', whole.replace('<check>', 'now<check>', 1)),
            ('clTRID of two characters', whole.replace('rst-form', 'rs')),
            ('clTRID of 65 characters', whole.replace('rst-form', 'r' * 65)),
            ('not UTF-8', whole.encode().replace(b'rst-form', b'rst-\xff\xfe'))):
        reply = s.document(document)
        ok(reply.code == 2001, 'XML: %s is 2001' % what, reply)
    reply = s.document(whole.replace('<clTRID>rst-form</clTRID>', ''))
    ok(reply.code == 1000 and reply.one('.//epp:clTRID') is None, 'RFC 5730 2.6: no clTRID in, none out', reply)
    ok(s.hello().code == 'greeting' and s.command(check_of('x.' + zone)).code == 1000, 'XML: the session lives')
    s.close()


def frames():
    s = Session()
    s.login()
    one = frame(command(check_of('frame.' + ENV['ZONE1']), trid='rst-frames'))
    for i in range(0, len(one), 11):
        s.send_bytes(one[i:i + 11])
    ok(s.receive().code == 1000, 'RFC 5734 4: a frame in pieces')
    hello = frame('<epp xmlns="%s"><hello/></epp>' % NS['epp'])
    s.send_bytes(b''.join([one, hello, frame(command('<poll op="req"/>', trid='rst-poll')), one]))
    codes = [s.receive().code for _ in range(4)]
    ok([codes[0], codes[1], codes[3]] == [1000, 'greeting', 1000] and codes[2] in (1300, 1301), 'RFC 5734 3: pipelined, answered in order', codes)
    s.send_bytes(struct.pack('>I', 4))
    reply = s.receive()
    ok(reply.code == 2500 and s.receive().text is None, 'RFC 5734 4: an empty frame ends the session', reply)
    s.close()


def unimplemented():
    s = Session()
    s.login(extensions=(), objects=('domain',))
    reply = s.command('<transfer op="query"><host:transfer><host:name>a.b</host:name></host:transfer></transfer>')
    ok(reply.code in (2001, 2101, 2102, 2307), 'RFC 5732: hosts are not transferred', reply)
    reply = s.command('<check><host:check><host:name>a.b</host:name></host:check></check>')
    ok(reply.code in (2002, 2307), 'RFC 5730 2.9.1.1: an object service that was not agreed', reply)
    reply = s.command(check_of('a.' + ENV['ZONE1']), '<secDNS:update/>')
    ok(reply.code in (2001, 2003, 2103), 'RFC 5910: secDNS does not extend check', reply)
    reply = s.command('<poll op="ack" msgID="123456789012"/>')
    ok(reply.code == 2303, 'RFC 5730 2.9.2.3: ack of no message', reply)
    reply = s.command('<poll op="ack"/>')
    ok(reply.code == 2003, 'RFC 5730 2.9.2.3: ack without msgID', reply)
    reply = s.command('<renew><contact:renew xmlns:contact="%s"><contact:id>abc</contact:id></contact:renew></renew>' % NS['contact'])
    ok(reply.code in (2001, 2101, 2102, 2307), 'RFC 5733: contacts are not renewed', reply)
    s.close()


TESTS = [epp_01_connectivity, epp_17_both_protocols, epp_02_tls, epp_02_greeting, epp_03_authentication, new_password, xml_forms, frames, unimplemented]
