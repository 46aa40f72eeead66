package bulk

import (
	"github.com/legatics/pgseal/proxy/contain"
)

// panicked logs a panic and gives what stops the work for it: somebody has to look into the log, and go on with the work when the fault is mended. What the
// panic says could hold a value; River would write it into the database.
func (r *Runner) panicked(p any) error {
	contain.Log(r.o.Log, "work on a column panicked", p)
	return &halt{code: "XX000", reason: "a fault in pgseal; the log of the process that did the work says where"}
}

// contained makes a panic in f its error.
func (r *Runner) contained(f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = r.panicked(p)
		}
	}()
	return f()
}
