# What the Ruby programs share: the rows that each step begins with, and how a step is reported (see ../python/steps.py).
require "bigdecimal"
require "date"
require "json"

MATTERS = [
  { reference: "M-1", status: "open", title: "privileged: Acme v. Bolt", client_email: "ann@sealed.example", value: BigDecimal("1250.50"),
    opened: Date.new(2024, 2, 29), confidential: true, notes: { "k" => "privileged: first", "n" => 1 } },
  { reference: "M-2", status: "open", title: "privileged: O'Hara \\ \"trust\" Ünï 株", client_email: "bob@sealed.example", value: BigDecimal("-3.00"),
    opened: Date.new(2025, 1, 1), confidential: false, notes: ["privileged: list", nil, 1.5] },
  { reference: "M-3", status: "closed", title: "", client_email: "eve@sealed.example", value: nil, opened: nil, confidential: false, notes: nil }
].freeze
PARTIES = [
  { matter_id: 1, name: "privileged: Ann Acme", email: "ann@sealed.example", role: "client" },
  { matter_id: 1, name: "privileged: Zoe Bolt", email: "zoe@sealed.example", role: "opponent" },
  { matter_id: 2, name: "privileged: Bob O'Hara", email: "bob@sealed.example", role: "client" }
].freeze
DOCUMENTS = [{ matter_id: 1, path: "a.pdf", pages: 3 }, { matter_id: 1, path: "b.pdf", pages: 10 }, { matter_id: 2, path: "c.pdf", pages: 7 }].freeze
EMPTY = "truncate matters, parties, documents restart identity cascade".freeze
ANN = "ann@sealed.example".freeze

# A matter that is not among the first ones.
def more(n, **changes)
  { reference: "M-#{n}", status: "new", title: "privileged: more #{n}", client_email: "more#{n}@sealed.example", value: BigDecimal(n),
    opened: Date.new(2026, 1, 1 + (n % 28)), confidential: n.even?, notes: { "n" => n } }.merge(changes)
end

def tell(*words)
  puts words.join("\t")
  $stdout.flush
end

def show(value)
  case value
  when BigDecimal then "decimal(#{value.to_s('F')})"
  when Date then "date(#{value})"
  when Array then value.map { |v| show(v) }
  when Hash then value.to_h { |k, v| [k, show(v)] }
  else value
  end
end

def sqlstate(e)
  while e
    return e.result.error_field(PG::PG_DIAG_SQLSTATE) if e.is_a?(PG::Error) && e.result
    return e.wrapped_exception.result.error_field(PG::PG_DIAG_SQLSTATE) if e.respond_to?(:wrapped_exception) && e.wrapped_exception.is_a?(PG::Error)

    e = e.cause
  end
  "none"
end

# Runs the block on fresh rows.
def step(name)
  reset
  tell("step", name, "ok", JSON.generate(show(yield)))
rescue StandardError => e # every error is a result
  code = sqlstate(e)
  tell("step", name, "error", code, e.class, *(code == "none" ? [e.message.gsub(/\s+/, " ")[0, 200]] : []))
end
