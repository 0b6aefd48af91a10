"""The command that opens the page."""

import click


@click.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=None, help="Port on 127.0.0.1; 0 takes any that is free."
)
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
def app(port: int | None, no_browser: bool) -> None:
    """Open the page, on this machine only.

    \b
    Example:  planscribe app
    """
    from generator.app.serve import run

    run(port=port, open_browser=not no_browser)
