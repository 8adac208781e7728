# Reads messages as Python does: DKIM with dkimpy, structure and headers with the standard library.
# stdin: {"files": [...], "records": {"TXT name": ["text"]}}; stdout: one JSON list, one entry per file.
import email
import email.policy
import json
import sys

task = json.load(sys.stdin)


def look_up(name, timeout=5):
    text = name.decode() if isinstance(name, bytes) else name
    found = task["records"].get("TXT " + text.rstrip("."))
    return found[0].encode() if found else None


def verify(data):
    import dkim

    verdicts = []
    for index in range(data.lower().count(b"\ndkim-signature:") + 1):
        signed = dkim.DKIM(data)
        holds = signed.verify(idx=index, dnsfunc=look_up)
        names = [name.decode().lower() for name in signed.include_headers or []]
        algorithm = signed.signature_fields.get(b"a", b"").decode()
        verdicts.append({"holds": bool(holds), "algorithm": algorithm, "names": names})
    return verdicts


def list_defects(message):
    found = []
    for part in message.walk():
        found += [repr(defect) for defect in part.defects]
        for name, value in part.items():
            found += [f"{name}: {defect!r}" for defect in getattr(value, "defects", ())]
        if not part.is_multipart():
            part.get_content()
            found += [repr(defect) for defect in part.defects]
    return sorted(set(found))


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    message = email.message_from_bytes(data, policy=email.policy.default)
    types = [part.get_content_type() for part in message.walk()]
    return {"dkim": verify(data), "defects": list_defects(message), "types": types}


json.dump([read(path) for path in task["files"]], sys.stdout)
