import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.util.PSQLException;

/**
 * What a Java application does with the JDBC driver, and what it sees. It prints one line for each
 * thing seen; the caller compares two runs.
 *
 * <p>Usage: Client jdbc:postgresql://... work|refused
 */
final class Client {
  private static final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private static final String INSERT =
      "insert into matters (id, title, client_email, value, note) values (?, ?, ?, ?, ?)";

  private final Connection conn;
  private final boolean simple;

  private Client(Connection conn, boolean simple) {
    this.conn = conn;
    this.simple = simple;
  }

  public static void main(String[] args) throws Exception {
    try (Connection conn = DriverManager.getConnection(args[0])) {
      Client client = new Client(conn, args[0].contains("preferQueryMode=simple"));
      if (args[1].equals("refused")) {
        client.refused();
      } else {
        client.work();
      }
    }
  }

  // ---- what is seen

  private static void say(Object... words) {
    StringBuilder line = new StringBuilder();
    for (Object w : words) {
      line.append(line.length() == 0 ? "" : " ").append(w);
    }
    out.println(line.toString().replace("\n", "\\n").replace("\r", "\\r"));
  }

  private static String word(Object v) {
    if (v instanceof byte[] b) {
      return "bytes " + HexFormat.of().formatHex(b);
    }
    String text = String.valueOf(v);
    if (text.length() > 200) {
      return text.substring(0, 20) + "... " + text.length() + " long, hash " + text.hashCode();
    }
    return v == null ? "NULL" : v.getClass().getSimpleName() + " " + text;
  }

  private static void show(ResultSet rows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    for (int i = 1; i <= meta.getColumnCount(); i++) {
      say("column", meta.getColumnLabel(i), meta.getColumnTypeName(i), meta.getColumnType(i), meta.getColumnClassName(i),
          meta.getPrecision(i), meta.getScale(i), meta.isSigned(i), "of", meta.getTableName(i), meta.isNullable(i));
    }
    int n = 0;
    for (; rows.next(); n++) {
      List<String> line = new ArrayList<>();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        line.add(word(rows.getObject(i)));
      }
      say("row", line);
    }
    say(n, "rows");
  }

  private static void bind(PreparedStatement st, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object v = values[i];
      if (v instanceof Integer sqlType && i > 0 && sqlType == Types.NULL) {
        st.setNull(i + 1, Types.VARCHAR);
      } else {
        st.setObject(i + 1, v);
      }
    }
  }

  private void query(String sql, Object... values) throws SQLException {
    try (PreparedStatement st = conn.prepareStatement(sql)) {
      bind(st, values);
      if (st.execute()) {
        show(st.getResultSet());
      } else {
        say("count", st.getUpdateCount());
      }
    }
  }

  private static void insert(PreparedStatement st, long id, String title, String email, BigDecimal value, String note)
      throws SQLException {
    st.setLong(1, id);
    st.setString(2, title);
    st.setString(3, email);
    st.setBigDecimal(4, value);
    st.setString(5, note);
  }

  /** Runs what must fail; words: the message tells nothing of a sealed value. */
  private void fails(boolean words, String sql, Object... values) throws SQLException {
    try (PreparedStatement st = conn.prepareStatement(sql)) {
      bind(st, values);
      st.execute();
      say("no error");
    } catch (PSQLException e) {
      say("error", error(e, words));
    }
  }

  private static String error(SQLException e, boolean words) {
    if (!(e instanceof PSQLException p) || p.getServerErrorMessage() == null) {
      return e.getSQLState() + (words ? " " + e.getMessage() : "");
    }
    var m = p.getServerErrorMessage();
    return m.getSeverity() + " " + m.getSQLState() + (words ? " " + m.getMessage() + " constraint " + m.getConstraint() : "");
  }

  private void usable() throws SQLException {
    query("select id, title from matters where id = ?", 1L);
  }

  // ---- what is done

  private void work() throws Exception {
    try (Statement st = conn.createStatement()) {
      st.execute("delete from matters; delete from kinds; delete from ledger");
    }
    say("# inserts");
    inserts();
    say("# selects");
    selects();
    say("# prepared");
    prepared();
    say("# batches");
    batches();
    say("# portals");
    portals();
    say("# transactions");
    transactions();
    say("# mistakes");
    mistakes();
    say("# kinds");
    kinds();
    say("# large");
    large();
    say("# copy");
    copy();
    say("# notify");
    listen();
    say("# cancel");
    cancel();
    say("# end");
  }

  private void inserts() throws SQLException {
    try (PreparedStatement st = conn.prepareStatement(INSERT)) {
      insert(st, 1, "privileged: Acme v. Bolt", "ann@sealed.example", new BigDecimal("1250.50"), "open");
      say("count", st.executeUpdate());
      insert(st, 2, "privileged: O'Hara \\ \"q\" ? Ünï 株", "bob@sealed.example", new BigDecimal("-3"), null);
      say("count", st.executeUpdate());
      insert(st, 3, null, null, null, "");
      say("count", st.executeUpdate());
      insert(st, 4, "", "eve@sealed.example", new BigDecimal("-0.000100"), null);
      say("count", st.executeUpdate());
    }
    query(INSERT + ", (6, 'privileged: literal', 'lit@sealed.example', 12.5, null) returning *",
        5L, "privileged: returning", "r@sealed.example", new BigDecimal("12345678901234567890.5"), "x");
    try (PreparedStatement st = conn.prepareStatement("insert into matters (id, title) values (?, ?)", new String[] {"id", "title"})) {
      st.setLong(1, 7);
      st.setString(2, "privileged: generated keys");
      say("count", st.executeUpdate());
      show(st.getGeneratedKeys());
    }
    query("insert into ledger (id, amount, entry) values (?, ?, ?), (2, 5, 'five')", 1L, new BigDecimal("10"), "fee");
  }

  private void selects() throws SQLException {
    query("select * from matters order by id");
    query("select value, title from matters where client_email = ?", "ann@sealed.example");
    query("select id from matters where client_email in (?, ?, ?) order by id", "ann@sealed.example", "r@sealed.example", "nobody");
    query("select id from matters where client_email <> ? order by id", "ann@sealed.example");
    query("select id from matters where client_email = any(?) order by id",
        conn.createArrayOf("text", new String[] {"bob@sealed.example", "odd \"\\,{}"}));
    query("select m.id, m.title as t, l.amount from matters m join ledger l on l.id = m.id order by m.id");
    query("update matters set title = ?, value = ? where client_email = ? returning id, title, value",
        "privileged: renamed", new BigDecimal("7.25"), "eve@sealed.example");
    query("update matters set note = 'x' where client_email = ?", "nobody");
    query("delete from matters where client_email = ?", "lit@sealed.example");
    query("insert into matters (id, title) values (?, ?) on conflict (id) do update set title = excluded.title returning title",
        1L, "privileged: upserted");
    try (Statement st = conn.createStatement()) {
      boolean rows = st.execute("select id from matters where id = 1; update matters set note = 'multi' where id = 1; select title from matters where id = 1");
      for (; rows || st.getUpdateCount() >= 0; rows = st.getMoreResults()) {
        if (rows) {
          show(st.getResultSet());
        } else {
          say("count", st.getUpdateCount());
        }
      }
    }
  }

  /** One statement often enough that the driver prepares it on the server and turns to binary. */
  private void prepared() throws SQLException {
    try (PreparedStatement st = conn.prepareStatement("select id, title, value, client_email from matters where id = ?");
        PreparedStatement up = conn.prepareStatement("update matters set title = ?, value = ? where id = ?")) {
      for (int i = 0; i < 12; i++) {
        up.setString(1, "privileged: round " + i);
        up.setBigDecimal(2, BigDecimal.valueOf(i, 2));
        up.setLong(3, 2);
        say("count", up.executeUpdate());
        st.setLong(1, 1 + i % 3);
        try (ResultSet rows = st.executeQuery()) {
          rows.next();
          say(i, rows.getLong(1), rows.getString(2), rows.getBigDecimal(3), rows.wasNull(), rows.getString(4));
        }
      }
      say("fewer parameters of another type");
      st.setObject(1, "3", Types.BIGINT);
      try (ResultSet rows = st.executeQuery()) {
        show(rows);
      }
    }
    if (!simple) {
      try (PreparedStatement st = conn.prepareStatement(INSERT)) {
        ParameterMetaData meta = st.getParameterMetaData();
        for (int i = 1; i <= meta.getParameterCount(); i++) {
          say("parameter", meta.getParameterTypeName(i), meta.getParameterType(i), meta.getParameterClassName(i));
        }
        ResultSetMetaData none = st.getMetaData();
        say("result", none == null ? "none" : none.getColumnCount());
      }
      try (PreparedStatement st = conn.prepareStatement("select * from matters where client_email = ?")) {
        ResultSetMetaData meta = st.getMetaData();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          say("described", meta.getColumnName(i), meta.getColumnTypeName(i));
        }
      }
    }
  }

  private void batches() throws SQLException {
    try (PreparedStatement st = conn.prepareStatement(INSERT)) {
      for (int i = 0; i < 300; i++) {
        insert(st, 100 + i, "privileged: batch " + i, i % 2 == 0 ? null : "b" + i + "@sealed.example", BigDecimal.valueOf(i, 1), null);
        st.addBatch();
      }
      say("batch", Arrays.stream(st.executeBatch()).map(n -> n == Statement.SUCCESS_NO_INFO ? 1 : n).sum());
      for (int i = 0; i < 10; i++) {
        insert(st, i == 6 ? 1 : 500 + i, "privileged: error in the middle " + i, null, BigDecimal.ONE, null);
        st.addBatch();
      }
      try {
        st.executeBatch();
        say("no error");
      } catch (BatchUpdateException e) {
        say("batch fails", e.getSQLState(), e.getUpdateCounts().length);
      }
    }
    usable();
    query("select count(*), min(id), max(id) from matters where id between 100 and 499");
    query("select id, title, value, client_email from matters where id in (100, 101, 399) order by id");
    try (Statement st = conn.createStatement()) {
      st.addBatch("insert into matters (id, title) values (600, 'privileged: statement batch')");
      st.addBatch("update matters set title = 'privileged: changed' where id = 600");
      st.addBatch("delete from matters where id >= 500 and id < 600");
      say("statement batch", st.executeBatch().length);
    }
    query("select id, title from matters where id >= 500 order by id");
  }

  /** Rows in parts, from a portal that stays open in a transaction. */
  private void portals() throws SQLException {
    conn.setAutoCommit(false);
    try (PreparedStatement st = conn.prepareStatement("select id, title, value from matters where id between ? and ? order by id");
        PreparedStatement other = conn.prepareStatement("select entry from ledger where id = ?")) {
      st.setFetchSize(7);
      st.setLong(1, 100);
      st.setLong(2, 130);
      long sum = 0;
      try (ResultSet rows = st.executeQuery()) {
        for (int n = 0; rows.next(); n++) {
          sum = sum * 31 + rows.getString(2).hashCode() + rows.getBigDecimal(3).hashCode();
          if (n % 10 == 0) {
            other.setLong(1, 1);
            try (ResultSet between = other.executeQuery()) {
              between.next();
              say("between the parts", between.getString(1));
            }
          }
        }
      }
      say("sum", sum);
      st.setMaxRows(3);
      try (ResultSet rows = st.executeQuery()) {
        show(rows);
      }
    }
    conn.commit();
    conn.setAutoCommit(true);
  }

  /** A notification, which may come with any answer. */
  private void listen() throws SQLException {
    try (Statement st = conn.createStatement()) {
      st.execute("listen java_channel");
      st.execute("notify java_channel, 'hello'");
    }
    PGConnection pg = conn.unwrap(PGConnection.class);
    for (PGNotification n : pg.getNotifications(5000)) {
      say("notified", n.getName(), n.getParameter(), n.getPID() == pg.getBackendPID());
    }
  }

  /** A statement that another thread cancels, and one that takes longer than it may. */
  private void cancel() throws Exception {
    try (Statement st = conn.createStatement()) {
      Thread other =
          new Thread(
              () -> {
                try {
                  Thread.sleep(300);
                  st.cancel();
                } catch (InterruptedException | SQLException e) {
                  say("cancel", e);
                }
              });
      other.start();
      sleep(st);
      other.join();
      st.setQueryTimeout(1);
      sleep(st);
    }
    query("select id, title from matters where id = ?", 1L);
  }

  private static void sleep(Statement st) {
    try {
      st.execute("select pg_sleep(20)");
      say("no error");
    } catch (SQLException e) {
      say("error", error(e, true));
    }
  }

  private void transactions() throws SQLException {
    conn.setAutoCommit(false);
    query(INSERT, 700L, "privileged: committed", "c@sealed.example", BigDecimal.ONE, "x");
    conn.commit();
    query(INSERT, 701L, "privileged: rolled back", "rb@sealed.example", BigDecimal.ONE, "x");
    conn.rollback();
    Savepoint save = conn.setSavepoint("s");
    fails(true, INSERT, 700L, "privileged: twice", "twice@sealed.example", BigDecimal.ONE, "x");
    conn.rollback(save);
    query(INSERT, 702L, "privileged: after the savepoint", "sp@sealed.example", BigDecimal.ONE, "x");
    conn.commit();
    conn.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
    query("select id, title from matters where id >= 700 order by id");
    conn.commit();
    conn.setReadOnly(true);
    fails(true, "update matters set note = 'read only' where id = ?", 700L);
    conn.rollback();
    conn.setReadOnly(false);
    conn.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    conn.setAutoCommit(true);
  }

  private void mistakes() throws SQLException {
    for (boolean auto : new boolean[] {true, false}) {
      conn.setAutoCommit(auto);
      fails(true, INSERT, 1L, "privileged: twice", "t@sealed.example", BigDecimal.ONE, "x");
      again(auto);
      fails(false, INSERT, 800L, "privileged: same address", "ann@sealed.example", BigDecimal.ONE, "x");
      again(auto);
      fails(false, "insert into kinds (id, code) values (?, ?)", 90, "longer than twenty characters");
      again(auto);
      fails(true, "insert into ledger (id, amount) values (?, ?)", 90L, new BigDecimal("-1"));
      again(auto);
      fails(true, "select 1 / ?", 0);
      again(auto);
      fails(true, "selekt 1");
      again(auto);
      fails(true, "select * from no_such_table");
      again(auto);
    }
    conn.setAutoCommit(true);
  }

  /** In a transaction the next statement fails too, unless the driver goes back to a savepoint by itself. */
  private void again(boolean auto) throws SQLException {
    if (!auto) {
      fails(true, "select title from matters where id = ?", 1L);
      conn.rollback();
    }
    usable();
    if (!auto) {
      conn.commit();
    }
  }

  private void kinds() throws SQLException {
    try (PreparedStatement st = conn.prepareStatement("insert into kinds values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      for (int i = 1; i <= 7; i++) {
        st.setInt(1, i);
        st.setString(2, "code-" + i);
        if (simple) {
          st.setNull(3, Types.BINARY); // the driver cannot write bytes into a statement's text
        } else {
          st.setBytes(3, new byte[] {0, (byte) 0xff, '\\', '\'', (byte) i});
        }
        st.setShort(4, (short) -i);
        st.setInt(5, 1 << 20 + i);
        st.setLong(6, 1L << 40 + i);
        st.setBigDecimal(7, BigDecimal.valueOf(12345 + i, 3));
        st.setBoolean(8, i % 2 == 0);
        st.setObject(9, LocalDate.of(2024, 2, 20 + i));
        st.setObject(10, OffsetDateTime.of(2026, 3, 4, 5, 6, i, 123456000, ZoneOffset.ofHoursMinutes(5, 30)));
        st.setObject(11, new UUID(0x550e8400e29b41d4L, i));
        st.setObject(12, "{\"k\": [" + i + ", null, \"ü\"]}", Types.OTHER);
        say("count", st.executeUpdate());
      }
      st.setInt(1, 20);
      for (int i = 2; i <= 12; i++) {
        st.setNull(i, i == 3 ? Types.BINARY : Types.OTHER);
      }
      say("count", st.executeUpdate());
    }
    try (PreparedStatement st = conn.prepareStatement("select * from kinds where id <= ? order by id")) {
      for (int i = 0; i < 7; i++) {
        st.setInt(1, i == 6 ? 20 : 1);
        try (ResultSet rows = st.executeQuery()) {
          show(rows);
        }
      }
      try (ResultSet rows = st.executeQuery()) {
        rows.next();
        say(rows.getObject("moment", OffsetDateTime.class), rows.getObject("day", LocalDate.class), rows.getObject("ref", UUID.class));
      }
    }
    query("select id from kinds where number = ?", 1 << 21);
    query("select id from kinds where ref = ?", new UUID(0x550e8400e29b41d4L, 3));
    query("select id from kinds where day = ?", LocalDate.of(2024, 2, 25));
  }

  private void large() throws SQLException {
    for (int size : new int[] {8000, 70000, 1 << 20}) {
      String title = "privileged: ü ".repeat(size / 14 + 1);
      query("update matters set title = ? where id = ?", title, 1L);
      query("select title from matters where id = ?", 1L);
    }
    query("update matters set title = ? where id = ?", "privileged: short again", 1L);
  }

  private void copy() throws Exception {
    var manager = conn.unwrap(PGConnection.class).getCopyAPI();
    say("in", manager.copyIn("copy ledger (id, amount, entry) from stdin", new StringReader("100\t1.5\tcopied\n101\t2\t\\N\n")));
    try {
      manager.copyIn("copy ledger from stdin", new StringReader("no number\t1\tx\n"));
      say("no error");
    } catch (SQLException e) {
      say("copy fails", e.getSQLState());
    }
    say("out", manager.copyOut("copy (select id, amount, entry from ledger order by id) to stdout", OutputStream.nullOutputStream()));
    say("in", manager.copyIn("copy matters (id, title, client_email, value) from stdin csv header",
        new StringReader("id,title,client_email,value\n900,\"privileged: a, \"\"b\"\"\",jdbc900@sealed.example,1.50\n901,,,\n")));
    try {
      manager.copyIn("copy matters (id, value) from stdin", new StringReader("902\tno number\n"));
      say("no error");
    } catch (SQLException e) {
      say("copy fails", e.getSQLState());
    }
    var sealed = new java.io.ByteArrayOutputStream();
    say("out", manager.copyOut("copy (select id, title, client_email, value from matters where id >= 900 order by id) to stdout csv", sealed));
    say("data", sealed.toString());
    usable();
  }

  // ---- what the proxy refuses

  private static final List<String> REFUSED = List.of(
      "select id from matters order by title",
      "select lower(client_email) from matters",
      "select id from matters where client_email like 'a%'",
      "select sum(value) from matters",
      "select id from matters where title = 'privileged: one'",
      "update matters set title = note where id = 0",
      "copy (select lower(title) from matters) to stdout",
      "copy (select id from matters order by title) to stdout");

  /** By themselves and inside a transaction: SQLSTATE or ok, status, and whether the next statement works. */
  private void refused() throws SQLException {
    try (Statement st = conn.createStatement()) {
      st.execute("delete from matters; insert into matters (id, title) values (1, 'privileged: one')");
    }
    for (String sql : REFUSED) {
      for (boolean auto : new boolean[] {true, false}) {
        conn.setAutoCommit(auto);
        String code = refusal(sql);
        String after = conn.unwrap(org.postgresql.jdbc.PgConnection.class).getTransactionState().toString();
        if (!auto) {
          conn.rollback();
        }
        try (PreparedStatement st = conn.prepareStatement("select title from matters where id = ?")) {
          st.setLong(1, 1);
          try (ResultSet rows = st.executeQuery()) {
            out.println(sql + "|" + (auto ? "alone" : "inside") + "|" + code + "|" + after + "|" + (rows.next() && rows.getString(1).equals("privileged: one")));
          }
        }
        if (!auto) {
          conn.rollback();
        }
      }
    }
  }

  private String refusal(String sql) throws SQLException {
    try {
      if (sql.startsWith("copy")) {
        var manager = conn.unwrap(PGConnection.class).getCopyAPI();
        if (sql.endsWith("stdin")) {
          manager.copyIn(sql, InputStream.nullInputStream());
        } else {
          manager.copyOut(sql, OutputStream.nullOutputStream());
        }
      } else {
        try (Statement st = conn.createStatement()) {
          st.execute(sql);
        }
      }
      return "ok";
    } catch (SQLException e) {
      return e.getSQLState();
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
