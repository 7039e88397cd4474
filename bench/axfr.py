#!/usr/bin/env python3
"""Take a zone by AXFR and throw it away: how long does the server need?

    bench/axfr.py PORT ZONE [SOURCE]    prints seconds, messages, records and octets as a line of JSON

Messages are counted by their headers and not parsed, so that the client costs next to nothing.
"""
import json
import socket
import struct
import sys
import time

port, zone, source = int(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else '127.0.0.1'
question = b''.join(bytes([len(label)]) + label.encode() for label in zone.split('.')) + b'\0' + struct.pack('>HH', 252, 1)
query = struct.pack('>HHHHHH', 4711, 0, 1, 0, 0, 0) + question
connection = socket.create_connection(('127.0.0.1', port), 60, (source, 0))
began = time.monotonic()
connection.sendall(struct.pack('>H', len(query)) + query)
stream = connection.makefile('rb', 1 << 20)
messages = records = octets = 0
soa_seen = 0
while soa_seen < 2:
    length = struct.unpack('>H', stream.read(2))[0]
    message = stream.read(length)
    _, flags, questions, answers, _, _ = struct.unpack('>HHHHHH', message[:12])
    if flags & 15:
        sys.exit('the server answers %d' % (flags & 15))
    messages, records, octets = messages + 1, records + answers, octets + length
    # the first record of the first message and the last of the last are the SOA: a name that is the question's, type 6
    place = 12 + (len(question) if questions else 0)
    if messages == 1:
        soa_seen = 1
    if messages > 1 or answers > 1:
        for at in range(len(message) - 20 - 4, max(place, len(message) - 600), -1):
            if message[at:at + 8][:4] == b'\0\6\0\1' and at + 10 + struct.unpack('>H', message[at + 8:at + 10])[0] == len(message):
                soa_seen = 2
                break
print(json.dumps({'seconds': round(time.monotonic() - began, 3), 'messages': messages, 'records': records, 'octets': octets}))
