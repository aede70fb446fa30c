"""The notebook that is open in JupyterLab: fill it, run its cells, use their widgets."""

import time

from widget_states import settle

SOON = 60  # seconds for a message of a widget to arrive, on a busy machine too
RUN = """async (number) => {
    const notebook = jupyterapp.shell.currentWidget.content;
    notebook.activeCellIndex = number;
    notebook.deselectAll();
    await jupyterapp.commands.execute("notebook:run-cell");
}"""
OPEN = """async (path) => {
    const panel = await jupyterapp.commands.execute(
        "docmanager:open", { path, factory: "Notebook", kernel: { name: "python3" } });
    await panel.context.ready;
    await panel.sessionContext.ready;
}"""
FILL = """(sources) => {
    const { sharedModel } = jupyterapp.shell.currentWidget.content.model;
    sharedModel.transact(() => {
        sharedModel.deleteCellRange(0, sharedModel.cells.length);
        sharedModel.insertCells(0, sources.map((source) => ({ cell_type: "code", source })));
    });
}"""
CLEAR = """async (number) => {
    jupyterapp.shell.currentWidget.content.activeCellIndex = number;
    await jupyterapp.commands.execute("notebook:clear-cell-output");
}"""
COMMAND_MODE = """(number) => {
    const notebook = jupyterapp.shell.currentWidget.content;
    notebook.activeCellIndex = number;
    notebook.mode = "command";
    notebook.activate();
}"""
CLOSE = """async () => {
    const panel = jupyterapp.shell.currentWidget;
    await panel.sessionContext.shutdown();
    await panel.context.save();
    panel.dispose();
}"""


class Notebook:
    """The notebook in front, in a window of JupyterLab."""

    def __init__(self, window, path):
        self.window = window
        self.sources = ()
        window.evaluate(OPEN, path)
        self.panel = window.locator("css:light=.jp-NotebookPanel:not(.lm-mod-hidden)")

    def close(self):
        """End the kernel and close the notebook."""
        self.window.evaluate(CLOSE)

    def fill(self, *sources):
        """Put cells in place of those that are there; the kernel goes on."""
        self.window.evaluate(FILL, sources)
        self.sources = sources

    def run(self, *numbers):
        """Run cells, one after the other."""
        for number in numbers:
            self.window.evaluate(RUN, number)

    def clear(self, number):
        """Remove what a cell shows."""
        self.window.evaluate(CLEAR, number)

    def command_mode(self, number):
        """Give the focus to a cell, as Escape does that leaves its text."""
        self.window.evaluate(COMMAND_MODE, number)

    def settle(self):
        """Wait until no widget computes in idle time."""
        settle(self.window)

    def cell(self, number):
        """Return a cell."""
        return self.panel.locator("css:light=.jp-CodeCell").nth(number)

    def printed(self, number):
        """Return what a cell printed."""
        return self.cell(number).locator("css:light=.jp-OutputArea-output").inner_text().strip()

    def prints(self, number, text):
        """Run a cell until it prints a text, or fail.

        While the kernel answers one message of a widget, the next one waits in the browser, and a
        cell that is run meanwhile overtakes it.
        """
        end = time.monotonic() + SOON
        self.run(number)
        while self.printed(number) != text and time.monotonic() < end:
            self.run(number)
        assert self.printed(number) == text, self.printed(number)

    def widget(self, number):
        """Return the widget below a cell."""
        widget = self.cell(number).locator("css:light=.jp-OutputArea-output .xe")
        widget.wait_for()
        self.settle()
        return widget

    def active(self):
        """Return the number of the active cell, and how many there are."""
        return self.window.evaluate(
            "(({ content }) => [content.activeCellIndex, content.widgets.length])"
            "(jupyterapp.shell.currentWidget)"
        )
