package clients

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
)

// runPipeline speaks the extended protocol by hand: named statements, several
// syncs in flight, an error in the middle of one of them, a flush without one.
func runPipeline(ctx context.Context, url string) (Report, error) {
	conn, err := pgconn.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	defer conn.Close(ctx)
	if err := conn.Exec(ctx, reset).Close(); err != nil {
		return nil, err
	}
	var r Report
	p := conn.StartPipeline(ctx)
	text := func(values ...string) (all [][]byte) {
		for _, v := range values {
			all = append(all, []byte(v))
		}
		return all
	}
	both := []int16{0, 1}

	p.SendPrepare("ins", `insert into matters (id, title, client_email, value) values ($1, $2, $3, $4)`, nil)
	p.SendPrepare("sel", `select title, value from matters where client_email = $1`, nil)
	p.SendQueryPrepared("ins", text("1", "privileged: piped", "p@sealed.example", "5.50"), nil, nil)
	p.SendQueryPrepared("sel", text("p@sealed.example"), nil, both)
	p.SendPipelineSync()
	p.SendQueryPrepared("ins", text("2", "privileged: skipped with its neighbour", "q@sealed.example", "1"), nil, nil)
	p.SendQueryPrepared("ins", text("1", "privileged: the error", "r@sealed.example", "1"), nil, nil)
	p.SendQueryPrepared("ins", text("3", "privileged: never runs", "s@sealed.example", "1"), nil, nil)
	p.SendPrepare("lost", `select title from matters`, nil)
	p.SendPipelineSync()
	p.SendQueryParams(`select id, title from matters order by id`, nil, nil, nil, nil)
	p.SendQueryParams(`select 1/0`, nil, nil, nil, nil)
	p.SendPipelineSync()
	p.SendQueryPrepared("sel", text("p@sealed.example"), nil, both)
	p.SendFlushRequest()
	if err := p.Flush(); err != nil {
		return nil, err
	}
	for !errors.Is(err, errIdle) {
		if err = r.pipelined(p, conn); err != nil && !errors.Is(err, errIdle) {
			return nil, err
		}
	}
	p.SendDeallocate("sel")
	if err := p.Sync(); err != nil {
		return nil, err
	}
	for err = nil; !errors.Is(err, errIdle); {
		if err = r.pipelined(p, conn); err != nil && !errors.Is(err, errIdle) {
			return nil, err
		}
	}
	if err := p.Close(); err != nil {
		return nil, err
	}
	r.add("closed, status %c", conn.TxStatus())
	_, err = conn.Prepare(ctx, "lost", `select title from matters where id = $1`, nil)
	r.add("prepared again: %v", err)
	return r, nil
}

// errIdle: the pipeline has no result left.
var errIdle = errors.New("no more results")

// pipelined notes the next result of a pipeline.
func (r *Report) pipelined(p *pgconn.Pipeline, conn *pgconn.PgConn) error {
	result, err := p.GetResults()
	pgErr := (*pgconn.PgError)(nil)
	switch {
	case errors.As(err, &pgErr):
		r.add("%s", errorLine(err, true))
		return nil
	case err != nil:
		return err
	}
	switch result := result.(type) {
	case *pgconn.StatementDescription:
		r.add("prepared %s, parameters %v, columns %s", result.Name, result.ParamOIDs, fields(result.Fields))
	case *pgconn.ResultReader:
		for result.NextRow() {
			r.add("row %s", rawValues(result.Values()))
		}
		tag, err := result.Close()
		if err != nil {
			r.add("%s", errorLine(err, true))
			return nil
		}
		r.add("%s, columns %s", tag, fields(result.FieldDescriptions()))
	case *pgconn.PipelineSync:
		r.add("sync, status %c", conn.TxStatus())
	case *pgconn.CloseComplete:
		r.add("statement closed")
	case nil:
		return errIdle
	default:
		r.add("unexpected %T", result)
	}
	return nil
}
