# A small application: what stands above this line comes from the documentation.
import sys
import threading
from wsgiref.simple_server import WSGIRequestHandler, make_server

conn = psycopg.connect(sys.argv[1], autocommit=True)


def app(environ, start_response):
    sql = "SELECT 1/0" if environ["PATH_INFO"] == "/broken" else "SELECT title FROM matters ORDER BY id"
    titles = [str(row[0]) for row in conn.execute(sql)]
    start_response("200 OK", [("Content-Type", "text/plain; charset=utf-8")])
    return ["\n".join(titles).encode()]


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


server = make_server("127.0.0.1", 0, Keyless(app), handler_class=Quiet)
print(f"http://127.0.0.1:{server.server_port}", flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
server.serve_forever()
