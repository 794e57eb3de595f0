"""What other parts say in English, told in the language spoken: the floors below, click, and the system.

The floors below know nothing of languages: their sentences are data of a result, the same everywhere. Here they are
recognised again by their templates.
"""

from __future__ import annotations

import errno
import re
from functools import lru_cache

from fixtext.cli.wording import gettext, spoken


def mark(message: str) -> str:
    """Return a message as it is; Babel extracts it for the catalogues."""
    return message


SENTENCES = (
    mark("a repair would save {bits} bits, and {required} are required"),
    mark("the repair proposed does not lead back to the text"),
    mark("the repairs proposed here did not settle in {passes} passes"),
    mark("bytes are lost here, and no character fits those that are left"),
    mark("bytes are lost here, and no reading that loses them fits"),
    mark("bytes are lost here, and what they were is too uncertain"),
    mark("bytes are lost here, and nothing is left of them"),
    mark("bytes are lost here, and nothing of what they were is left"),
    mark("bytes of another encoding were read as UTF-8 here, and what they were is gone"),
    mark("letters are lost here, and which they were cannot be told"),
    mark("letters are lost here, and no code page explains how"),
    mark("what stands beside it stays as odd as it is"),
    mark("what it would say has code points that are no characters"),
    mark("it is drawn, not written"),
    mark("what it would say has half-width kana inside its words"),
    mark("its characters are in the order of a table"),
    mark("its letters are those of one language"),
    mark("it begins and ends inside words"),
    mark("it is the same few characters again and again"),
    mark("the rest of the line was not misread"),
    mark("it is written in letters, and would become signs"),
    mark("it is plain ASCII, of which UTF-16 makes what it likes"),
    mark("it is made of signs, of which UTF-16 makes letters"),
    mark("what it would say is of several scripts"),
    mark("what it would say is no plain text either"),
    mark("it would put single ideographs among other characters"),
    mark("letters of its kind beside it would stay as they are"),
    mark("it begins or ends inside a word"),
    mark("what it would say has capitals inside its words"),
    mark("it is a short word, and would become another"),
    mark("it is made of signs, or quoted as it stands"),
    mark("its brackets come in pairs"),
    mark("what is beside it was read in the same page, and would stay"),
    mark("it reads the same from both ends"),
    mark("they are words with flags"),
    mark("no character of it stands there twice, as in a list"),
    mark("it is each letter in both its cases"),
    mark("they are letters by themselves"),
    mark("any characters of its page would be as short an explanation"),
    mark("it is one letter of a word by itself"),
    mark("its quotation marks come in pairs"),
    mark("one misreading less leads to the letters of one language"),
    mark("so few ideographs may be letters of two bytes by chance"),
    mark("what it would say has an opening mark at the end of a word"),
    mark("it is one of many entries of its kind, and the others would stay"),
    mark("they are figures, or marks without letters"),
    mark("most of what looks like it in this text is none"),
    mark("it stands among bytes that are no text"),
    mark("it is written in single jamo"),
    mark("a letter three times in a row would become a sign"),
    mark("it is a control by itself, which is some letter in any page"),
    mark("it is a letter by itself"),
    mark("it is what UTF-8 leaves of a letter of which a byte vanished"),
    mark("it is a short word, and would become a letter"),
    mark("it is listed in a regular expression"),
    mark("it has soft hyphens in its words"),
    mark("it is a letter in both its cases"),
    mark("the same letters stand around it, and would stay"),
    mark("it is one letter with all its accents"),
    mark("accents stand in it beside their letters"),
    mark("it is the sign of a unit"),
    mark("it would put ideographs into a word of Latin letters"),
    mark("they are flags behind a slash"),
    mark("they are small letters of Cyrillic, and would become others"),
    mark("what it would say are marks without letters"),
    mark("what it would say has capitals and small letters in no order"),
    mark("what it would say has signs inside its words"),
    mark("reads as if torn by a gloss or a mark, but the text around it is not a glossed page"),
    mark("glosses as sites put them in save {bits} bits, too few to be sure"),
    mark("torn by a gloss, no healthy text found"),
    mark("quoted as code"),
    mark("several character sets explain it about as well"),
    mark("several misreadings explain it about as well"),
    mark("quoted in a text about misread text"),
    mark("shown as an example, as it seems"),
    mark("the encoding is too close to call: {names}; name it with --encoding"),
    mark("perhaps {page}, but only {bits} bits before the next encoding"),
    mark("not {page}: {bytes}; kept as it is"),
    mark("it is binary data, not text"),
    mark("it is EBCDIC, which is not read; convert it first, for example with: iconv -f IBM037 -t UTF-8"),
    mark("read as {page}, {bits} bits before the next"),
    mark("read as {page}"),
    mark("{count} line read as {page}"),
    mark("{count} lines read as {page}"),
    mark("{script}: {count} segments converted; left: {left}"),
    mark("{script}: {count} segments converted"),
    mark("{first}, then {second}"),
    mark("{sentence}, twice"),
    mark("{sentence}, three times"),
    mark("U+FFFD was read as {page}, and what it stood for is gone"),
    mark("{page} was read as {other}"),
    mark("the text was saved as {page}"),
    mark("saved as {page}"),
    mark("{page} was cut short by {count} bytes"),
    mark("{page} was cut short by {count} byte"),
    mark("the text was whole, with something like {chars} for U+FFFD"),
    mark("the text was given ? for U+FFFD"),
    mark("the text was stripped of its private-use characters"),
    mark("{page} by a Windows program"),
    mark("{page} by a web browser"),
    mark("{page} by a Java program"),
    mark("{page} by a PHP program"),
    mark("{page} (invalid bytes replaced)"),
    mark("{page} (invalid bytes left out)"),
    mark("{page} (invalid bytes and controls left out)"),
    mark("{page} (invalid bytes kept)"),
    mark("{page} (what it lacks replaced)"),
    mark("{page} (what it lacks left out)"),
    mark("written as {page}"),
    mark("there is no detector {name}; did you mean {close}? there are: {names}"),
    mark("there is no detector {name}; there are: {names}"),
    mark("the detector {name} failed: {reason}"),
    mark("the detector {name} of {origin} cannot be loaded: {reason}"),
    mark("the detector {name} is offered by {origin}; uninstall all but one"),
    mark("git is not installed"),
    mark("git has no commit of it"),
)
"""What the floors below say about findings and about what went wrong."""

CLICK = (
    mark("Invalid value: {message}"),
    mark("Invalid value for {param_hint}: {message}"),
    mark("No such option {name!r}."),
    mark("No such option: {name}"),
    mark("Option {name!r} does not take a value."),
    mark("{value!r} is not a valid {number_type}."),
    mark("{value} is not in the range {range}."),
)
"""Messages of click about wrong usage, which it looks up by gettext itself."""

CLICK_PLURAL = (
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Did you mean {possibility}?", "(Possible options: {possibilities})"),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)

_SYSTEM = {
    errno.EACCES: mark("permission denied"),
    errno.EPERM: mark("operation not permitted"),
    errno.ENOSPC: mark("no space left on device"),
    errno.EFBIG: mark("file too large"),
    errno.EROFS: mark("read-only file system"),
    errno.EIO: mark("input/output error"),
    errno.ELOOP: mark("too many levels of symbolic links"),
    errno.ENAMETOOLONG: mark("file name too long"),
    errno.ENOENT: mark("no such file or directory"),
    errno.ENOTDIR: mark("not a directory"),
    errno.EMFILE: mark("too many open files"),
    errno.EDQUOT: mark("disk quota exceeded"),
}


def told(sentence: str) -> str:
    """Return a sentence of another part in the language spoken; one that is not known comes back as it is.

    >>> told("quoted as code")
    'quoted as code'
    """
    if spoken() == "en":
        return sentence
    for template, pattern in _patterns():
        match = pattern.fullmatch(sentence)
        if match is not None:
            fields = {name: told(value) for name, value in match.groupdict().items()}
            return gettext(template).format(**fields)
    return sentence


def system_reason(error: OSError) -> str:
    """Return what the system says went wrong, in a few words."""
    known = _SYSTEM.get(error.errno or 0)
    return gettext(known) if known is not None else (error.strerror or str(error)).lower()


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    return [(sentence, _pattern(sentence)) for sentence in SENTENCES]


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", template)
    pieces = [re.escape(part) if index % 2 == 0 else f"(?P<{part}>.+)" for index, part in enumerate(parts)]
    return re.compile("".join(pieces), re.DOTALL)
