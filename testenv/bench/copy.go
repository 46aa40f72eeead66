package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// copying is a COPY of a whole table, in text format.
type copying struct {
	into  bool
	table string
}

// run copies rows rows by one connection and returns how long the statement
// took, connecting not included.
func (c copying) run(ctx context.Context, url, row string, rows int) (time.Duration, error) {
	conn, err := pgconn.Connect(ctx, url)
	if err != nil {
		return 0, err
	}
	defer conn.Close(ctx)
	var tag pgconn.CommandTag
	began := time.Now()
	if c.into {
		tag, err = conn.CopyFrom(ctx, newRowReader(row, rows), "copy "+c.table+" from stdin")
	} else {
		tag, err = conn.CopyTo(ctx, io.Discard, "copy "+c.table+" to stdout")
	}
	took := time.Since(began)
	if err == nil && tag.RowsAffected() != int64(rows) {
		err = fmt.Errorf("%d rows were copied, want %d", tag.RowsAffected(), rows)
	}
	if err != nil {
		return 0, fmt.Errorf("COPY of %s: %w", c.table, err)
	}
	return took, nil
}

// blockRows is how many rows are made once and sent over and over: making them
// would cost more than anything that is measured. It is at least that of the
// tables with a primary key.
const blockRows = cellRows

// rowReader reads a number of rows without making each.
type rowReader struct {
	block []byte
	ends  []int // of each row in block
	left  int   // rows from the beginning of block
	at    int   // in block
}

// newRowReader reads rows rows of one form, in which %d stands for the row's
// number in its block.
func newRowReader(row string, rows int) *rowReader {
	r := &rowReader{left: rows}
	var block bytes.Buffer
	for i := 1; i <= min(rows, blockRows); i++ {
		block.WriteString(strings.Replace(row, "%d", fmt.Sprint(i), 1))
		r.ends = append(r.ends, block.Len())
	}
	r.block = block.Bytes()
	return r
}

func (r *rowReader) Read(p []byte) (n int, err error) {
	for n < len(p) && r.left > 0 {
		rows := min(r.left, len(r.ends))
		end := r.ends[rows-1]
		copied := copy(p[n:], r.block[r.at:end])
		n += copied
		if r.at += copied; r.at == end {
			r.at, r.left = 0, r.left-rows
		}
	}
	if n == 0 && r.left == 0 {
		return 0, io.EOF
	}
	return n, nil
}
