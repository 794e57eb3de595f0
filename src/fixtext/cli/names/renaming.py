"""A file gets another name, and nothing that has this name already is lost."""

from __future__ import annotations

import errno
import os
from contextlib import suppress

from fixtext.cli.errors import Unwritable, reason
from fixtext.cli.printable import printable
from fixtext.cli.wording import gettext as _


def rename(path: str, target: str) -> None:
    """Give a file or directory another name in its folder.

    A file gets the new name as a second one, which fails if there is something of that name, and then loses the old one
    (link(2), unlink(2)): there is no moment at which something could be written over. Directories, and file systems
    without hard links, are looked at first; rename(2) refuses to replace a directory that is not empty.

    Raises:
        Unwritable: there is something of that name already, or the folder may not be written to.
    """
    try:
        if not os.path.isdir(path) or os.path.islink(path):
            # What os.link raises where the system can only follow links: then as without hard links.
            with suppress(NotImplementedError):
                try:
                    os.link(path, target, follow_symlinks=False)
                except OSError as error:
                    if error.errno == errno.EEXIST or os.path.lexists(target):
                        raise FileExistsError(errno.EEXIST, "file exists") from None
                else:
                    os.unlink(path)
                    return
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, "file exists")
        os.rename(path, target)
    except FileExistsError:
        name = printable(os.path.basename(target))
        raise Unwritable(path, _("there is {name} already; left alone").format(name=name)) from None
    except OSError as error:
        raise Unwritable(path, _("it cannot be renamed: {reason}").format(reason=reason(error))) from None
