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

from proof import INDEX_SQL, PARTS, UNKNOWN, Auditor, compare

ROOT = os.path.realpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '../..'))
NS = 'urn:ietf:params:xml:ns:'
SERVER_FAULTS = (2400, 2500, 2501, 2502)
PREFIX = 'f%d-' % os.getpid()         # of the names of this run
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
            return until(300, lambda: self.tool('again', name, check=False).returncode == 0)
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

    @staticmethod
    def frame(command, cltrid):
        frame = ('<?xml version="1.0" encoding="UTF-8" standalone="no"?><epp xmlns="%sepp-1.0"><command>%s<clTRID>%s</clTRID></command></epp>'
                 % (NS, command, cltrid)).encode()
        return struct.pack('>I', len(frame) + 4) + frame

    def ask(self, command, cltrid):
        self.socket.sendall(self.frame(command, cltrid))
        self.answer = self.receive()
        return int(re.search(r'code="(\d+)"', self.answer).group(1))

    def leave(self, command, cltrid, seconds):
        """The command is sent; then the connection is reset."""
        self.socket.sendall(self.frame(command, cltrid))
        time.sleep(seconds)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.socket.close()

    def close(self):
        try:
            self.socket.close()
        except OSError:
            pass


def domain(verb, name, inside=''):
    return '<%s><domain:%s xmlns:domain="%sdomain-1.0"><domain:name>%s</domain:name>%s</domain:%s></%s>' % (verb, verb, NS, name, inside, verb, verb)


class Client(threading.Thread):
    """Registers, renews, changes and deletes names of its own until told to stop; `record` is what it was told. Some leave after a
    command without waiting for its answer."""

    def __init__(self, stack, which, ports=None, leaves=0.0, pause=0.0):
        super().__init__(daemon=True)
        self.stack, self.which, self.ports, self.leaves, self.pause = stack, which, ports, leaves, pause
        self.finished = collections.deque()         # (when, name): no command for it will follow
        self.left = 0
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
            if self.dice.random() < self.leaves:
                self.session.leave(command, '%s-%s' % (verb, self.which), self.dice.random() / 100)
                self.left += 1
                self.session = None
                return UNKNOWN
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
            name = '%s%d-%d.%s' % (PREFIX, self.which, count, self.stack.zone)
            self.live(name)
            if name in self.record:
                self.finished.append((time.monotonic(), name))
            time.sleep(self.pause)

    def live(self, name):
        """A name's life; each command waits for the answer to the one before."""
        code = self.ask(name, 'create', domain('create', name, '<domain:period unit="y">1</domain:period><domain:ns><domain:hostAttr>'
                        '<domain:hostName>ns1.elsewhere.invalid</domain:hostName></domain:hostAttr></domain:ns>'
                        '<domain:authInfo><domain:pw>Fault-Secret-1</domain:pw></domain:authInfo>'))
        if code != 1000:
            return
        expiry = re.search(r'exDate>(\d+)(-\d\d-\d\d)', self.session.answer)
        kind = self.dice.random()
        if kind < 0.3:
            self.ask(name, 'renew', domain('renew', name, '<domain:curExpDate>%s</domain:curExpDate><domain:period unit="y">1</domain:period>' % ''.join(expiry.groups())))
        elif kind < 0.5:
            self.ask(name, 'update', domain('update', name, '<domain:add><domain:status s="clientHold"/></domain:add>'))
        elif kind < 0.7:
            self.ask(name, 'delete', domain('delete', name))


class Load:
    """Clients under way; `expect_service` waits until a command is acknowledged again. With `audit` names are looked at as they are
    done with, and forgotten."""

    def __init__(self, stack, clients=8, ports=None, leaves=0.0, pause=0.0, audit=False):
        self.stack = stack
        self.auditor = None
        self.clients = [Client(stack, i, ports, leaves, pause) for i in range(clients)]
        if audit:
            stack.sql(INDEX_SQL)
            self.auditor = Auditor(stack, self.clients, PREFIX)
            self.auditor.start()
        for client in self.clients:
            client.start()

    def acknowledged(self):
        return sum(c.acknowledged for c in self.clients)

    def expect_service(self, seconds=300):
        before = self.acknowledged()
        return until(seconds, lambda: self.acknowledged() > before)

    def stop(self):
        for client in self.clients:
            client.running = False
        for client in self.clients:
            client.join(120)

    def record(self):
        return {name: steps for client in self.clients for name, steps in client.record.items()}


def verify(stack, load, port=None):
    """The proofs after every kind of fault; the clients have stopped."""
    if load.auditor:
        sums = load.auditor.total()
        answered, unknown, wrong = load.auditor.answered, load.auditor.unknown, load.auditor.wrong
        ok(sums == load.auditor.sums, '%d names are what they were when they were looked at: %s' % (load.auditor.names, ', '.join('%d %s' % p for p in zip(sums, PARTS))),
           '%s then' % load.auditor.sums)
    else:
        record = load.record()
        answered = sum(code != UNKNOWN for steps in record.values() for _, code in steps)
        unknown = sum(code == UNKNOWN for steps in record.values() for _, code in steps)
        wrong = compare(stack, record, port)
    ok(not wrong, '%d commands acknowledged, %d without an answer: none lost, doubled or half done' % (answered, unknown), '\n'.join(wrong))
    ok(stack.sql('SELECT * FROM dos.ledger_verify()', port=port) == '', 'the ledger verifies')
    ok(stack.sql('SELECT * FROM dos.audit_verify()', port=port) == '', 'the audit chain verifies')
    settled = until(300, lambda: stack.sql("SELECT sum(waiting) FROM dos.zone_status", port=port) == '0')
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
    ok(until(300, same), '%s holds the zone of the database' % name)


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
