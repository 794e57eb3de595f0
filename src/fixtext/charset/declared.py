"""What a file says of its own encoding: source code, XML and HTML, style sheets, catalogues, scripts of editors."""

from __future__ import annotations

import re

from fixtext import codepages

DECLARED_BITS = 60.0
"""What a declaration is worth, beside a share of all bits: lists of accents are no words, and 62 letters of Latin-1 in
Python 2.7's shlex.py are 300 bits likelier as Korean. Prose in another encoding costs less than half."""

_BEGINNING = 1024
_NAME = rb"([A-Za-z][\w.:-]+)"
_DECLARED = re.compile(
    rb"\A(?:[^\n]*\n)?[^\n]*#[^\n]*?coding[:=][ \t]*%(name)s"  # PEP 263
    rb"|-\*-[^\n]*?coding:[ \t]*%(name)s"
    rb"|\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']%(name)s"
    rb"|<meta[^>]*?charset\s*=\s*[\"']?%(name)s"
    rb"|\A@charset \"%(name)s\""
    rb"|^scriptencoding[ \t]+%(name)s"
    rb"|Content-Type:[ \t]*text/[\w.-]+;[ \t]*charset=%(name)s" % {b"name": _NAME},
    re.IGNORECASE | re.MULTILINE,
)


def declared(data: bytes) -> str | None:
    r"""Return the code page that the beginning of a file names, None if it names none that is known.

    >>> declared(b"#!/bin/sh\n# -*- coding: iso8859-1 -*-\n"), declared(b"open(name, encoding='latin-1')\n")
    ('latin-1', None)
    """
    match = _DECLARED.search(data[:_BEGINNING])
    if match is None:
        return None
    name = next(group for group in match.groups() if group)
    try:
        return codepages.lookup(name.decode("ascii"))
    except codepages.UnknownCodePageError:
        return None
