// Command withgorm is a legal product's data layer in GORM.
//
//	withgorm URL schema|work
package main

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"time"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"
	"gorm.io/gorm/logger"

	"github.com/legatics/pgseal/testenv/orms/golang/steps"
)

type matter struct {
	ID           int            `gorm:"primaryKey"`
	Reference    string         `gorm:"size:20;not null;uniqueIndex"`
	Status       string         `gorm:"size:10;not null;index"`
	Title        *string        `gorm:"type:text"`
	ClientEmail  *string        `gorm:"size:254;uniqueIndex"`
	Value        *string        `gorm:"type:numeric(14,2)"`
	Opened       *time.Time     `gorm:"type:date"`
	Confidential bool           `gorm:"not null"`
	Notes        map[string]any `gorm:"type:jsonb;serializer:json"`
	Version      int            `gorm:"not null;default:1"`
	Parties      []party        `gorm:"foreignKey:MatterID"`
	Documents    []document     `gorm:"foreignKey:MatterID"`
}

type party struct {
	ID       int `gorm:"primaryKey"`
	MatterID int `gorm:"not null"`
	Matter   *matter
	Name     *string `gorm:"type:text"`
	Email    *string `gorm:"size:254"`
	Role     string  `gorm:"size:20;not null"`
}

type document struct {
	ID       int    `gorm:"primaryKey"`
	MatterID int    `gorm:"not null"`
	Path     string `gorm:"type:text;not null"`
	Pages    int    `gorm:"not null"`
}

type tag struct {
	ID   int    `gorm:"primaryKey"`
	Name string `gorm:"type:text;unique"`
}

func (matter) TableName() string   { return "matters" }
func (party) TableName() string    { return "parties" }
func (document) TableName() string { return "documents" }
func (tag) TableName() string      { return "tags" }

func from(m steps.Matter) matter {
	return matter{Reference: m.Reference, Status: m.Status, Title: m.Title, ClientEmail: m.ClientEmail, Value: m.Value, Opened: m.Opened, Confidential: m.Confidential, Notes: m.Notes, Version: 1}
}

func more(n int) *matter { return new(from(steps.More(n))) }

func many(from, to int) (list []matter) {
	for n := from; n < to; n++ {
		list = append(list, *more(n))
	}
	return list
}

// work is the program's state.
type work struct {
	db *gorm.DB
	steps.Program
}

func (w *work) reset() error {
	if err := w.db.Exec(steps.Empty).Error; err != nil {
		return err
	}
	for _, m := range steps.Matters() {
		if err := w.db.Create(new(from(m))).Error; err != nil {
			return err
		}
	}
	for _, p := range steps.Parties() {
		if err := w.db.Create(&party{MatterID: p.MatterID, Name: &p.Name, Email: &p.Email, Role: p.Role}).Error; err != nil {
			return err
		}
	}
	for _, d := range steps.Documents() {
		if err := w.db.Create(&document{MatterID: d.MatterID, Path: d.Path, Pages: d.Pages}).Error; err != nil {
			return err
		}
	}
	return nil
}

func (w *work) matters() (list []matter, err error) { return list, w.db.Order("id").Find(&list).Error }

// then gives all matters after a change.
func (w *work) then(changed *gorm.DB) (any, error) {
	if changed.Error != nil {
		return nil, changed.Error
	}
	list, err := w.matters()
	return []any{changed.RowsAffected, list}, err
}

func find[T any](query *gorm.DB) (list []T, err error) { return list, query.Find(&list).Error }

func pluck[T any](query *gorm.DB, column string) (list []T, err error) {
	return list, query.Pluck(column, &list).Error
}

func (w *work) ids(query *gorm.DB) (any, error) {
	return pluck[int](query.Model(&matter{}).Order("matters.id"), "matters.id")
}

func version(path string) string {
	info, _ := debug.ReadBuildInfo()
	for _, d := range info.Deps {
		if d.Path == path {
			return strings.TrimPrefix(d.Version, "v")
		}
	}
	return "?"
}

func main() {
	url, schema := steps.Main()
	db, err := gorm.Open(postgres.Open(url), &gorm.Config{Logger: logger.Discard, TranslateError: false, NowFunc: func() time.Time { return *steps.Day(2026, 1, 1) }})
	steps.Must(err)
	if schema {
		steps.Must(db.AutoMigrate(&matter{}, &party{}, &document{}))
		return
	}
	steps.Version(fmt.Sprintf("GORM %s, its PostgreSQL driver %s on pgx %s", version("gorm.io/gorm"), version("gorm.io/driver/postgres"), version("github.com/jackc/pgx/v5")))
	pool, err := db.DB()
	steps.Must(err)
	pool.SetMaxOpenConns(1)
	w := &work{db: db}
	w.Reset = w.reset
	w.writes()
	w.bulk()
	w.finds()
	w.relations()
	w.transactions()
	w.refused()
	w.schema()
	steps.Must(w.reset())
}

func (w *work) writes() {
	db := w.db
	w.Step("create", func() (any, error) {
		m := more(10)
		if err := db.Create(m).Error; err != nil {
			return nil, err
		}
		return find[matter](db.Where("id = ?", m.ID))
	})
	w.Step("create with nulls", func() (any, error) { return w.then(db.Create(&matter{Reference: "M-11", Status: "new"})) })
	w.Step("read by id", func() (any, error) { return find[matter](db.Order("id").Where([]int{1, 2, 3})) })
	w.Step("update", func() (any, error) {
		var m matter
		if err := db.First(&m, 1).Error; err != nil {
			return nil, err
		}
		m.Title, m.Value, m.Notes, m.Confidential = new("privileged: renamed"), new("99.90"), map[string]any{"privileged: key": []int{1}}, false
		return w.then(db.Save(&m))
	})
	w.Step("update one field", func() (any, error) { return w.then(db.Model(&matter{ID: 1}).Update("title", "privileged: only")) })
	w.Step("update to null", func() (any, error) {
		return w.then(db.Model(&matter{ID: 1}).Select("Title", "Value", "Opened").Updates(&matter{}))
	})
	w.Step("update from map", func() (any, error) {
		return w.then(db.Model(&matter{}).Where("id = ?", 2).Updates(map[string]any{"title": "privileged: map", "value": "7.5", "confidential": true, "opened": steps.Day(2026, 5, 1)}))
	})
	w.Step("update returning", func() (any, error) {
		var list []matter
		err := db.Model(&list).Clauses(clause.Returning{Columns: []clause.Column{{Name: "id"}, {Name: "title"}}}).Where("client_email = ?", steps.Ann).Update("title", "privileged: r").Error
		return list, err
	})
	w.Step("delete", func() (any, error) { return w.then(db.Select("Parties", "Documents").Delete(&matter{ID: 1})) })
	w.Step("delete where", func() (any, error) {
		if err := db.Where("email = ?", "zoe@sealed.example").Delete(&party{}).Error; err != nil {
			return nil, err
		}
		return find[party](db.Order("id"))
	})
}

func (w *work) bulk() {
	db := w.db
	w.Step("bulk insert", func() (any, error) { return w.then(db.Create(new(many(10, 40)))) })
	w.Step("bulk insert chunks", func() (any, error) { return w.then(db.CreateInBatches(new(many(10, 40)), 7)) })
	w.Step("update where", func() (any, error) {
		return w.then(db.Model(&matter{}).Where("status = ?", "open").Updates(map[string]any{"title": "privileged: all", "confidential": true}))
	})
	w.Step("update where related", func() (any, error) {
		return w.then(db.Model(&matter{}).Where("id in (?)", db.Model(&party{}).Select("matter_id").Where("email = ?", "zoe@sealed.example")).Update("title", "privileged: disputed"))
	})
	w.Step("update computed", func() (any, error) {
		return w.then(db.Model(&matter{ID: 1}).Update("value", gorm.Expr("value + ?", 1)))
	})
	upsert := func(c clause.OnConflict) func() (any, error) {
		return func() (any, error) {
			m := more(10)
			m.ClientEmail = new(steps.Ann)
			return w.then(db.Clauses(c).Create(m))
		}
	}
	email := []clause.Column{{Name: "client_email"}}
	w.Step("upsert", upsert(clause.OnConflict{Columns: email, DoUpdates: clause.AssignmentColumns([]string{"title", "value", "opened"})}))
	w.Step("upsert all", upsert(clause.OnConflict{Columns: email, UpdateAll: true}))
	w.Step("upsert values", upsert(clause.OnConflict{Columns: email, DoUpdates: clause.Assignments(map[string]any{"title": "privileged: merged"})}))
	w.Step("insert or ignore", upsert(clause.OnConflict{DoNothing: true}))
	w.Step("save many", func() (any, error) {
		list, err := w.matters()
		if err != nil {
			return nil, err
		}
		for i := range list {
			list[i].Title = new(fmt.Sprintf("privileged: bulk %d", i))
		}
		return w.then(db.Save(&list))
	})
	w.Step("find or create", func() (any, error) {
		a, b := matter{}, matter{}
		if err := db.Where("client_email = ?", steps.Ann).Attrs(more(10)).FirstOrCreate(&a).Error; err != nil {
			return nil, err
		}
		err := db.Where(&matter{ClientEmail: new("more11@sealed.example")}).Attrs(more(11)).FirstOrCreate(&b).Error
		return []any{a.ID, b.ID, b.Title}, err
	})
}

func (w *work) finds() {
	db := w.db
	w.Step("find by email", func() (any, error) { return find[matter](db.Where(&matter{ClientEmail: new(steps.Ann)})) })
	w.Step("find by emails", func() (any, error) {
		return w.ids(db.Where("client_email in ?", []string{steps.Ann, "eve@sealed.example", "no@sealed.example"}))
	})
	w.Step("find not email", func() (any, error) { return w.ids(db.Not("client_email = ?", steps.Ann)) })
	w.Step("find or", func() (any, error) { return w.ids(db.Where("client_email = ?", steps.Ann).Or("status = ?", "closed")) })
	w.Step("find by date", func() (any, error) { return w.ids(db.Where("opened = ?", steps.Day(2024, 2, 29))) })
	w.Step("find by boolean", func() (any, error) { return w.ids(db.Where(map[string]any{"confidential": true})) })
	w.Step("find null", func() (any, error) { return w.ids(db.Where("value is null and title is not null")) })
	w.Step("page by offset", func() (any, error) {
		return pluck[*string](db.Model(&matter{}).Order("reference desc").Limit(2).Offset(1), "title")
	})
	w.Step("page by id", func() (any, error) {
		return pluck[*string](db.Model(&matter{}).Where("id > ?", 1).Order("id").Limit(2), "title")
	})
	w.Step("find in batches", func() (any, error) {
		var titles []string
		var list []matter
		err := db.FindInBatches(&list, 2, func(tx *gorm.DB, batch int) error {
			for _, m := range list {
				titles = append(titles, *m.Title)
			}
			return nil
		}).Error
		return titles, err
	})
	w.Step("count", func() (any, error) {
		var all, one int64
		return []*int64{&all, &one}, errors.Join(db.Model(&matter{}).Count(&all).Error, db.Model(&matter{}).Where("client_email = ?", steps.Ann).Count(&one).Error)
	})
	w.Step("count distinct", func() (any, error) {
		var n int64
		err := db.Model(&party{}).Distinct("email").Count(&n).Error
		return n, err
	})
	w.Step("exists", func() (any, error) {
		return w.ids(db.Where("exists (?)", db.Model(&party{}).Select("1").Where("parties.matter_id = matters.id and parties.email = matters.client_email")))
	})
	w.Step("group by sealed", func() (any, error) {
		rows, err := find[map[string]any](db.Model(&party{}).Select("email, count(*) n").Group("email"))
		return len(rows), err
	})
	w.Step("group by plain", func() (any, error) {
		return find[map[string]any](db.Model(&matter{}).Joins("join documents d on d.matter_id = matters.id").Select("status, sum(d.pages) pages").Group("status").Order("status"))
	})
	w.Step("subquery in", func() (any, error) {
		return w.ids(db.Where("id in (?)", db.Model(&party{}).Select("matter_id").Where("role = ?", "client")))
	})
	w.Step("subquery in sealed", func() (any, error) { return w.ids(db.Where("client_email in (?)", db.Model(&party{}).Select("email"))) })
	w.Step("subquery from", func() (any, error) {
		return find[map[string]any](db.Table("(?) as t", db.Model(&matter{}).Select("id", "title").Where("status = ?", "open")).Order("id"))
	})
	w.Step("rows to maps", func() (any, error) {
		return find[map[string]any](db.Model(&matter{}).Select("id", "title", "value", "confidential").Order("id"))
	})
	w.Step("raw sql", func() (any, error) {
		return find[map[string]any](db.Raw("select id, title, value from matters where client_email = @mail", map[string]any{"mail": "bob@sealed.example"}))
	})
	w.Step("lock rows", func() (any, error) {
		var list []matter
		err := db.Transaction(func(tx *gorm.DB) error {
			return tx.Clauses(clause.Locking{Strength: "UPDATE", Options: "NOWAIT"}).Where("client_email = ?", steps.Ann).Find(&list).Error
		})
		return list, err
	})
}

func (w *work) relations() {
	db := w.db
	w.Step("relations lazy", func() (any, error) {
		var list []party
		err := db.Model(&matter{ID: 1}).Order("id").Association("Parties").Find(&list)
		return list, err
	})
	w.Step("relations create", func() (any, error) {
		m := more(10)
		m.Parties, m.Documents = []party{{Name: new("privileged: new"), Email: new("new@sealed.example"), Role: "client"}}, []document{{Path: "n.pdf", Pages: 1}}
		err := db.Create(m).Error
		return m, err
	})
	w.Step("eager join", func() (any, error) { return find[party](db.Joins("Matter").Order("parties.id")) })
	w.Step("eager second query", func() (any, error) {
		return find[matter](db.Preload("Parties", "role = ?", "client").Preload("Documents").Order("id"))
	})
	w.Step("join filter", func() (any, error) {
		return w.ids(db.Joins("join parties p on p.matter_id = matters.id").Where("p.email = ?", "zoe@sealed.example"))
	})
	w.Step("join on sealed", func() (any, error) {
		return find[map[string]any](db.Model(&matter{}).Select("matters.title, p.name").Joins("join parties p on p.email = matters.client_email").Order("matters.id"))
	})
}

func (w *work) transactions() {
	db := w.db
	w.Step("rollback", func() (any, error) {
		_ = db.Transaction(func(tx *gorm.DB) error {
			steps.Must(tx.Create(more(10)).Error)
			steps.Must(tx.Model(&matter{ID: 1}).Update("title", "privileged: never").Error)
			return errors.New("the application gives up")
		})
		return w.matters()
	})
	w.Step("savepoint", func() (any, error) {
		inner := ""
		err := db.Transaction(func(tx *gorm.DB) error {
			steps.Must(tx.Model(&matter{ID: 1}).Update("title", "privileged: outer").Error)
			inner = steps.Code(tx.Transaction(func(tx *gorm.DB) error {
				m := more(10)
				m.ClientEmail = new("bob@sealed.example")
				return tx.Create(m).Error
			}))
			return nil
		})
		if err != nil {
			return nil, err
		}
		list, err := w.matters()
		return []any{inner, list}, err
	})
	w.Step("unique violation", func() (any, error) {
		m := more(10)
		m.ClientEmail = new("bob@sealed.example")
		return nil, db.Create(m).Error
	})
	w.Step("value out of range", func() (any, error) { return nil, db.Model(&matter{ID: 1}).Update("value", "10000000000000").Error })
	w.Step("optimistic lock", func() (any, error) {
		first := db.Model(&matter{}).Where("id = 1 and version = ?", 1).Updates(map[string]any{"title": "privileged: won", "version": 2})
		second := db.Model(&matter{}).Where("id = 1 and version = ?", 1).Updates(map[string]any{"title": "privileged: lost", "version": 2})
		return []int64{first.RowsAffected, second.RowsAffected}, errors.Join(first.Error, second.Error)
	})
}

func (w *work) refused() {
	db := w.db
	w.Step("order by sealed", func() (any, error) { return pluck[int](db.Model(&matter{}).Order("title"), "id") })
	w.Step("like sealed", func() (any, error) { return w.ids(db.Where("title like ?", "privileged: A%")) })
	w.Step("contains sealed", func() (any, error) { return w.ids(db.Where("title ilike ?", "%acme%")) })
	w.Step("case blind email", func() (any, error) { return w.ids(db.Where("lower(client_email) = ?", steps.Ann)) })
	w.Step("equals randomized", func() (any, error) { return w.ids(db.Where("title = ?", "privileged: Acme v. Bolt")) })
	w.Step("range sealed", func() (any, error) { return w.ids(db.Where("value > ?", "100")) })
	w.Step("sum sealed", func() (any, error) { return pluck[string](db.Model(&matter{}), "sum(value)") })
	w.Step("max sealed", func() (any, error) { return pluck[time.Time](db.Model(&matter{}), "max(opened)") })
	w.Step("json path", func() (any, error) { return w.ids(db.Where("notes->>'k' = ?", "privileged: first")) })
	w.Step("after refusal", func() (any, error) {
		err := db.Transaction(func(tx *gorm.DB) error {
			steps.Must(tx.Model(&matter{ID: 1}).Update("status", "kept").Error)
			_ = tx.Transaction(func(tx *gorm.DB) error { return tx.Order("title").Find(&[]matter{}).Error })
			return nil
		})
		if err != nil {
			return nil, err
		}
		return w.matters()
	})
}

func (w *work) schema() {
	db := w.db
	w.Step("migrate again", func() (any, error) { return true, db.AutoMigrate(&party{}, &document{}) })
	w.Step("migrate plain table", func() (any, error) {
		if err := db.AutoMigrate(&tag{}); err != nil {
			return nil, err
		}
		t := tag{Name: "urgent"}
		return &t, errors.Join(db.Create(&t).Error, db.Migrator().DropTable(&tag{}))
	})
	w.Step("migrate plain column", func() (any, error) {
		if err := db.Exec("ALTER TABLE matters ADD COLUMN priority bigint").Error; err != nil {
			return nil, err
		}
		rows, err := find[map[string]any](db.Raw("select id, title, priority from matters order by id"))
		return rows, errors.Join(err, db.Migrator().DropColumn(&matter{}, "priority"))
	})
	w.Step("introspect", func() (any, error) {
		types, err := db.Migrator().ColumnTypes(&matter{})
		var names []string
		for _, t := range types {
			names = append(names, t.Name())
		}
		return []any{names, db.Migrator().HasTable("matters"), db.Migrator().HasIndex(&matter{}, "idx_matters_status")}, err
	})
	w.Step("introspect types", func() (any, error) {
		types, err := db.Migrator().ColumnTypes(&matter{})
		var names []string
		for _, t := range types {
			names = append(names, t.Name()+" "+t.DatabaseTypeName())
		}
		return names, err
	})
}
