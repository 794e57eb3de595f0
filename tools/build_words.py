#!/usr/bin/env python3
"""Build `src/fixtext/language/words.bin`: words of languages in Latin letters that have letters beyond ASCII.

Sources: the running text that the language model is learnt from (`model_builder.languages.running_text`), of the
languages below, and `NAMES`; the file is the same for the same versions. The words are in small letters, sorted, one a
line: how many letters it shares with the one before it, counted from "0" on in ASCII, and the others; deflated.

    python tools/build_words.py [--cache FOLDER]
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

from model_builder.languages import running_text
from model_builder.sources import Sources

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/fixtext/language/words.bin"

MOST = 40
"""Letters that a word is said to share with the one before it, at most."""

LANGUAGES = (
    *("fr", "de", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "is", "pl", "cs", "sk", "sl", "hr", "hu", "ro", "tr"),
    *("lt", "lv", "et", "ca", "sq", "cy", "ga", "eo"),
)

NAMES = """
Français Española Español Português Türkçe Čeština Slovenčina Slovenščina Română Íslenska Føroyskt Bokmål Català
Lietuvių Latviešu Gàidhlig Việt Tiếng Azərbaycanca Kurdî São Düsseldorf Köln München Nürnberg Zürich Österreich Genève
Île Orléans Besançon Nîmes Québec Montréal Málaga Córdoba Cádiz León México Perú Panamá Bogotá Medellín Brasília
Curitiba Goiânia Maringá Łódź Kraków Gdańsk Poznań Wrocław Plzeň Brno Ústí Győr Pécs Szeged Göteborg Malmö Jönköping
Århus Ålborg Tromsø Reykjavík İstanbul İzmir Türkiye España Côte Réunion Curaçao Åland Moldova André Andrés José Josué
María Mária Jesús Ángel Álvaro Óscar Óliver Íñigo Iñaki Begoña Núria Mónica Verónica Inés Raúl Saúl Jérôme Frédéric
Frédérique Geneviève Hélène Irène Noël Noëlle Chloé Zoé Zoë René Renée Amélie Aurélie Aurélien Cécile Céline Cédric
Clément Désiré Émile Émilie Éric Étienne Félix François Françoise Gaël Gérard Grégoire Grégory Hervé Jérémie Jérémy
Joël Léa Léo Léon Loïc Maël Mélanie Mickaël Raphaël Rémi Rémy Sébastien Stéphane Stéphanie Sylvère Thérèse Théo
Valérie Véronique Jürgen Jörg Jörn Günter Günther Björn Sören Søren Käthe Rüdiger Götz Thorbjörn Bärbel Müller
Schröder Köhler Jäger Krüger Böhm Krämer Förster Schäfer Weiß Groß Bäcker Löffler Möller Köster Gößling García
Martínez González López Hernández Pérez Sánchez Ramírez Gómez Fernández Rodríguez Díaz Vázquez Álvarez Jiménez
Domínguez Gutiérrez Muñoz Núñez Ibáñez Peña João Antônio António Luís Luíza Inês Cátia Vítor Flávio Fábio Cláudia
Márcio Sérgio Lúcia Patrícia Tânia Simões Guimarães Magalhães Conceição Assunção Gonçalves Araújo Håkan Gösta Göran
Åke Åsa Östen Märta Jönsson Söderberg Sjöberg Lindström Bergström Åström Ångström Öberg Jørgen Bjørn Øystein Øyvind
Håvard Sørensen Jørgensen Nørgaard Kjær Łukasz Michał Paweł Małgorzata Grażyna Wójcik Zieliński Kowalczyk Jiří Jiřina
Tomáš Lukáš Ondřej Matěj Václav Dvořák Novák Černý Procházka Zoltán István László György József András Gábor Péter
Tamás Zsófia Ágnes Éva Nagyné Kovács Szabó Tóth Horváth Çelik Şahin Èireann Èirigh Èist Èlet Ìosa Ìsle Ìndice Ìndica
Èsser Mında Sına Poète Yıldız Yılmaz Öztürk Aydın Kılıç Özdemir Doğan Işık Gökhan Çağlar Güneş Göçmen Hüseyin Süleyman
İbrahim Tuğba Özgür
"""
"""What languages call themselves, names of places and people: what is misread oftenest, and no word of interfaces; and
words that another page would make other words of."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile("[a-z\xdf-\xf6\xf8-\u024f]+")


def words(lines: list[str]) -> set[str]:
    """Return the words of some lines that are wanted.

    >>> sorted(words(["L'\xc9t\xe9 was \u0436\u0436 in the caf\xe9"]))
    ['caf\xe9', '\xe9t\xe9']
    """
    found = {word.lower() for line in lines for word in _WORD.findall(line) if not word.isascii()}
    return {word for word in found if _LATIN.fullmatch(word)}


def front_coded(found: Iterable[str]) -> Iterator[str]:
    """Yield each word as how many code points it shares with the one before it, from "0" on in ASCII, and the others.

    >>> list(front_coded(["caf\xe9", "cafeter\xeda"]))
    ['0caf\xe9', '3eter\xeda']
    """
    before = ""
    for word in found:
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(before, word, strict=False))
        shared = min(sum(1 for _ in alike), MOST)
        yield f"{chr(ord('0') + shared)}{word[shared:]}"
        before = word


def packed(found: set[str]) -> bytes:
    """Return the file of some words."""
    return zlib.compress("\n".join(front_coded(sorted(found))).encode("utf-8"), 9)


def main() -> None:
    """Fetch, collect, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "language-model")
    sources = Sources(parser.parse_args().cache)
    sources.fetch()
    found = words(NAMES.splitlines())
    for language in LANGUAGES:
        found |= words(list(running_text(sources, language)))
    TARGET.write_bytes(packed(found))
    print(f"{len(found):,} words, {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
