#!/usr/bin/env python3
"""A double of ICANN's reporting interface: answers what the file `next` says, and writes down what it was asked.

    agent.py FOLDER CERTIFICATE KEY

FOLDER/next has lines `METHOD STATUS CODE [WORDS]`; the first of a method is used up by its answer. A GET line's code is
a notification's status and its words the deposit's id. Requests are in FOLDER/asked, the last body in FOLDER/body, the port
in FOLDER/port.
"""
import http.server
import os
import ssl
import sys

folder, certificate, key = sys.argv[1:]

RESULT = '<?xml version="1.0" encoding="UTF-8"?>\n<response xmlns="urn:ietf:params:xml:ns:iirdea-1.0"><result code="{}"><msg>{}</msg></result></response>'
NOTIFICATIONS = '''<?xml version="1.0"?>
<rdeNotifications:notifications xmlns:rdeNotifications="urn:ietf:params:xml:ns:rdeNotifications-1.0" xmlns:rdeNotification="urn:ietf:params:xml:ns:rdeNotification-1.0"
 xmlns:rdeReport="urn:ietf:params:xml:ns:rdeReport-1.0"><rdeNotification:notification><rdeNotification:deaName>Other</rdeNotification:deaName>
<rdeNotification:status>DVPN</rdeNotification:status><rdeReport:report><rdeReport:id>of-another-day</rdeReport:id></rdeReport:report></rdeNotification:notification>
<rdeNotification:notification><rdeNotification:deaName>Agent</rdeNotification:deaName><rdeNotification:status>{}</rdeNotification:status><rdeReport:report>
<rdeReport:id>{}</rdeReport:id></rdeReport:report></rdeNotification:notification></rdeNotifications:notifications>'''


def take(method):
    """The next answer to this method, which is gone then; 404 when nothing is prepared."""
    path = os.path.join(folder, 'next')
    lines = open(path).read().splitlines() if os.path.exists(path) else []
    for number, line in enumerate(lines):
        if line.startswith(method + ' '):
            open(path, 'w').write('\n'.join(lines[:number] + lines[number + 1:]))
            return line.split(' ', 3)[1:]
    return ['404', '-']


class Interface(http.server.BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def answer(self, status, body):
        self.send_response(status)
        if status == 302:
            self.send_header('Location', '/elsewhere')
        self.send_header('Content-Type', 'text/xml')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log(self):
        with open(os.path.join(folder, 'asked'), 'a') as asked:
            asked.write(f"{self.command} {self.path} {self.headers.get('Authorization', '-')} {self.headers.get('Content-Type', '-')} {self.headers.get('Accept', '-')}\n")

    def do_PUT(self):
        body = self.rfile.read(int(self.headers['Content-Length']))
        open(os.path.join(folder, 'body'), 'wb').write(body)
        self.log()
        status, code, *words = take('PUT')
        self.answer(int(status), b'' if code == '-' else RESULT.format(code, *(words or ['as told'])).encode())

    def do_GET(self):
        self.log()
        status, code, *words = take('GET')
        self.answer(int(status), b'' if code == '-' else NOTIFICATIONS.format(code, *(words or [''])).encode())

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Interface)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
server.socket = context.wrap_socket(server.socket, server_side=True)
open(os.path.join(folder, 'port.new'), 'w').write(str(server.server_address[1]))
os.rename(os.path.join(folder, 'port.new'), os.path.join(folder, 'port'))
server.serve_forever()
