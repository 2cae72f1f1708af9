"""A window of WebKitGTK with a profile that stays, told what to do in lines of JSON: the system's Python runs it, which has GTK.

``{"go": address}`` loads a page, ``{"run": script}`` runs the body of an async function, ``{"click": [x, y]}`` presses there; each is
answered with one line.
Usage: webkit_window.py PROFILE PHOTO; whatever asks for a file is given the photo.
"""

import json
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gdk, GLib, Gtk, WebKit2  # noqa: E402, I001


class Window:
    def __init__(self, profile: str, photo: str) -> None:
        kept = WebKit2.WebsiteDataManager(base_data_directory=f"{profile}/data", base_cache_directory=f"{profile}/cache")
        context = WebKit2.WebContext.new_with_website_data_manager(kept)
        context.get_cookie_manager().set_persistent_storage(f"{profile}/cookies", WebKit2.CookiePersistentStorage.SQLITE)
        self._view, frame = WebKit2.WebView.new_with_context(context), Gtk.Window()
        frame.set_default_size(390, 844)
        frame.add(self._view)
        frame.show_all()
        self._view.connect("run-file-chooser", lambda _view, request: request.select_files([photo]) or True)
        self._view.connect("load-changed", self._loaded)
        self._loading = False

    def take(self, line: str) -> None:
        asked = json.loads(line)
        if "go" in asked:
            self._loading = True
            self._view.load_uri(asked["go"])
        elif "click" in asked:
            self._click(*asked["click"])
        else:
            self._view.call_async_javascript_function(asked["run"], -1, None, None, None, None, self._ran)

    def _click(self, x: float, y: float) -> None:
        """A press of the left button as a hand makes it: scripts may not open files."""
        for kind in (Gdk.EventType.BUTTON_PRESS, Gdk.EventType.BUTTON_RELEASE):
            event = Gdk.Event.new(kind)
            event.button.window, event.button.x, event.button.y, event.button.button = self._view.get_window(), x, y, 1
            event.set_device(Gdk.Display.get_default().get_default_seat().get_pointer())
            Gtk.main_do_event(event)
        self._answer({"is": None})

    def _loaded(self, _view: WebKit2.WebView, event: WebKit2.LoadEvent) -> None:
        if event == WebKit2.LoadEvent.FINISHED and self._loading:
            self._loading = False
            self._answer({"is": None})

    def _ran(self, view: WebKit2.WebView, result: object) -> None:
        try:
            value = view.call_async_javascript_function_finish(result)
            text = value.to_json(0)
            self._answer({"is": json.loads(text) if text else None})
        except GLib.Error as error:
            self._answer({"error": str(error)})

    def _answer(self, answer: dict[str, object]) -> None:
        print(json.dumps(answer), flush=True)


def main() -> None:
    window = Window(*sys.argv[1:])

    def read(_source: object, _condition: object) -> bool:
        line = sys.stdin.readline()
        if line:
            window.take(line)
        else:
            Gtk.main_quit()
        return bool(line)

    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, read)
    Gtk.main()


if __name__ == "__main__":
    main()
