# Reads messages as Python's standard library does. stdin: a JSON list of messages in base64; stdout: what it read of each.
import base64
import email
import email.policy
import json
import sys


def read(data):
    message = email.message_from_bytes(base64.b64decode(data), policy=email.policy.default)
    mailboxes = lambda name: [[one.display_name, one.addr_spec] for one in message[name].addresses]
    defects = [repr(defect) for part in message.walk() for defect in part.defects]
    defects += [f"{name}: {one!r}" for name, value in message.items() for one in value.defects]
    return {
        "names": [name.lower() for name in message.keys()],
        "from": mailboxes("From"),
        "to": mailboxes("To"),
        "subject": str(message["Subject"]),
        "date": message["Date"].datetime.isoformat(),
        "messageId": str(message["Message-ID"]),
        "list": str(message["List-Unsubscribe"]),
        "references": str(message["References"]),
        "types": [part.get_content_type() for part in message.walk()],
        "text": message.get_body(("plain",)).get_content(),
        "html": message.get_body(("html",)).get_content(),
        "defects": defects,
    }


json.dump([read(data) for data in json.load(sys.stdin)], sys.stdout)
