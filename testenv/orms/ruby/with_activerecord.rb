# A legal product's data layer in ActiveRecord.
#
# usage: with_activerecord.rb URL schema|work
require "active_record"
require_relative "steps"

ActiveRecord::Base.establish_connection(ARGV[0].sub("postgres://", "postgresql://"))
ActiveRecord::Migration.verbose = false

class CreateAll < ActiveRecord::Migration[6.1]
  def change
    create_table(:matters, id: :integer) do |t|
      t.string :reference, null: false, index: { unique: true }
      t.string :status, null: false, index: true
      t.text :title
      t.string :client_email, index: { unique: true }
      t.decimal :value, precision: 14, scale: 2
      t.date :opened
      t.boolean :confidential, null: false
      t.jsonb :notes
      t.integer :version, null: false, default: 0
    end
    create_table(:parties, id: :integer) do |t|
      t.references :matter, type: :integer, null: false, foreign_key: true
      t.text :name
      t.string :email
      t.string :role, null: false
    end
    create_table(:documents, id: :integer) do |t|
      t.references :matter, type: :integer, null: false, foreign_key: true
      t.text :path, null: false
      t.integer :pages, null: false
    end
  end
end

class CreateTags < ActiveRecord::Migration[6.1]
  def change
    create_table(:tags) { |t| t.text :name, index: { unique: true } }
  end
end

class AddPriority < ActiveRecord::Migration[6.1]
  def change
    add_column :matters, :priority, :integer
    add_index :matters, :priority
  end
end

class Matter < ActiveRecord::Base
  self.locking_column = :version
  # ActiveRecord takes the types from the catalogue of the database, where sealed columns are bytea: they have to be said.
  attribute :value, :decimal, precision: 14, scale: 2
  attribute :opened, :date
  attribute :confidential, :boolean
  attribute :notes, :jsonb
  has_many :parties, -> { order(:id) }, dependent: :destroy
  has_many :documents, -> { order(:id) }, dependent: :delete_all
end

# The same table without the types.
class Untyped < ActiveRecord::Base
  self.table_name = "matters"
end

class Party < ActiveRecord::Base
  belongs_to :matter
end

class Document < ActiveRecord::Base
  belongs_to :matter
end

FIELDS = %i[id reference status title client_email value opened confidential notes version].freeze

def fields(m)
  FIELDS.map { |f| m.public_send(f) }
end

def matters
  Matter.order(:id).map { |m| fields(m) }
end

def reset
  ActiveRecord::Base.connection.execute(EMPTY)
  Matter.insert_all!(MATTERS)
  Party.insert_all!(PARTIES)
  Document.insert_all!(DOCUMENTS)
end

if ARGV[1] == "schema"
  CreateAll.new.migrate(:up)
  exit
end

tell("version", "ActiveRecord #{ActiveRecord.version}, pg #{PG::VERSION}")

step("create") { fields(Matter.find(Matter.create!(more(10)).id)) }
step("create with nulls") { fields(Matter.create!(reference: "M-11", status: "new", confidential: false)) }
step("read by id") { [1, 2, 3].map { |i| fields(Matter.find(i)) } }
step("update") do
  Matter.find(1).update!(title: "privileged: renamed", value: "99.90", notes: { "privileged: key" => [1] }, confidential: false)
  matters
end
step("update one field") do
  Matter.find(1).update_columns(title: "privileged: only")
  matters
end
step("update to null") do
  Matter.find(1).update!(title: nil, value: nil, notes: nil, opened: nil)
  matters
end
step("delete") do
  Matter.find(1).destroy!
  matters
end
step("relations lazy") do
  m = Matter.find(1)
  m.parties.map { |p| [p.name, p.email, p.matter.title] } + m.documents.map(&:path)
end
step("relations create") do
  m = Matter.create!(more(10).merge(parties: [Party.new(name: "privileged: new", email: "new@sealed.example", role: "client")], documents: [Document.new(path: "n.pdf", pages: 1)]))
  m.parties.map { |p| [p.id, p.name] } + m.documents.map { |d| [d.id, d.path] }
end
step("eager join") { Matter.eager_load(:parties, :documents).order(:id).map { |m| [m.title, m.parties.map(&:name).sort, m.documents.map(&:path).sort] } }
step("eager second query") { Matter.preload(:parties, :documents).order(:id).map { |m| [m.title, m.parties.map(&:name), m.documents.map(&:path)] } }
step("eager page") { Matter.eager_load(:parties).order(reference: :desc).limit(2).map { |m| [m.title, m.parties.map(&:name).sort] } }
step("bulk insert") do
  Matter.insert_all!((10...40).map { |n| more(n) })
  matters
end
step("bulk insert ignore") do
  Matter.insert_all([more(10, client_email: ANN), more(11)])
  matters
end
step("bulk update") do
  Matter.update([1, 2, 3], [1, 2, 3].map { |i| { title: "privileged: bulk #{i}", value: i } })
  matters
end
step("update where") { [Matter.where(status: "open").update_all(title: "privileged: all", confidential: true), matters] }
step("update where related") { [Matter.joins(:parties).where(parties: { email: "zoe@sealed.example" }).update_all(title: "privileged: disputed"), matters] }
step("update computed") { [Matter.update_counters([1, 2], value: 1), matters] }
step("upsert") { [Matter.upsert(more(10, client_email: ANN), unique_by: :client_email, returning: %i[id title]).rows, matters] }
step("upsert many") { [Matter.upsert_all([more(10, client_email: ANN), more(11)], unique_by: :client_email).length, matters] }
step("find or create") do
  [Matter.find_or_create_by!(client_email: ANN) { |m| m.assign_attributes(more(10)) }.id, Matter.create_with(more(11)).find_or_create_by!(client_email: "more11@sealed.example").id,
   Matter.create_with(more(12).except(:client_email)).create_or_find_by!(client_email: ANN).id]
end
step("delete where") { [Party.where(email: "zoe@sealed.example").delete_all, Party.order(:id).pluck(:id, :name)] }
step("find by email") { fields(Matter.find_by!(client_email: ANN)) }
step("find by emails") { Matter.where(client_email: [ANN, "eve@sealed.example", "no@sealed.example"]).order(:id).ids }
step("find not email") { Matter.where.not(client_email: ANN).order(:id).ids }
step("find or") { Matter.where(client_email: ANN).or(Matter.where(status: "closed")).order(:id).ids }
step("find by date") { Matter.where(opened: Date.new(2024, 2, 29)).ids }
step("find by boolean") { [Matter.where(confidential: true).ids, Matter.where(confidential: false).order(:id).ids] }
step("find null") { [Matter.where(value: nil).ids, Matter.where.not(title: nil).order(:id).ids] }
step("page by offset") { Matter.order(reference: :desc).limit(2).offset(1).map(&:title) }
step("page by id") { Matter.where("id > ?", 1).order(:id).limit(2).map(&:title) }
step("find in batches") { Matter.find_each(batch_size: 2).map(&:title) }
step("count") { [Matter.count, Matter.where(client_email: ANN).count, Matter.count(:value)] }
step("count distinct") { Party.distinct.count(:email) }
step("exists") { [Matter.exists?(client_email: "bob@sealed.example"), Matter.where(Party.where("parties.matter_id = matters.id and parties.email = matters.client_email").arel.exists).order(:id).ids] }
step("group by sealed") { Party.group(:email).count.sort }
step("group by plain") { Matter.joins(:documents).group(:status).order(:status).sum(:pages).to_a }
step("join on sealed") { Matter.joins("join parties p on p.email = matters.client_email").order(:id).pluck(:title, "p.name") }
step("join filter") { Matter.joins(:parties).where(parties: { email: "zoe@sealed.example" }).pluck(:title, "parties.name") }
step("left join missing") { Matter.where.missing(:parties).ids }
step("subquery in") { Matter.where(id: Party.where(role: "client").select(:matter_id)).order(:id).ids }
step("subquery in sealed") { Matter.where(client_email: Party.select(:email)).order(:id).ids }
step("distinct page") { Matter.joins(:parties).distinct.order(:id).limit(2).ids }
step("lock rows") { Matter.transaction { Matter.lock.where(client_email: ANN).map(&:title) } }
step("pluck") { Matter.order(:id).pluck(:title, :client_email, :value, :opened, :confidential, :notes) }
step("pick") { Matter.where(client_email: ANN).pick(:title) }
step("rollback") do
  Matter.transaction do
    Matter.create!(more(10))
    Matter.find(1).update!(title: "privileged: never")
    raise ActiveRecord::Rollback
  end
  matters
end
step("savepoint") do
  inner = nil
  Matter.transaction do
    Matter.find(1).update!(title: "privileged: outer")
    begin
      Matter.transaction(requires_new: true) { Matter.create!(more(10, client_email: "bob@sealed.example")) }
    rescue ActiveRecord::RecordNotUnique => e
      inner = sqlstate(e)
    end
  end
  [inner, matters]
end
step("unique violation") { Matter.create!(more(10, client_email: "bob@sealed.example")) }
step("value out of range") { Matter.where(id: 1).update_all("value = 10000000000000") }
step("optimistic lock") do
  a = Matter.find(1)
  b = Matter.find(1)
  a.update!(title: "privileged: won")
  begin
    b.update!(title: "privileged: lost")
  rescue ActiveRecord::StaleObjectError => e
    [e.class, matters]
  end
end
step("raw sql") { Matter.find_by_sql(["select * from matters where client_email = ?", "bob@sealed.example"]).map { |m| fields(m) } }

# what sealed values cannot do
step("order by sealed") { Matter.order(:title).ids }
step("like sealed") { Matter.where("title like ?", "privileged: A%").ids }
step("contains sealed") { Matter.where(Matter.arel_table[:title].matches("%acme%")).ids }
step("case blind email") { Matter.where("lower(client_email) = ?", ANN).ids }
step("equals randomized") { Matter.where(title: "privileged: Acme v. Bolt").ids }
step("range sealed") { Matter.where(value: 100..).ids }
step("sum sealed") { show(Matter.sum(:value)) }
step("max sealed") { show(Matter.maximum(:opened)) }
step("json path") { Matter.where("notes->>'k' = ?", "privileged: first").ids }
step("json contains") { Matter.where("notes @> ?", '{"n": 1}').ids }
step("distinct randomized") { Matter.distinct.pluck(:title).sort }
step("after refusal") do
  Matter.transaction do
    Matter.find(1).update!(status: "kept")
    begin
      Matter.transaction(requires_new: true) { Matter.order(:title).ids }
    rescue ActiveRecord::StatementInvalid
      nil
    end
  end
  matters
end
step("types not said: read") { Untyped.order(:id).map { |m| [m.title, m.value, m.opened, m.confidential, m.notes] } }
step("types not said: write") { fields(Untyped.create!(more(10)).then { Matter.find(_1.id) }) }
step("types not said: find") { Untyped.where(confidential: true).ids }

# the schema
step("migrate plain table") do
  CreateTags.new.migrate(:up)
  rows = ActiveRecord::Base.connection.select_rows("insert into tags (name) values ('urgent') returning id, name")
  CreateTags.new.migrate(:down)
  rows
end
step("migrate plain column") do
  AddPriority.new.migrate(:up)
  Matter.reset_column_information
  rows = Matter.order(:id).pluck(:id, :title, :priority)
  AddPriority.new.migrate(:down)
  Matter.reset_column_information
  rows
end
step("introspect") do
  c = ActiveRecord::Base.connection
  [c.tables.sort, c.columns("matters").map(&:name), c.indexes("matters").map(&:name).sort]
end
step("introspect types") { ActiveRecord::Base.connection.columns("matters").map { |c| [c.name, c.sql_type] } }
reset
