"""The settings of a LibreOffice that opens foreign documents: no macros, no links, no network, no memory of what it saw."""

from pathlib import Path

# Path in LibreOffice's configuration, property, value. See its officecfg registry, schema by schema.
_SETTINGS: tuple[tuple[str, str, str | int | bool], ...] = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", True),
    ("Office.Common/Security/Scripting", "DisableActiveContent", True),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("Office.Common/Security/Scripting", "HyperlinksWithCtrlClick", True),
    ("Office.Writer/Content/Update", "Link", 0),
    ("Office.Writer/Content/Update", "Field", False),
    ("Office.Calc/Content/Update", "Link", 2),
    ("Office.Common/History", "PickListSize", 0),
    ("Office.Common/Misc", "FirstRun", False),
    ("Office.Common/Misc", "CrashReport", False),
    ("Office.Common/Misc", "UseSystemFileDialog", False),
    ("Office.Common/Save/Document", "AutoSave", False),
    ("Office.Common/Save/Document", "CreateBackup", False),
    ("Office.Recovery/AutoSave", "Enabled", False),
    ("Office.Recovery/RecoveryInfo", "SessionData", False),
    ("Office.Common/Java/ApplicationSetting", "Enable", False),
    ("Setup/Office", "ooSetupInstCompleted", True),
    # A proxy where nobody answers, for systems that have no network namespaces.
    ("Inet/Settings", "ooInetProxyType", 2),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", 9),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", 9),
    ("Inet/Settings", "ooInetNoProxy", ""),
)


def write_profile(folder: Path) -> None:
    """Make a profile with these settings in `folder`."""
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{str(value).lower() if isinstance(value, bool) else value}</value></prop></item>\n"
        for path, name, value in _SETTINGS
    )
    user = folder / "user"
    user.mkdir(parents=True, mode=0o700)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
        f"{items}</oor:items>\n",
        encoding="utf-8",
    )
