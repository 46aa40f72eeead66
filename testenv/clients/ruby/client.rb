# What a Ruby application does with pg, which ActiveRecord works on, and what it sees.
#
# usage: client.rb URL
#
# Prints one line for each thing seen; the caller compares two runs.
require "pg"
require "timeout"

STATUS = { PG::PQTRANS_IDLE => "idle", PG::PQTRANS_INTRANS => "in transaction", PG::PQTRANS_INERROR => "failed", PG::PQTRANS_ACTIVE => "active" }.freeze
INSERT = "insert into matters (id, title, client_email, value, note) values ($1, $2, $3, $4, $5)".freeze

def say(*words)
  puts words.map { |w| w.inspect.gsub("\n", "\\n") }.join(" ")
end

def status(conn)
  STATUS.fetch(conn.transaction_status)
end

def show(conn, result)
  result.fields.each_with_index { |f, i| say("column", f, result.ftype(i), result.fmod(i), result.fsize(i), result.fformat(i)) }
  result.each_row { |row| say("row", row) }
  say(result.cmd_status, status(conn))
end

def fails(conn, words: true)
  yield
  say("no error")
rescue PG::Error => e
  r = e.result
  say("error", e.class, r&.error_field(PG::PG_DIAG_SQLSTATE), words ? r&.error_field(PG::PG_DIAG_MESSAGE_PRIMARY) : "")
ensure
  say("status", status(conn))
end

def inserts(conn)
  show(conn, conn.exec_params(INSERT, [1, "privileged: Acme v. Bolt", "ann@sealed.example", "1250.50", "open"]))
  show(conn, conn.exec_params(INSERT + " returning *", [2, "privileged: O'Hara \\ \"q\" Ünï 株", "bob@sealed.example", -3, nil]))
  conn.prepare("insert", INSERT)
  (10..29).each { |i| conn.exec_prepared("insert", [i, "privileged: prepared #{i}", nil, i, nil]) }
  conn.exec_prepared("insert", [4, "", "eve@sealed.example", "-0.000100", "50% off"])
  show(conn, conn.describe_prepared("insert"))
  d = conn.describe_prepared("insert")
  say("parameters", (0...d.nparams).map { |i| d.paramtype(i) })
  conn.exec("deallocate insert")
  show(conn, conn.exec("insert into ledger (id, amount, entry) values (1, 10, 'fee'), (2, 5, 'five')"))
end

def selects(conn)
  [0, 1].each do |format|
    show(conn, conn.exec_params("select id, title, client_email, note from matters where id < $1 order by id", [10], format))
    show(conn, conn.exec_params("select id, value from matters where client_email = $1", ["ann@sealed.example"], format))
  end
  show(conn, conn.exec("select * from matters where client_email in ('bob@sealed.example', 'nobody') order by id"))
  conn.send_query("select id, title from matters where id < 20 order by id")
  conn.set_single_row_mode
  conn.get_result.stream_each { |row| say("single", row) }
  conn.get_last_result
end

def transactions(conn)
  conn.transaction { conn.exec_params(INSERT, [60, "privileged: committed", nil, 1, nil]) }
  fails(conn) do
    conn.transaction do
      conn.exec_params(INSERT, [61, "privileged: rolled back", nil, 1, nil])
      conn.exec_params(INSERT, [60, "privileged: twice", nil, 1, nil])
    end
  end
  conn.exec("begin")
  conn.exec("savepoint s")
  fails(conn) { conn.exec("select 1/0") }
  fails(conn) { conn.exec("select title from matters") }
  conn.exec("rollback to savepoint s")
  conn.exec_params(INSERT, [62, "privileged: after the savepoint", nil, 2, nil])
  conn.exec("commit")
  show(conn, conn.exec("select id, title, value from matters where id >= 60 order by id"))
end

def mistakes(conn)
  fails(conn) { conn.exec_params(INSERT, [1, "privileged: twice", nil, 1, nil]) }
  fails(conn, words: false) { conn.exec_params(INSERT, [200, "privileged: same address", "ann@sealed.example", 1, nil]) }
  fails(conn, words: false) { conn.exec_params("insert into matters (id, value) values (201, $1)", ["no number"]) }
  fails(conn, words: false) { conn.exec_params("insert into kinds (id, code) values (1, $1)", ["longer than twenty characters"]) }
  fails(conn) { conn.exec("selekt 1") }
  fails(conn) { conn.exec_params("select $1", []) }
  fails(conn) { conn.exec_params("select title from matters where id = $1", []) }
  fails(conn) { conn.exec_prepared("nothing", []) }
  show(conn, conn.exec("select id, title from matters where id = 1"))
end

def pipelines(conn)
  conn.enter_pipeline_mode
  (1..4).each { |i| conn.send_query_params("select id, title from matters where id = $1", [i]) }
  conn.pipeline_sync
  conn.send_query_params(INSERT, [300, "privileged: before the error", nil, 1, nil])
  conn.send_query_params("select 1/0", [])
  conn.send_query_params(INSERT, [301, "privileged: behind the error", nil, 1, nil])
  conn.pipeline_sync
  conn.send_query_params(INSERT, [302, "privileged: the next segment", nil, 1, nil])
  conn.pipeline_sync
  syncs = 0
  while syncs < 3
    result = conn.get_result or next
    syncs += 1 if result.result_status == PG::PGRES_PIPELINE_SYNC
    say("pipeline", result.res_status(result.result_status), result.error_field(PG::PG_DIAG_SQLSTATE), result.values)
  end
  conn.exit_pipeline_mode
  show(conn, conn.exec("select id, title from matters where id >= 300 order by id"))
end

def copy(conn)
  conn.copy_data("copy ledger (id, amount, entry) from stdin") { 40.times { |i| conn.put_copy_data("#{100 + i}\t#{i}\tcopied\n") } }
  conn.copy_data("copy (select id, entry from ledger order by id) to stdout (format csv, header)") do
    while (row = conn.get_copy_data)
      say("out", row)
    end
  end
  fails(conn) { conn.copy_data("copy ledger from stdin") { conn.put_copy_data("not a number\n") } }
  fails(conn) { conn.copy_data("copy ledger from stdin") { raise PG::Error, "the application gives up" } }
  show(conn, conn.exec("select count(*) from ledger"))
end

def notify(conn)
  conn.set_notice_receiver { |r| say("notice", r.error_field(PG::PG_DIAG_MESSAGE_PRIMARY)) }
  conn.exec("listen ruby_channel")
  conn.exec("notify ruby_channel, 'hello'")
  conn.wait_for_notify(5) { |channel, pid, payload| say("notified", channel, pid == conn.backend_pid, payload) }
  conn.exec("do $$ begin raise notice 'a notice'; end $$")
end

def cancel(conn)
  say("pid", conn.exec("select pg_backend_pid()").getvalue(0, 0).to_i == conn.backend_pid)
  conn.send_query("select pg_sleep(20)")
  sleep 0.3
  say("cancelled", conn.cancel)
  fails(conn) { Timeout.timeout(10) { conn.get_last_result } }
  show(conn, conn.exec("select title from matters where id = 1"))
end

conn = PG.connect(ARGV.fetch(0))
conn.exec("delete from matters; delete from kinds; delete from ledger")
%i[inserts selects transactions mistakes pipelines copy cancel notify].each do |part|
  say("#", part)
  send(part, conn)
end
conn.close
