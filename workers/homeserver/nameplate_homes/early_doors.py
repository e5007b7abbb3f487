"""Takes the doors of all sleepers as the first thing a host does: nobody listened there since the last host ended."""

from .door import Door
from .layout import Layout
from .manifest import is_home_name
from .process import is_lived_in


def open_early_doors(layout: Layout) -> dict[str, Door]:
    """By home. Whoever comes waits in the kernel's queue; those of homes that are not to run are closed again."""
    doors: dict[str, Door] = {}
    for folder in layout.homes.iterdir():
        files = layout.home(folder.name)
        if is_home_name(folder.name) and files.config.exists() and not is_lived_in(files):
            doors[folder.name] = Door(files.socket, layout.settings.edge_gid)
    return doors
