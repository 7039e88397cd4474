"""What the wire tests of dos-whois and dos-http share: TAP, the registry's data, gateways of their own, and a
relay in front of the database that can be cut."""
import os, shutil, signal, socket, subprocess, sys, tempfile, threading, time

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..'))
ENV = os.environ
ZONE = 'w%d.invalid' % os.getpid()
count = failed = 0


def ok(good, name, why=''):
    global count, failed
    count += 1
    print('%sok %d - %s' % ('' if good else 'not ', count, name), flush=True)
    if not good:
        failed += 1
        for line in str(why)[:2000].splitlines():
            print('#   ' + line)


def same(got, wanted, name):
    ok(got == wanted, name, 'got %r, wanted %r' % (got, wanted))


def need(*names):
    """Without a running stack there is nothing to test."""
    missing = [n for n in names if not ENV.get(n)]
    if missing:
        print('1..0 # SKIP no stack: ' + ' '.join(missing))
        sys.exit(0)


def done():
    print('1..%d' % count)
    sys.exit(1 if failed else 0)


def sql(*commands):
    args = ['psql', '-XqAt', '-v', 'ON_ERROR_STOP=1']
    for command in commands:
        args += ['-c', command]
    return subprocess.run(args, check=True, capture_output=True, text=True).stdout.strip()


def make_data():
    """A zone of our own, with one ordinary and one internationalized domain and some more names."""
    registrar = "(SELECT id FROM dos.registrar WHERE clid = '%s')" % ENV['CLID1']
    zone = "(SELECT id FROM dos.zone WHERE name = '%s')" % ZONE
    drop_data()
    sql("SELECT dos.zone_create('%s')" % ZONE,
        """INSERT INTO dos.contact (handle, roid, registrar_id, creator_id, int_postal, voice, email)
           VALUES ('%s', 'CW1-DOS', %s, %s, ('P-NAME', 'P-ORG', 'P-STREET', NULL, NULL, 'P-CITY', 'CA', 'P-PC', 'US'), '+1.5550001', 'p@wire.example')"""
        % (handle(), registrar, registrar),
        """INSERT INTO dos.host (name, roid, registrar_id, creator_id, addresses)
           VALUES ('ns1.one.%s', 'HW1-DOS', %s, %s, '{192.0.2.77,2001:db8::77}')""" % (ZONE, registrar, registrar),
        """INSERT INTO dos.domain (name, zone_id, roid, registrar_id, creator_id, expires_at, registrant_id, host_ids, ds)
           SELECT n || '.%s', %s, 'DW' || o || '-DOS', %s, %s, dos.now() + '1 year', c.id, ARRAY[h.id], '{"12345 13 2 AABBCC"}'
             FROM unnest(ARRAY['one', 'xn--bcher-kva'] || ARRAY(SELECT 'n' || i FROM generate_series(0, 99) AS i)) WITH ORDINALITY AS u(n, o),
                  dos.contact AS c, dos.host AS h WHERE c.handle = '%s' AND h.name = 'ns1.one.%s'"""
        % (ZONE, zone, registrar, registrar, handle(), ZONE))


def handle():
    return 'W-%d' % os.getpid()


def drop_data():
    sql("DELETE FROM dos.domain WHERE zone_id = (SELECT id FROM dos.zone WHERE name = '%s')" % ZONE,
        "DELETE FROM dos.host WHERE name = 'ns1.one.%s'" % ZONE,
        "DELETE FROM dos.contact WHERE handle = '%s'" % handle(),
        "DELETE FROM dos.zone WHERE name = '%s'" % ZONE)


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        return s.getsockname()[1]


def until(question, seconds=60):
    """The first true answer to a question asked again and again, or the last one."""
    end = time.time() + seconds
    while True:
        answer = question()
        if answer or time.time() > end:
            return answer
        time.sleep(0.05)


def wait_port(port, seconds=60):
    end = time.time() + seconds
    while time.time() < end:
        try:
            socket.create_connection(('127.0.0.1', port), 1).close()
            return True
        except OSError:
            time.sleep(0.05)
    return False


class Gateway:
    """A gateway of our own, beside the stack's."""

    def __init__(self, program, ports, database_port=None, **settings):
        self.dir = tempfile.mkdtemp()
        self.conf = os.path.join(self.dir, 'conf')
        self.log = os.path.join(self.dir, 'log')
        self.settings = dict(settings, log_file=self.log, db_connections=2, database='host=127.0.0.1 port=%s dbname=%s user=%s' % (
            database_port or ENV['PGPORT'], ENV['PGDATABASE'], ENV.get('RDDS_USER', 'gateway_rdds')))
        self.write()
        self.process = subprocess.Popen([os.path.join(ROOT, 'build', 'bin', program), '-c', self.conf], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=open(os.path.join(self.dir, 'stderr'), 'wb'))
        for port in ports:
            if not wait_port(port):
                raise Exception(program + ' does not listen: ' + open(self.log).read())

    def write(self, **changes):
        self.settings.update(changes)
        with open(self.conf, 'w') as f:
            for name, value in self.settings.items():
                f.write('%s = %s\n' % (name, value))

    def reload(self, **changes):
        self.write(**changes)
        before = open(self.log).read().count('"reloaded"')
        self.process.send_signal(signal.SIGHUP)
        until(lambda: open(self.log).read().count('"reloaded"') > before)

    def lives(self):
        return self.process.poll() is None

    def stop(self, seconds=60):
        """SIGTERM; the exit status, or None when it did not end."""
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None
        finally:
            shutil.rmtree(self.dir, ignore_errors=True)


class Relay:
    """A TCP relay to the database. cut(): as if the server were gone; heal(): it is back."""

    def __init__(self, target):
        self.target = target
        self.pairs = []
        self.port = free_port()
        self.heal()

    def heal(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(('127.0.0.1', self.port))
        self.listener.listen(50)
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def accept(self, listener):
        while True:
            try:
                client, _ = listener.accept()
                server = socket.create_connection(('127.0.0.1', self.target))
            except OSError:
                return
            self.pairs += [client, server]
            for a, b in ((client, server), (server, client)):
                threading.Thread(target=self.copy, args=(a, b), daemon=True).start()

    def copy(self, source, sink):
        try:
            while True:
                data = source.recv(65536)
                if not data:
                    break
                sink.sendall(data)
        except OSError:
            pass
        for s in (source, sink):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for s in self.pairs:
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.pairs = []


def metrics(port):
    import urllib.request
    return urllib.request.urlopen('http://127.0.0.1:%s/metrics' % port, timeout=60).read().decode()
