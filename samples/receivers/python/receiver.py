"""Receives webhooks of Early Warning: verifies each, keeps it on the disk, answers, and prints its subject once.

Usage: WEBHOOK_SECRET=... [WEBHOOK_SECRET_OLD=...] python3 receiver.py PORT FILE
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOLERANCE = 5 * 60
MOST_BYTES = 1 << 20

# A message is tried for seven days; as long again for what somebody has sent anew.
KEEP = 14 * 24 * 60 * 60


def key(secret):
    return base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()


# While a new secret replaces an old one, either may have signed.
KEYS = [key(os.environ[name]) for name in ("WEBHOOK_SECRET", "WEBHOOK_SECRET_OLD") if os.environ.get(name)]


def is_right(message_id, timestamp, signatures, body):
    # Without the time a call that somebody recorded would be right for ever.
    if not message_id or not (timestamp.isascii() and timestamp.isdigit()) or abs(time.time() - int(timestamp)) > TOLERANCE:
        return False
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = [b"v1," + base64.b64encode(hmac.new(k, signed, hashlib.sha256).digest()) for k in KEYS]
    given = [signature.encode() for signature in signatures.split(" ")]
    return any([hmac.compare_digest(e, g) for e in expected for g in given])


class Inbox:
    """What was taken, one message a line. A line break comes before each, so that a line cut off by a crash spoils no other.

    An id is remembered for as long as it may come again.
    """

    def __init__(self, path):
        self._lock = threading.Lock()
        self._file = open(path, "a+b")
        self._file.seek(0)
        self._ids = {}  # By when they were taken, the oldest first.
        for line in self._file:
            try:
                taken = json.loads(line)
                if taken["at"] >= time.time() - KEEP:
                    self._ids[taken["id"]] = taken["at"]
            except (ValueError, KeyError, TypeError):
                pass  # Cut off before it was answered: it comes again.

    def take(self, message_id, message):
        """Keeps a message; false where it is there already."""
        with self._lock:
            now = int(time.time())
            while self._ids and (oldest := next(iter(self._ids.items())))[1] < now - KEEP:
                del self._ids[oldest[0]]
            if message_id in self._ids:
                return False
            self._file.write(b"\n" + json.dumps({"id": message_id, "at": now, "message": message}).encode())
            self._file.flush()
            os.fsync(self._file.fileno())
            self._ids[message_id] = now
            return True


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = self.headers.get("Content-Length", "")
        if not length.isdigit() or int(length) > MOST_BYTES:
            self.close_connection = True
            return self.answer(413)
        body = self.rfile.read(int(length))
        message_id, timestamp, signatures = (self.headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature"))
        if not is_right(message_id, timestamp, signatures, body):
            return self.answer(401)
        try:
            message = json.loads(body)
            subject = message["data"]["notification"]["subject"]
        except (ValueError, KeyError, TypeError):
            return self.answer(400)
        if inbox.take(message_id, message):
            print(f"{message_id}: {subject}", flush=True)
        # Taken now or before: either way the sender may stop.
        return self.answer(204)

    def answer(self, status):
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


if not KEYS or len(sys.argv) != 3:
    sys.exit(__doc__)
inbox = Inbox(sys.argv[2])
server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver)
print(f"Listening on http://127.0.0.1:{server.server_port}/", flush=True)
server.serve_forever()
