"""An EPP client for tests that knows the RFCs and nothing of the server: connections, frames, documents, TAP and schemas."""
import os, re, shutil, socket, ssl, struct, subprocess, sys, tempfile
import xml.etree.ElementTree as ET

ENV = os.environ
HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = ENV.get('SCHEMAS', os.path.join(HERE, '../../../../shared/schemas'))
IETF = 'urn:ietf:params:xml:ns:'
NS = {'epp': IETF + 'epp-1.0', 'eppcom': IETF + 'eppcom-1.0', 'domain': IETF + 'domain-1.0', 'host': IETF + 'host-1.0', 'contact': IETF + 'contact-1.0',
      'secDNS': IETF + 'secDNS-1.1', 'rgp': IETF + 'rgp-1.0', 'fee': IETF + 'epp:fee-1.0', 'launch': IETF + 'launch-1.0',
      'allocationToken': IETF + 'allocationToken-1.0', 'loginSec': IETF + 'epp:loginSec-1.0', 'changePoll': IETF + 'changePoll-1.0'}
FILES = {**{uri: uri.rsplit(':', 1)[1] for uri in NS.values()}, IETF + 'mark-1.0': 'mark-1.0', IETF + 'signedMark-1.0': 'signedMark-1.0',
         IETF + 'idn-1.0': 'idn-1.0', IETF + 'epp:b-dn': 'b-dn', IETF + 'epp:ttl-1.0': 'ttl-1.0', IETF + 'epp:org-1.0': 'org-1.0', IETF + 'epp:orgext-1.0': 'orgext-1.0',
         IETF + 'epp:addlEmail-1.0': 'addlEmail-1.0', IETF + 'epp:maintenance-1.0': 'maintenance-1.0',
         'http://www.w3.org/2000/09/xmldsig#': 'xmldsig-core-schema'}
UTC = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$')
seen, trids, count, failed = [], set(), 0, 0


def ok(good, name, why=''):
    global count, failed
    count += 1
    failed += not good
    print('%sok %d - %s' % ('' if good else 'not ', count, name), flush=True)
    if not good:
        for line in str(why)[:3000].splitlines():
            print('#   ' + line)
    return good


def note(reason):
    print('# ' + reason)


def done():
    print('1..%d' % count)
    sys.exit(1 if failed else 0)


class Reply:
    """An answer: code, and what is found by paths such as './/domain:name'."""

    def __init__(self, text, sent=''):
        self.text, self.sent = text, sent
        self.tree = ET.fromstring(text.encode()) if text else None
        result = self.tree.find('epp:response/epp:result', NS) if text else None
        self.code = int(result.get('code')) if result is not None else 'greeting' if text else 'closed'

    def all(self, path):
        return [] if self.tree is None else self.tree.findall(path, NS)

    def one(self, path):
        found = self.all(path)
        return found[0] if found else None

    def value(self, path):
        found = self.one(path)
        return None if found is None else found.text

    def values(self, path):
        return [f.text for f in self.all(path)]

    def __repr__(self):
        return 'sent %s\ngot  %s' % (self.sent, self.text)


class Session:
    number = 0

    def __init__(self, who=1, context=None, host=None):
        self.who, self.buffer = who, b''
        self.sock = (context or tls(who)).wrap_socket(socket.create_connection((host or ENV['EPP_HOST'], int(ENV['EPP_PORT'])), timeout=60))
        self.greeting = self.receive()

    def send_bytes(self, data):
        self.sock.sendall(data)

    def exactly(self, length):
        while len(self.buffer) < length:
            piece = self.sock.recv(65536)
            if not piece:
                return None
            self.buffer += piece
        piece, self.buffer = self.buffer[:length], self.buffer[length:]
        return piece

    def receive(self, sent=''):
        try:
            header = self.exactly(4)
            body = header and self.exactly(struct.unpack('>I', header)[0] - 4)
        except (ConnectionError, ssl.SSLError):
            body = None
        if body:
            seen.append(body.decode())
        return Reply(body.decode() if body else None, sent)

    def document(self, text, encoding='utf-8'):
        self.send_bytes(frame(text, encoding))
        return self.receive(text)

    def hello(self):
        return self.document('<epp xmlns="%s"><hello/></epp>' % NS['epp'])

    def command(self, body, extension='', trid=None):
        """Send a command; its answer must keep to RFC 5730 2.6 whatever it says."""
        Session.number += 1
        trid = 'rst-%d' % Session.number if trid is None else trid
        text = command(body, extension, trid)
        self.send_bytes(frame(text))
        reply = self.receive(text)
        if reply.text:
            wrong = []
            if (reply.value('.//epp:trID/epp:clTRID') or '') != trid:
                wrong.append('clTRID')
            server = reply.value('.//epp:trID/epp:svTRID')
            if server in trids or not 3 <= len(server) <= 64:
                wrong.append('svTRID')
            trids.add(server)
            if [e.tag.split('}')[1] for e in reply.one('epp:response')] != sorted(
                    (e.tag.split('}')[1] for e in reply.one('epp:response')), key=['result', 'msgQ', 'resData', 'extension', 'trID'].index):
                wrong.append('order')
            if reply.code != 'greeting' and reply.code >= 2000 and reply.one('.//epp:resData') is not None:
                wrong.append('data with a failure')
            for name in ('crDate', 'upDate', 'exDate', 'trDate', 'reDate', 'acDate', 'qDate'):
                wrong += ['%s %s' % (name, e.text) for e in reply.tree.iter() if e.tag.endswith('}' + name) and not UTC.match(e.text)]
            if wrong:
                ok(False, 'RFC 5730 2.6: ' + ', '.join(wrong), reply)
        return reply

    def login(self, extensions=('secDNS', 'rgp'), objects=('domain', 'host', 'contact'), password=None, clid=None, version='1.0', lang='en', new=None,
              before=''):
        services = ''.join('<objURI>%s</objURI>' % NS.get(o, o) for o in objects)
        if extensions:
            services += '<svcExtension>%s</svcExtension>' % ''.join('<extURI>%s</extURI>' % NS.get(e, e) for e in extensions)
        return self.command('<login><clID>%s</clID><pw>%s</pw>%s<options><version>%s</version><lang>%s</lang></options><svcs>%s</svcs></login>' % (
            clid or ENV['CLID%d' % self.who], password or ENV['PW%d' % self.who], '<newPW>%s</newPW>' % new if new else '', version, lang, services))

    def drain(self):
        """Acknowledge every message; returns them."""
        messages = []
        while True:
            reply = self.command('<poll op="req"/>')
            if reply.code != 1301:
                return messages
            messages.append(reply)
            self.command('<poll op="ack" msgID="%s"/>' % reply.one('.//epp:msgQ').get('id'))

    def close(self):
        self.sock.close()


def tls(who=1, **limits):
    context = ssl.create_default_context(cafile=ENV['CAFILE'])
    context.check_hostname = False
    if who:
        context.load_cert_chain(ENV['CERT%d' % who], ENV['KEY%d' % who])
    for name, value in limits.items():
        setattr(context, name, value)
    return context


def frame(text, encoding='utf-8'):
    data = text if isinstance(text, bytes) else text.encode(encoding)
    return struct.pack('>I', len(data) + 4) + data


def command(body, extension='', trid='rst'):
    spaces = ''.join(' xmlns:%s="%s"' % (p, u) for p, u in NS.items() if '<%s:' % p in body + extension)
    return '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<epp xmlns="%s"%s><command>%s%s%s</command></epp>' % (
        NS['epp'], spaces, body, '<extension>%s</extension>' % extension if extension else '', '<clTRID>%s</clTRID>' % trid if trid else '')


def answers_are_valid():
    """Everything that was received, against the XML schemas."""
    if not shutil.which('xmllint') or not os.path.isdir(FOLDER):
        ok(True, 'the %d answers are valid # SKIP no xmllint or no schemas' % len(seen))
        return
    with tempfile.TemporaryDirectory() as folder:
        driver = os.path.join(folder, 'all.xsd')
        with open(driver, 'w') as f:
            f.write('<schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:all">%s</schema>' % ''.join(
                '<import namespace="%s" schemaLocation="%s/%s.xsd"/>' % (uri, FOLDER, name) for uri, name in FILES.items()))
        for i, text in enumerate(seen):
            with open('%s/%d.xml' % (folder, i), 'w') as f:
                f.write(text)
        run = subprocess.run(['xmllint', '--nonet', '--noout', '--schema', driver] + ['%s/%d.xml' % (folder, i) for i in range(len(seen))],
                             stderr=subprocess.PIPE, text=True)
        wrong = [line for line in run.stderr.splitlines() if not line.endswith(' validates')]
        ok(run.returncode == 0, 'the %d answers are valid' % len(seen), '\n'.join(wrong))
