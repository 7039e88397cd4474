"""What the database must say of every name that a client has a record of: rows, charges, refunds and events agree with what the
client was told, neither more nor less. Names may be looked at while clients go on, and are then forgotten but for sums, so that a
record of a long run needs no more room than that of a short one.
"""
import collections
import threading
import time

UNKNOWN = 0
AGE_S = 60                  # no command is under way longer than this: gateways and database end it before
BATCH = 2000

# per name: is it registered, its years, its statuses; charges and refunds in the ledger; events told
FACTS_SQL = """
SELECT n.name, d.id IS NOT NULL, coalesce(extract(year FROM age(d.expires_at, d.created_at)), 0)::int, coalesce('clientHold' = ANY (d.statuses), false),
       (SELECT count(*) FROM dos.ledger_entry AS e WHERE e.object_name = n.name AND e.kind = 'create'),
       (SELECT count(*) FROM dos.ledger_entry AS e WHERE e.object_name = n.name AND e.kind = 'renew'),
       (SELECT count(*) FROM dos.ledger_entry AS e WHERE e.object_name = n.name AND e.kind = 'refund'),
       (SELECT count(*) FROM dos.outbox AS o WHERE o.object_name = n.name AND o.event = 'domain.created')
  FROM unnest('{%s}'::text[]) AS n(name) LEFT JOIN dos.domain AS d ON d.name = n.name
"""

# the same of all names that begin so, added up
SUMS_SQL = """
SELECT (SELECT count(*) || '|' || coalesce(sum(extract(year FROM age(expires_at, created_at))::int), 0) || '|' || count(*) FILTER (WHERE 'clientHold' = ANY (statuses))
          FROM dos.domain WHERE starts_with(name::text, '%(prefix)s')) || '|' ||
       (SELECT count(*) FILTER (WHERE kind = 'create') || '|' || count(*) FILTER (WHERE kind = 'renew') || '|' || count(*) FILTER (WHERE kind = 'refund')
          FROM dos.ledger_entry WHERE starts_with(object_name::text, '%(prefix)s')) || '|' ||
       (SELECT count(*) FROM dos.outbox WHERE starts_with(object_name::text, '%(prefix)s') AND event = 'domain.created')
"""
INDEX_SQL = 'CREATE INDEX IF NOT EXISTS fault_ledger ON dos.ledger_entry (object_name); CREATE INDEX IF NOT EXISTS fault_outbox ON dos.outbox (object_name)'

Facts = collections.namedtuple('Facts', 'there years held creates renews refunds events')
PARTS = 'registered, years, held, charged for a create, charged for a renewal, paid back, created events'.split(', ')


def facts_of(row):
    name, there, years, held, creates, renews, refunds, events = row.split('|')
    return name, Facts(int(there == 't'), int(years), int(held == 't'), int(creates), int(renews), int(refunds), int(events))


def judge(steps, found):
    """What is lost, doubled or half done of one name, as sentences."""
    told = dict((verb, code) for verb, code in steps)
    made, deleted = told.get('create'), told.get('delete')
    claims = [
        (made in (1000, UNKNOWN), 'a create was refused'),
        (made != 1000 or found.creates == 1 and found.events == 1, 'an acknowledged create has one charge and one event'),
        (made != 1000 or found.there or deleted in (1000, UNKNOWN) and 'delete' in told, 'an acknowledged name is there'),
        (found.creates == found.events and found.creates <= 1 and (found.creates == 1 or not found.there), 'a create is whole or nothing'),
        (deleted != 1000 or not found.there and found.refunds == found.creates + found.renews, 'a deleted name is gone and paid back'),
        (found.creates != 1 or found.there or 'delete' in told and found.refunds == found.creates + found.renews, 'a name goes only by a delete, which pays back'),
    ]
    if found.there:
        claims += [
            (found.refunds == 0, 'nothing is paid back for a name that is there'),
            (found.years == 1 + found.renews, 'years are charged years'),
            ('renew' not in told or told['renew'] == UNKNOWN or found.renews == (told['renew'] == 1000), 'an acknowledged renewal is there once'),
            (found.renews <= ('renew' in told), 'no renewal that was not asked for'),
            (found.held == (told.get('update') == 1000) or told.get('update') == UNKNOWN and 'update' in told, 'an acknowledged update is there'),
        ]
    return ['%s; told %s, found %s' % (sentence, steps, found) for true, sentence in claims if not true]


def look(stack, names, port=None, check=True):
    """Facts by name; None when the database does not answer and need not."""
    found = {}
    names = list(names)
    for at in range(0, len(names), BATCH):
        rows = stack.sql(FACTS_SQL % ','.join(names[at:at + BATCH]), check=check, port=port)
        if rows is None:
            return None
        found.update(facts_of(row) for row in rows.splitlines())
    return found


def compare(stack, record, port=None):
    """What is lost, doubled or half done, as sentences."""
    stack.sql(INDEX_SQL, port=port)
    return ['%s: %s' % (name, wrong) for name, found in look(stack, record, port).items() for wrong in judge(record[name], found)]


class Auditor(threading.Thread):
    """Looks at names that clients are done with while they go on, and keeps sums of what it found."""

    def __init__(self, stack, clients, prefix):
        super().__init__(daemon=True)
        self.stack, self.clients, self.prefix = stack, clients, prefix
        self.wrong, self.sums, self.names, self.answered, self.unknown, self.running = [], [0] * len(Facts._fields), 0, 0, 0, True

    def run(self):
        while self.running:
            self.settle(time.monotonic() - AGE_S)
            time.sleep(1)

    def settle(self, before, check=False):
        """Names finished before an instant are compared, added up and forgotten."""
        for client in self.clients:
            due = []
            while client.finished and client.finished[0][0] <= before and len(due) < BATCH:
                due.append(client.finished.popleft())
            found = look(self.stack, [name for _, name in due], check=check) if due else {}
            if found is None:
                client.finished.extendleft(reversed(due))
                return
            for name, facts in found.items():
                steps = client.record.pop(name)
                self.wrong += ['%s: %s' % (name, wrong) for wrong in judge(steps, facts)]
                self.sums = [a + b for a, b in zip(self.sums, facts)]
                self.answered += sum(code != UNKNOWN for _, code in steps)
                self.unknown += sum(code == UNKNOWN for _, code in steps)
            self.names += len(found)

    def total(self):
        """When clients have stopped: what is left is compared, too, and the sums are those of the database."""
        self.running = False
        self.join()
        while any(client.finished for client in self.clients):
            self.settle(time.monotonic(), check=True)
        return [int(n) for n in self.stack.sql(SUMS_SQL % {'prefix': self.prefix}).split('|')]
