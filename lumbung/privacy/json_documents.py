"""PEB documents in JSON: whole documents of the person go, from others' go the person's entity and items."""

import json
import re

# Roles in which an entity makes the document the person's own: 2 is the exporter.
OWN_ROLES = ("2",)


def without(text: str, pattern: re.Pattern) -> tuple[str | None, int]:
    """The text without the person, and how many items (rows) went with it; None when they were not in it.

    One document, a list of them or one a line. What is no JSON is taken out line by line.
    """
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    body = text.removeprefix("\ufeff")
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return _lines(mark, body, pattern)
    if not _found(value, pattern):
        return None, 0
    if not isinstance(value, list):
        kept, removed = _document(value, pattern)
        return mark + ("[]" if kept is None else _dumps(kept)), removed
    documents = [_document(one, pattern) for one in value]
    kept = [document for document, _ in documents if document is not None]
    return mark + _dumps(kept), sum(removed for _, removed in documents)


def _lines(mark: str, body: str, pattern: re.Pattern) -> tuple[str | None, int]:
    kept, removed, changed = [], 0, False
    for line in body.splitlines(keepends=True):
        new, gone = line, 0
        if pattern.search(line) or "\\u" in line:
            new, gone = _line(line, pattern)
        changed |= new != line
        removed += gone
        kept.append(new)
    return (mark + "".join(kept), removed) if changed else (None, 0)


def _line(line: str, pattern: re.Pattern) -> tuple[str, int]:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return ("", 1) if pattern.search(line) else (line, 0)
    if not _found(value, pattern):
        return line, 0
    document, removed = _document(value, pattern)
    return ("" if document is None else _dumps(document) + "\n"), removed


def _document(value, pattern: re.Pattern):
    """The document without the person (None when it was theirs) and how many of its items went."""
    if not _found(value, pattern):
        return value, 0
    items = value.get("barang") if isinstance(value, dict) else None
    entities = value.get("entitas") if isinstance(value, dict) else None
    whole = max(1, len(items)) if isinstance(items, list) else 1
    if not isinstance(items, list) or not isinstance(entities, list):
        return None, whole
    theirs = [e for e in entities if _found(e, pattern)]
    if any(not isinstance(e, dict) or str(e.get("kodeEntitas")) in OWN_ROLES for e in theirs):
        return None, whole
    numbers = {str(e.get("seriEntitas")) for e in theirs}
    kept_items = [item for item in items if not _owned(item, numbers) and not _found(item, pattern)]
    kept = {**value, "entitas": [e for e in entities if not any(e is one for one in theirs)], "barang": kept_items}
    if not kept_items or _found(kept, pattern):
        return None, whole
    return kept, len(items) - len(kept_items)


def _owned(item, numbers: set[str]) -> bool:
    owners = item.get("barangPemilik") if isinstance(item, dict) else None
    return isinstance(owners, list) and any(
        isinstance(owner, dict) and str(owner.get("seriEntitas")) in numbers for owner in owners)


def _found(value, pattern: re.Pattern) -> bool:
    return pattern.search(_dumps(value)) is not None


def _dumps(value) -> str:
    return json.dumps(value, ensure_ascii=False)
