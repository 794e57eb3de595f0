"""Options about settings themselves."""

from __future__ import annotations

from fixtext.cli.grouping import option, option_group

settings_options = option_group(
    "Settings",
    option("--isolated", is_flag=True, help="Look for no configuration file."),
    option("--show-settings", is_flag=True, help="Print the settings that hold for FILE, and where they are from."),
)
