"""Compile the tables of script conversion from the pinned OpenCC release.

    python tools/build_script_tables.py [--opencc opencc-1.4.2.tar.gz] [--jieba jieba-0.42.1.tar.gz]

Writes src/fixtext/script/data: a file a dictionary, a file of pairs a configuration, OpenCC's licence. The output
depends on nothing but the two archives, whose hashes are checked.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]

from opencc_release import Dictionary, Release, regional_phrases  # noqa: E402
from script_pairs import pairs_of, remnants  # noqa: E402
from word_frequency import PairFrequency  # noqa: E402

from fixtext.script.configs import CONFIGS  # noqa: E402
from fixtext.script.matching import Level, Stage  # noqa: E402
from fixtext.script.pairs import pack  # noqa: E402
from fixtext.script.tables import PACKED  # noqa: E402

DATA = ROOT / "src" / "fixtext" / "script" / "data"
MAX_SHRINKAGE = 4  # `islands.DESCRIPTION_REACH` rests on it


def main() -> None:
    """Write the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--opencc", type=Path, help="the source distribution of OpenCC, if already at hand")
    parser.add_argument("--jieba", type=Path, help="the source distribution of jieba, if already at hand")
    options = parser.parse_args()
    release = Release.fetch(options.opencc)
    dictionaries = complete(release.dictionaries())
    check(dictionaries)
    frequency = PairFrequency({ord(key): value for key, value in dictionaries["TSCharacters"].items()}, options.jieba)
    DATA.mkdir(exist_ok=True)
    for old in DATA.glob("*.txt"):
        old.unlink()
    write("LICENSE.txt", release.text("LICENSE"))
    for name, entries in dictionaries.items():
        characters = dictionaries["STCharacters"] if name == "STPhrases" else {}
        write(f"{name}.txt", dictionary_text(entries, characters))
        if name == PACKED:
            inner = {key[at : at + 2] for key in entries for at in range(len(key) - 1)}
            Path(DATA, f"{name}.inner").write_bytes(pack(inner))
    evidence = release.evidence()
    write("evidence.txt", "".join("".join(sorted(side)) + "\n" for side in evidence))
    for name, plan in CONFIGS.items():
        stages = [[dictionaries[level] for level in levels] for levels in plan.stages]
        pairs = pairs_of(stages, dictionaries.get(plan.segmentation or ""), frequency)
        source = evidence[0] if name.startswith("s2") else evidence[1] if name.split("2")[1] in ("s", "sp") else set()
        blocks = (
            "".join(sorted(pairs.triggers)),
            "".join(sorted(pairs.later_inner)),
            "".join(sorted(pairs.specials)),
            " ".join(sorted(remnants(stages, source))),
        )
        write(f"{name}.pairs.txt", "\n".join(blocks) + "\n")
        print(f"{name}: {len(pairs.triggers)} triggers, {len(pairs.later_inner)} more inner pairs", *pairs.specials)


def complete(dictionaries: dict[str, Dictionary]) -> dict[str, Dictionary]:
    """Add the phrases that OpenCC's build derives, joined with the others as its configurations join them."""
    t2s = Stage([Level(dictionaries["TSPhrases"]), Level(dictionaries["TSCharacters"])])
    keys = [*dictionaries["HKPhrases"], *dictionaries["TWPhrases"]]
    derived = regional_phrases(dictionaries, {key: t2s.convert(key) for key in keys})
    dictionaries["STPhrases"] = derived | dictionaries["STPhrases"]
    return dictionaries


def check(dictionaries: dict[str, Dictionary]) -> None:
    """Refuse dictionaries that break what the engine takes for granted."""
    for name, entries in dictionaries.items():
        for key, value in entries.items():
            if not key or not value or any("\u2ff0" <= char <= "\u2fff" or char in "\0\t\n" for char in key + value):
                raise SystemExit(f"{name}: cannot use the entry {key!r}: {value!r}")
            if key.isascii():
                raise SystemExit(f"{name}: {key} is ASCII, which the engine passes over")
            if len(key) > len(value) * MAX_SHRINKAGE:
                raise SystemExit(f"{name}: {key} shrinks more than {MAX_SHRINKAGE} times")
    compatibility = dictionaries["CJK_Compatibility_Ideographs"]
    if any(len(key) != 1 or len(value) != 1 for key, value in compatibility.items()):
        raise SystemExit("a compatibility ideograph is not replaced by one character")


def dictionary_text(entries: Dictionary, characters: Dictionary) -> str:
    """Return the file of a dictionary: keys, their values, and phrases that convert character by character."""
    changed, plain = {}, []
    for key, value in sorted(entries.items()):
        if len(key) > 1 and characters and value == "".join(characters.get(char, char) for char in key):
            plain.append(key)
        else:
            changed[key] = value
    return "\n\n".join("\n".join(block) for block in (changed, changed.values(), plain)) + "\n"


def write(name: str, text: str) -> None:
    """Write one file of the data folder."""
    Path(DATA, name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
