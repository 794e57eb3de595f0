"""The page itself.

Everything that comes from files is escaped, and a content security policy (W3C, CSP Level 3) allows the page's own
style and script, named by their digests, and nothing else: no network, no script and no style from anywhere.
"""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

import fixtext
from fixtext.channels.words import in_words
from fixtext.cli.foreign import told
from fixtext.cli.printable import printable
from fixtext.cli.report.marks import marked, shown
from fixtext.cli.wording import gettext as _
from fixtext.cli.wording import spoken

if TYPE_CHECKING:
    from fixtext.cli.outcome import Tally
    from fixtext.cli.report import Finding
    from fixtext.findings import Edit

SURE, LIKELY, DOUBTFUL, LEFT = "sure", "likely", "doubtful", "left"
"""How far a finding can be trusted, as the page sorts them."""

_LIKELY = 0.9
"""Probability from which a guess counts as likely."""

_ROWS = 12
"""Rows of a chart; what is less is added up in a last one."""


def confidence(edit: Edit) -> str:
    """Return how far a repair can be trusted: by its least probable guess."""
    if not edit.guesses:
        return SURE
    return LIKELY if min(guess.probability for guess in edit.guesses) >= _LIKELY else DOUBTFUL


def page(
    findings: Sequence[Finding], counts: Mapping[tuple[str, str], int], files: Mapping[str, int], tally: Tally
) -> str:
    """Return the page.

    Args:
        findings: what is shown one by one.
        counts: how many repairs there are in all, by damage and confidence.
        files: how many repairs each file has.
        tally: what else there is to count.
    """
    style, script = _own("page.css"), _own("page.js")
    allowed = f"style-src {_digest(style)}; script-src {_digest(script)}"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    damages = sorted({damage for damage, _trust in counts} | {f.suspect.damage for f in findings if f.suspect})
    title = _("What fixtext found")
    button = _("dark / light")
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{spoken()}">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{shown(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            f"<header><h1>{shown(title)}</h1>",
            f'<button type="button">{shown(button)}</button></header>',
            _counted(tally),
            '<div class="charts">',
            _chart(_("By damage"), _sums((damage, number) for (damage, _trust), number in counts.items())),
            _chart(_("By confidence"), _sums((_trusted(trust), number) for (_damage, trust), number in counts.items())),
            _chart(_("By file"), files, "all"),
            "</div>",
            _filters(damages),
            *map(_article, findings),
            _missing(len(findings), tally.edits + tally.suspects),
            f'<p class="soft">fixtext {shown(fixtext.__version__)}</p>',
            f"<script>{script}</script>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _own(name: str) -> str:
    with open(os.path.join(os.path.dirname(__file__), name), encoding="utf-8", newline="\n") as stream:
        return stream.read()


def _digest(content: str) -> str:
    return f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'"


def _counted(tally: Tally) -> str:
    items = [
        (tally.files, _("files looked at")),
        (tally.changed, _("files with repairs")),
        (tally.edits, _("repairs")),
        (tally.suspects, _("left alone")),
        (tally.skipped, _("binary files skipped")),
        (tally.failures, _("failures")),
    ]
    listed = "".join(
        f"<li><b>{count:,}</b><span>{shown(label)}</span></li>"
        for count, label in items
        if count or label == items[2][1]
    )
    return f'<ul class="counts">{listed}</ul>'


def _sums(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for name, number in pairs:
        sums[name] = sums.get(name, 0) + number
    return sums


def _chart(title: str, numbers: Mapping[str, int], kind: str = "one") -> str:
    """Return a table with a bar in each row: a chart that can also be read aloud."""
    if not numbers:
        return ""
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0]))
    rows, rest = ordered[:_ROWS], ordered[_ROWS:]
    if rest:
        rows.append((_("others"), sum(number for _name, number in rest)))
    total, largest = sum(numbers.values()), max(number for _name, number in rows)
    lines = [
        f'<tr><th scope="row">{shown(name)}</th><td class="wide"><svg viewBox="0 0 100 8" preserveAspectRatio="none" '
        f'aria-hidden="true"><rect width="{100 * number / largest:.1f}" height="8"/></svg></td>'
        f"<td>{number:,}</td><td>{number / total:.1%}</td></tr>"
        for name, number in rows
    ]
    return f"<section class='{kind}'><h2>{shown(title)}</h2><table>{''.join(lines)}</table></section>"


def _trusted(trust: str) -> str:
    return {
        SURE: _("nothing guessed"),
        LIKELY: _("guesses of 90 % and more"),
        DOUBTFUL: _("guesses below 90 %"),
        LEFT: _("left alone"),
    }[trust]


def _filters(damages: Sequence[str]) -> str:
    kinds = sorted({part for damage in damages for part in damage.split("+")})
    by_damage = "".join(f'<option value="{shown(kind)}">{shown(kind)}</option>' for kind in kinds)
    by_trust = "".join(
        f'<option value="{trust}">{shown(_trusted(trust))}</option>' for trust in (SURE, LIKELY, DOUBTFUL, LEFT)
    )
    # not inside the f-strings: before Python 3.12 nothing that extracts messages sees them there
    title, damage, every, trusted, whatever, find = map(
        shown, (_("One by one"), _("Damage"), _("all damage"), _("Confidence"), _("all, sure or not"), _("find"))
    )
    return (
        f"<h2>{title}</h2><form>"
        f'<select name="damage" aria-label="{damage}"><option value="">{every}</option>{by_damage}</select>'
        f'<select name="confidence" aria-label="{trusted}"><option value="">{whatever}</option>{by_trust}</select>'
        f'<input name="text" type="search" placeholder="{find}" aria-label="{find}">'
        "<output></output></form>"
    )


def _article(finding: Finding) -> str:
    edit, suspect = finding.edit, finding.suspect
    damage = edit.damage if edit is not None else suspect.damage if suspect is not None else ""
    trust = confidence(edit) if edit is not None else LEFT
    place = f"{printable(finding.path)}:{finding.place.line}:{finding.place.column}"
    before_label, after_label = shown(_("before")), shown(_("after"))
    context = [f'<span class="context">{shown(part)}</span>' for part in (finding.before, finding.behind)]
    if edit is not None:
        before, after = marked(edit.before, edit.after, edit.guesses)
        why = _("{channel}; saves {bits:.1f} bits").format(
            channel=printable(told(in_words(edit.channel))), bits=edit.bits
        )
        right = f'<p class="after" data-label="{after_label}">{context[0]}{after}{context[1]}</p>'
    else:
        before, _nothing = marked(finding.text, "")
        why = printable(told(suspect.reason)) if suspect is not None else ""
        left_alone = shown(_("left alone"))
        right = f'<p class="after" data-label="{after_label}"><i>{left_alone}</i></p>'
    left = f'<p class="before" data-label="{before_label}">{context[0]}{before}{context[1]}</p>'
    return (
        f'<article data-damage="{shown(damage)}" data-confidence="{trust}">'
        f"<h3>{shown(place)}<small>{shown(damage)}</small></h3>"
        f'<div class="sides">{left}{right}</div>'
        f'<p class="why">{shown(why)}</p></article>'
    )


def _missing(number: int, total: int) -> str:
    if number >= total:
        return ""
    missing = _("{count} more are not shown; look at fewer files, or use --format json.").format(
        count=f"{total - number:,}"
    )
    return f'<p class="soft">{shown(missing)}</p>'
