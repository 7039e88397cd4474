"""What the fault tests share: a registry stack of their own, clients that keep their own record of every command that
was acknowledged, and the proof afterwards that the database agrees with that record.

A command is acknowledged when its answer has come. No answer, or 2400, or 2500: nobody knows, so it may have been done or
not, but never half.
"""
import collections
import os
import random
import re
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.realpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../..'))
NS = 'urn:ietf:params:xml:ns:'
UNKNOWN = 0
SERVER_FAULTS = (2400, 2500, 2501, 2502)
number = failed = 0


def ok(good, name, got=None):
    global number, failed
    number += 1
    failed += not good
    print('%sok %d - %s' % ('' if good else 'not ', number, name))
    if not good and got is not None:
        print('\n'.join('# ' + line for line in str(got).splitlines()[:30]))
    sys.stdout.flush()
    return good


def done():
    print('1..%d' % number)
    sys.exit(failed > 0)


def skip(why):
    print('1..0 # SKIP ' + why)
    sys.exit(0)


def until(seconds, question):
    """The first true answer, or the last one."""
    end = time.monotonic() + seconds
    while True:
        answer = question()
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.05)


class Stack:
    """A registry in build/faults, as the demo starts it, on other ports."""

    def __init__(self, *settings, name='faults', shift=21000):
        self.folder = os.path.join(ROOT, 'build', name)
        os.makedirs(self.folder, exist_ok=True)
        while True:
            made = self.tool('start', str(shift), *settings, check=False)
            if made.returncode == 0:
                break
            if 'is taken' not in made.stderr or shift > 23000:
                raise SystemExit('stack: ' + made.stdout + made.stderr)
            shift += 100
        self.env = {}
        with open(os.path.join(self.folder, 'demo.env')) as lines:
            for line in lines:
                key, value = line.rstrip('\n').split('=', 1)
                self.env[key] = value.replace('\\', '')
        # churn like this would trip the guard and use up the refunds of a month
        self.zone = self.env['ZONE2']
        self.sql("UPDATE dos.zone SET guard_percent = 100, add_grace_free = NULL")

    def tool(self, verb, *words, check=True):
        return subprocess.run([os.path.join(ROOT, 'tools/stack'), verb, self.folder, *words], check=check, capture_output=True, text=True)

    def stop(self):
        self.tool('stop', check=False)
        if failed == 0:
            subprocess.run(['rm', '-rf', self.folder], stderr=subprocess.DEVNULL)     # may be a mount point

    def sql(self, command, check=True, port=None):
        env = dict(os.environ, **{k: v for k, v in self.env.items() if k.startswith('PG')}, PGCONNECT_TIMEOUT='5')
        if port:
            env['PGPORT'] = str(port)
        # thousands of names are too long for an argument
        words, said = (['-f', '-'], command) if len(command) > 100000 else (['-c', command], '')
        run = subprocess.run(['psql', '-XqAt', '-v', 'ON_ERROR_STOP=1'] + words, env=env, input=said, capture_output=True, text=True)
        if check and run.returncode != 0:
            raise RuntimeError(run.stderr)
        return run.stdout.strip() if run.returncode == 0 else None

    def pid(self, name):
        """Process id of a server of the stack, None when it does not run."""
        path = {'postgres': 'pg/postmaster.pid', 'knot': 'knot/knot.pid'}.get(name, 'pid/%s.pid' % name)
        try:
            with open(os.path.join(self.folder, path)) as file:
                pid = int(file.readline())
            os.kill(pid, 0)
            return pid
        except (OSError, ValueError):
            return None

    def kill(self, name, how=signal.SIGKILL):
        pid = self.pid(name)
        if pid:
            os.kill(pid, how)
        return pid

    def backends(self, application):
        rows = self.sql("SELECT pid FROM pg_stat_activity WHERE application_name ~ '%s' OR backend_type ~ '%s'" % (application, application), check=False)
        return [int(pid) for pid in (rows or '').split()]

    def again(self, name):
        """Start a server that has died; PostgreSQL until it answers."""
        if name == 'postgres':
            return until(60, lambda: self.tool('again', name, check=False).returncode == 0)
        return self.tool('again', name)

    def server_ready(self, port):
        try:
            socket.create_connection(('127.0.0.1', int(port)), 1).close()
            return True
        except OSError:
            return False


class Session:
    """One EPP session over TLS."""

    def __init__(self, stack, timeout=10, port=None):
        e = stack.env
        context = ssl.create_default_context(cafile=e['CAFILE'])
        context.check_hostname = False
        context.load_cert_chain(e['CERT1'], e['KEY1'])
        raw = socket.create_connection((e['EPP_HOST'], int(port or e['EPP_PORT'])), timeout)
        self.socket = context.wrap_socket(raw)
        self.receive()
        code = self.ask('<login><clID>%s</clID><pw>%s</pw><options><version>1.0</version><lang>en</lang></options><svcs><objURI>%sdomain-1.0</objURI></svcs></login>'
                        % (e['CLID1'], e['PW1'], NS), 'login')
        if code != 1000:
            self.close()
            raise ConnectionError('login: %s' % code)

    def receive(self):
        def take(count):
            data = b''
            while len(data) < count:
                more = self.socket.recv(count - len(data))
                if not more:
                    raise ConnectionError('closed')
                data += more
            return data
        return take(struct.unpack('>I', take(4))[0] - 4).decode()

    def ask(self, command, cltrid):
        frame = ('<?xml version="1.0" encoding="UTF-8" standalone="no"?><epp xmlns="%sepp-1.0"><command>%s<clTRID>%s</clTRID></command></epp>'
                 % (NS, command, cltrid)).encode()
        self.socket.sendall(struct.pack('>I', len(frame) + 4) + frame)
        self.answer = self.receive()
        return int(re.search(r'code="(\d+)"', self.answer).group(1))

    def close(self):
        try:
            self.socket.close()
        except OSError:
            pass


def domain(verb, name, inside=''):
    return '<%s><domain:%s xmlns:domain="%sdomain-1.0"><domain:name>%s</domain:name>%s</domain:%s></%s>' % (verb, verb, NS, name, inside, verb, verb)


class Client(threading.Thread):
    """Registers, renews, changes and deletes names of its own until told to stop; `record` is what it was told."""

    def __init__(self, stack, which, ports=None):
        super().__init__(daemon=True)
        self.stack, self.which, self.ports = stack, which, ports
        self.record = collections.OrderedDict()     # name: [(verb, code or UNKNOWN)...]
        self.acknowledged = 0
        self.running = True
        self.session = None
        self.dice = random.Random(which)

    def port(self):
        return self.dice.choice(self.ports) if self.ports else None

    def ask(self, name, verb, command):
        code = UNKNOWN
        try:
            if self.session is None:
                self.session = Session(self.stack, port=self.port())
            self.record.setdefault(name, []).append([verb, UNKNOWN])
            code = self.session.ask(command, '%s-%s' % (verb, self.which))
            code = UNKNOWN if code in SERVER_FAULTS else code
            self.record[name][-1][1] = code
        except (OSError, ConnectionError, ssl.SSLError, AttributeError):
            if self.session:
                self.session.close()
            self.session = None
            time.sleep(0.05)
        self.acknowledged += code != UNKNOWN
        return code

    def run(self):
        count = 0
        while self.running:
            count += 1
            name = 'f%d-%d-%d.%s' % (os.getpid(), self.which, count, self.stack.zone)
            code = self.ask(name, 'create', domain('create', name, '<domain:period unit="y">1</domain:period><domain:ns><domain:hostAttr>'
                            '<domain:hostName>ns1.elsewhere.invalid</domain:hostName></domain:hostAttr></domain:ns>'
                            '<domain:authInfo><domain:pw>Fault-Secret-1</domain:pw></domain:authInfo>'))
            if code != 1000:
                continue
            expiry = re.search(r'exDate>(\d+)(-\d\d-\d\d)', self.session.answer)
            kind = self.dice.random()
            if kind < 0.3:
                self.ask(name, 'renew', domain('renew', name, '<domain:curExpDate>%s</domain:curExpDate><domain:period unit="y">1</domain:period>' % ''.join(expiry.groups())))
            elif kind < 0.5:
                self.ask(name, 'update', domain('update', name, '<domain:add><domain:status s="clientHold"/></domain:add>'))
            elif kind < 0.7:
                self.ask(name, 'delete', domain('delete', name))


class Load:
    """Clients under way; `expect_service` waits until a command is acknowledged again."""

    def __init__(self, stack, clients=8, ports=None):
        self.stack = stack
        self.clients = [Client(stack, i, ports) for i in range(clients)]
        for client in self.clients:
            client.start()

    def acknowledged(self):
        return sum(c.acknowledged for c in self.clients)

    def expect_service(self, seconds=60):
        before = self.acknowledged()
        return until(seconds, lambda: self.acknowledged() > before)

    def stop(self):
        for client in self.clients:
            client.running = False
        for client in self.clients:
            client.join(30)

    def record(self):
        return {name: steps for client in self.clients for name, steps in client.record.items()}


# per name: is it registered, its years, its statuses; charges and refunds in the ledger; events told
STATE_SQL = """
SELECT n.name, d.id IS NOT NULL, coalesce(extract(year FROM age(d.expires_at, d.created_at)), 0)::int, coalesce('clientHold' = ANY (d.statuses), false),
       (SELECT count(*) FROM dos.ledger_entry AS e WHERE e.object_name = n.name AND e.kind = 'create'),
       (SELECT count(*) FROM dos.ledger_entry AS e WHERE e.object_name = n.name AND e.kind = 'renew'),
       (SELECT count(*) FROM dos.ledger_entry AS e WHERE e.object_name = n.name AND e.kind = 'refund'),
       (SELECT count(*) FROM dos.outbox AS o WHERE o.object_name = n.name AND o.event = 'domain.created')
  FROM unnest('{%s}'::text[]) AS n(name) LEFT JOIN dos.domain AS d ON d.name = n.name
"""


def compare(stack, record, port=None):
    """What is lost, doubled or half done, as sentences."""
    stack.sql('CREATE INDEX IF NOT EXISTS fault_ledger ON dos.ledger_entry (object_name); CREATE INDEX IF NOT EXISTS fault_outbox ON dos.outbox (object_name)', port=port)
    wrong = []
    rows = stack.sql(STATE_SQL % ','.join(record), port=port).splitlines() if record else []
    for row in rows:
        name, there, years, held, creates, renews, refunds, events = row.split('|')
        there, held = there == 't', held == 't'
        years, creates, renews, refunds, events = map(int, (years, creates, renews, refunds, events))
        steps = dict((verb, code) for verb, code in record[name])

        def expect(truth, sentence):
            if not truth:
                wrong.append('%s: %s; told %s, found %s' % (name, sentence, record[name], row))

        made, deleted = steps.get('create'), steps.get('delete')
        expect(made in (1000, UNKNOWN), 'a create was refused')
        if made == 1000:
            expect(creates == 1 and events == 1, 'an acknowledged create has one charge and one event')
            expect(there or deleted in (1000, UNKNOWN) and 'delete' in steps, 'an acknowledged name is there')
        expect(creates == events and creates <= 1 and (creates == 1 or not there), 'a create is whole or nothing')
        if deleted == 1000:
            expect(not there and refunds == creates + renews, 'a deleted name is gone and paid back')
        if creates == 1 and not there:
            expect('delete' in steps and refunds == creates + renews, 'a name goes only by a delete, which pays back')
        if there:
            expect(refunds == 0, 'nothing is paid back for a name that is there')
            expect(years == 1 + renews, 'years are charged years')
            expect('renew' not in steps or steps['renew'] == UNKNOWN or renews == (steps['renew'] == 1000), 'an acknowledged renewal is there once')
            expect(renews <= ('renew' in steps), 'no renewal that was not asked for')
            expect(held == (steps.get('update') == 1000) or steps.get('update') == UNKNOWN and 'update' in steps, 'an acknowledged update is there')
    return wrong


def verify(stack, load, port=None):
    """The proofs after every kind of fault."""
    record = load.record()
    answered = sum(code != UNKNOWN for steps in record.values() for _, code in steps)
    unknown = sum(code == UNKNOWN for steps in record.values() for _, code in steps)
    wrong = compare(stack, record, port)
    ok(not wrong, '%d commands acknowledged, %d without an answer: none lost, doubled or half done' % (answered, unknown), '\n'.join(wrong))
    ok(stack.sql('SELECT * FROM dos.ledger_verify()', port=port) == '', 'the ledger verifies')
    ok(stack.sql('SELECT * FROM dos.audit_verify()', port=port) == '', 'the audit chain verifies')
    settled = until(60, lambda: stack.sql("SELECT sum(waiting) FROM dos.zone_status", port=port) == '0')
    ok(settled, 'everything is published')
    ok(stack.sql('SELECT v.* FROM dos.zone AS z CROSS JOIN LATERAL dos.zone_verify(z.name) AS v', port=port) == '', 'every zone is what the registry says')
    return answered, unknown


def verify_proof(stack, load):
    """The proof itself must be able to fail: a name is lost and one is charged twice behind the registry's back."""
    record = load.record()
    lost, doubled = [name for name, steps in record.items() if steps == [['create', 1000]]][:2]
    stack.sql("DELETE FROM dos.domain WHERE name = '%s'" % lost)
    stack.sql("INSERT INTO dos.ledger_entry (debit_account_id, credit_account_id, amount_minor, kind, object_name)"
              " SELECT debit_account_id, credit_account_id, amount_minor, kind, object_name FROM dos.ledger_entry WHERE object_name = '%s'" % doubled)
    wrong = compare(stack, record)
    ok(len([w for w in wrong if w.startswith((lost, doubled))]) == len(wrong) >= 2, 'a lost name and a double charge would have been noticed', '\n'.join(wrong))
    ok(stack.sql('SELECT * FROM dos.ledger_verify()') != '', 'by the ledger, too')


class SerialWatch(threading.Thread):
    """Asks Knot for the serial of the zone again and again; a serial must never go back (RFC 1982)."""

    def __init__(self, stack):
        super().__init__(daemon=True)
        self.stack, self.running, self.last, self.backwards, self.seen = stack, True, None, [], 0
        self.start()

    def run(self):
        while self.running:
            run = subprocess.run(['kdig', '@127.0.0.1', '-p', self.stack.env['KNOT_PORT'], '+short', '+time=1', '+retry=0', '+norec', self.stack.zone, 'SOA'],
                                 capture_output=True, text=True)
            parts = run.stdout.split()
            if len(parts) == 7 and parts[2].isdigit():
                serial = int(parts[2])
                if self.last is not None and serial != self.last and (serial - self.last) % 2**32 > 2**31:
                    self.backwards.append((self.last, serial))
                self.last = serial
                self.seen += 1
            time.sleep(0.1)

    def verify(self):
        self.running = False
        self.join(5)
        ok(not self.backwards and self.seen > 10, 'Knot was asked %d times, its serial never went back' % self.seen, self.backwards)


PUBLISHED = ('NS', 'DS', 'A', 'AAAA')


def records(text):
    """Of a zone in master file form: the records that come from the registry."""
    lines = (line.split() for line in text.splitlines() if line and not line.startswith(';'))
    return sorted(' '.join(p[:1] + p[3:]) for p in lines if len(p) > 4 and p[3] in PUBLISHED)


def secondary_equal(stack, port=None, name='Knot', secondary=None):
    def same():
        served = subprocess.run(['kdig', '@127.0.0.1', '-p', str(secondary or stack.env['KNOT_PORT']), '+tcp', '+noidn', stack.zone, 'AXFR'], capture_output=True, text=True).stdout
        return records(served) == records(stack.sql("SELECT dos.zone_file('%s')" % stack.zone, port=port) or '-')
    ok(until(60, same), '%s holds the zone of the database' % name)


class Secondaries:
    """NSD and BIND behind the stack's gateway, beside its Knot, with the samples of deploy/secondaries."""

    def __init__(self, stack):
        self.stack, self.programs, self.ports = stack, [], {}
        for name, sample, command in (('NSD', 'nsd.conf', ['nsd', '-d', '-c']), ('BIND', 'named.conf', ['named', '-g', '-n', '1', '-c'])):
            port = self.ports[name] = free_port()
            folder = os.path.join(stack.folder, name.lower())
            os.makedirs(folder, exist_ok=True)
            with open(os.path.join(ROOT, 'deploy/secondaries', sample)) as file:
                text = file.read()
            for word, value in {'DIR': folder, 'PORT': port, 'LISTEN': '127.0.0.1', 'USER': '', 'PRIMARY_PORT': stack.env['DNS_PORT'], 'PRIMARY': '127.0.0.1',
                                'ZONE': stack.zone, 'KEY': stack.env['TSIG_NAME'], 'ALGORITHM': stack.env['TSIG_ALG'], 'SECRET': stack.env['TSIG_SECRET']}.items():
                text = text.replace('@%s@' % word, str(value))
            config = os.path.join(folder, sample)
            with open(config, 'w') as file:
                file.write(text)
            with open(os.path.join(folder, 'log'), 'w') as log:
                self.programs.append(subprocess.Popen(command + [config], stdout=log, stderr=log))
            stack.sql("SELECT dos.dns_secondary_add('%s', '127.0.0.1', '%s', %d, key_name => '%s')" % (name.lower(), stack.zone, port, stack.env['TSIG_NAME']))

    def verify(self):
        for name, port in self.ports.items():
            secondary_equal(self.stack, name=name, secondary=port)

    def stop(self):
        for program in self.programs:
            program.terminate()
        for program in self.programs:
            program.wait(20)


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]
