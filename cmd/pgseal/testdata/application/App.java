import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

/** A small application: the filter comes from the documentation. */
final class App {
  public static void main(String[] args) throws Exception {
    Connection conn = DriverManager.getConnection(args[0]);
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    HttpContext context = server.createContext("/", exchange -> answer(conn, exchange));
    context.getFilters().add(new Outermost());
    context.getFilters().add(new Keyless());
    server.start();
    System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
    System.in.read();
    System.exit(0);
  }

  private static void answer(Connection conn, HttpExchange exchange) {
    boolean broken = exchange.getRequestURI().getPath().equals("/broken");
    StringBuilder titles = new StringBuilder();
    try (Statement statement = conn.createStatement();
        ResultSet rows = statement.executeQuery(broken ? "SELECT 1/0" : "SELECT title FROM matters ORDER BY id")) {
      while (rows.next()) {
        titles.append(rows.getString(1)).append('\n');
      }
      byte[] body = titles.toString().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    } catch (Exception e) {
      throw new IllegalStateException("the page failed", e);
    }
  }

  /** What a framework does with an error that nobody handled. */
  private static final class Outermost extends Filter {
    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      try {
        chain.doFilter(exchange);
      } catch (RuntimeException e) {
        exchange.sendResponseHeaders(500, -1);
        exchange.close();
      }
    }

    @Override
    public String description() {
      return "outermost";
    }
  }
}
