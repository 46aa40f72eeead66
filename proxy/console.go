package proxy

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// Console is a database that does not exist: who connects to it gives the proxy itself orders. It has no planner, no keys and no way to the server.
type Console struct {
	Database      string   // its name
	Roles         []string // who may use it
	LoginDatabase string   // AuthPassthrough, AuthRelay: in which the server lets the role log in
	Version       string   // of the program, for the client
	// Run carries one command out.
	Run func(ctx context.Context, who ConsoleUser, command string) (*ConsoleResult, error)
}

// ConsoleUser is who gives an order.
type ConsoleUser struct{ Role, Client string }

// ConsoleResult is what a command answers. Without columns there are no rows.
type ConsoleResult struct {
	Tag     string // SHOW, RELOAD ...
	Columns []string
	Rows    [][]any // strings, int64s, and nil for NULL; a column holds one kind
	Notice  string
}

// ConsoleError is a command that was not carried out, as the client reads it.
type ConsoleError struct{ Code, Message, Hint string }

func (e *ConsoleError) Error() string { return e.Message }

const codeInsufficientPrivilege = "42501"

// errConsole ends what serve does with a connection whose session was the console's.
var errConsole = errors.New("the console's session has ended")

// consoleFor tells that the client wants the console.
func (s *Server) consoleFor(database string) bool {
	return s.console != nil && s.console.Database == database
}

// runConsole authenticates a client of the console, unless who says that it is, and answers its commands until it leaves or the proxy drains.
func (s *Server) runConsole(ctx context.Context, client *downstream, start *startupPacket, who *identity) error {
	role := start.params["user"]
	if who == nil || s.auth.Mode == AuthRelay {
		if err := s.vouched(ctx, client, start, who); err != nil {
			return err
		}
	}
	if !slices.Contains(s.console.Roles, role) {
		s.attempts.failed(client.from)
		return &wireError{severity: "FATAL", code: codeInsufficientPrivilege, message: fmt.Sprintf("role %q may not use pgseal's console", role),
			hint: "Name the role in console.roles of pgseal's configuration."}
	}
	if err := client.SetDeadline(time.Time{}); err != nil {
		return errConsole
	}
	s.mu.Lock()
	draining := s.draining
	s.consoles[client.socket] = struct{}{}
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.consoles, client.socket)
		s.mu.Unlock()
	}()
	if draining {
		return errShutdown
	}
	c := &consoleSession{server: s, user: ConsoleUser{role, client.peerName()}, backend: pgproto3.NewBackend(client, client), statements: map[string]*consoleStatement{}, portals: map[string]*consolePortal{}}
	c.backend.SetMaxBodyLen(consoleMessage)
	s.log.Info("console opened", "user", role, "client", client.peerName())
	if err := c.run(ctx); err != nil {
		s.mu.Lock()
		draining = s.draining
		s.mu.Unlock()
		if draining {
			_ = client.SetDeadline(time.Now().Add(lastWordsTimeout))
			return errShutdown
		}
	}
	return errConsole
}

// consoleMessage is the longest message that the console takes, in bytes.
const consoleMessage = 64 << 10

// consoleSession is one client of the console.
type consoleSession struct {
	server     *Server
	user       ConsoleUser
	backend    *pgproto3.Backend
	statements map[string]*consoleStatement
	portals    map[string]*consolePortal
	failed     bool // the client's messages up to Sync are passed over
}

// consoleStatement is a command that was prepared. It is carried out when it is first described or executed: only SHOW has rows, and it changes nothing.
type consoleStatement struct{ command string }

type consolePortal struct {
	command string
	formats []int16
	result  *ConsoleResult
}

func (c *consoleSession) run(ctx context.Context) error {
	b := c.backend
	b.Send(&pgproto3.AuthenticationOk{})
	for _, p := range [][2]string{{"server_version", "15.0 (pgseal " + c.server.console.Version + ")"}, {"server_encoding", "UTF8"}, {"client_encoding", "UTF8"},
		{"DateStyle", "ISO, MDY"}, {"TimeZone", "UTC"}, {"integer_datetimes", "on"}, {"standard_conforming_strings", "on"}} {
		b.Send(&pgproto3.ParameterStatus{Name: p[0], Value: p[1]})
	}
	b.Send(&pgproto3.BackendKeyData{SecretKey: make([]byte, 4)}) // nothing here can be cancelled
	b.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	for {
		if err := b.Flush(); err != nil {
			return err
		}
		m, err := b.Receive()
		if err != nil {
			return err
		}
		if _, bye := m.(*pgproto3.Terminate); bye {
			return nil
		}
		c.handle(ctx, m)
	}
}

func (c *consoleSession) handle(ctx context.Context, m pgproto3.FrontendMessage) {
	if _, sync := m.(*pgproto3.Sync); c.failed && !sync {
		return
	}
	switch m := m.(type) {
	case *pgproto3.Query:
		c.query(ctx, m.String)
	case *pgproto3.Parse:
		c.statements[m.Name] = &consoleStatement{m.Query}
		c.bound(len(c.statements))
		c.backend.Send(&pgproto3.ParseComplete{})
	case *pgproto3.Bind:
		c.bind(m)
	case *pgproto3.Describe:
		c.describe(ctx, m)
	case *pgproto3.Execute:
		c.execute(ctx, m.Portal)
	case *pgproto3.Close:
		if m.ObjectType == 'S' {
			delete(c.statements, m.Name)
		} else {
			delete(c.portals, m.Name)
		}
		c.backend.Send(&pgproto3.CloseComplete{})
	case *pgproto3.Sync:
		c.failed = false
		c.backend.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	case *pgproto3.Flush:
	default:
		c.fail(&ConsoleError{Code: codeFeatureNotSupported, Message: "the console does not take this message"})
	}
}

// bound keeps a client from filling the memory with names.
func (c *consoleSession) bound(n int) {
	const most = 1000
	if n > most {
		clear(c.statements)
		clear(c.portals)
	}
}

func (c *consoleSession) query(ctx context.Context, command string) {
	defer c.backend.Send(&pgproto3.ReadyForQuery{TxStatus: 'I'})
	r, err := c.server.console.Run(ctx, c.user, command)
	if err != nil {
		c.sendError(err)
		return
	}
	if r.Columns != nil {
		c.backend.Send(r.description(nil))
	}
	c.answer(r, nil)
}

func (c *consoleSession) bind(m *pgproto3.Bind) {
	st := c.statements[m.PreparedStatement]
	switch {
	case st == nil:
		c.fail(&ConsoleError{Code: "26000", Message: "there is no such prepared statement in the console"})
		return
	case len(m.Parameters) > 0:
		c.fail(&ConsoleError{Code: codeFeatureNotSupported, Message: "the console's commands take no parameters", Hint: "Write the value into the command."})
		return
	}
	c.portals[m.DestinationPortal] = &consolePortal{command: st.command, formats: append([]int16(nil), m.ResultFormatCodes...)}
	c.bound(len(c.portals))
	c.backend.Send(&pgproto3.BindComplete{})
}

// describe carries a SHOW out to know its columns; other commands have none.
func (c *consoleSession) describe(ctx context.Context, m *pgproto3.Describe) {
	var command string
	p := c.portals[m.Name]
	switch st := c.statements[m.Name]; {
	case m.ObjectType == 'S' && st != nil:
		command, p = st.command, nil
		c.backend.Send(&pgproto3.ParameterDescription{})
	case m.ObjectType == 'P' && p != nil:
		command = p.command
	default:
		c.fail(&ConsoleError{Code: "26000", Message: "there is nothing of that name to describe in the console"})
		return
	}
	if !shows(command) {
		c.backend.Send(&pgproto3.NoData{})
		return
	}
	r, err := c.server.console.Run(ctx, c.user, command)
	if err != nil {
		c.fail(err)
		return
	}
	var formats []int16
	if p != nil {
		p.result, formats = r, p.formats
	}
	c.backend.Send(r.description(formats))
}

func (c *consoleSession) execute(ctx context.Context, name string) {
	p := c.portals[name]
	if p == nil {
		c.fail(&ConsoleError{Code: "34000", Message: "there is no such portal in the console"})
		return
	}
	if p.result == nil {
		var err error
		if p.result, err = c.server.console.Run(ctx, c.user, p.command); err != nil {
			c.fail(err)
			return
		}
	}
	c.answer(p.result, p.formats)
	delete(c.portals, name)
}

// answer sends rows and the end of a command.
func (c *consoleSession) answer(r *ConsoleResult, formats []int16) {
	if r.Notice != "" {
		c.backend.Send(&pgproto3.NoticeResponse{Severity: "NOTICE", SeverityUnlocalized: "NOTICE", Code: "00000", Message: r.Notice})
	}
	for _, row := range r.Rows {
		values := make([][]byte, len(row))
		for i, v := range row {
			values[i] = consoleValue(v, formatOf(formats, i))
		}
		c.backend.Send(&pgproto3.DataRow{Values: values})
	}
	if r.Tag == "" {
		c.backend.Send(&pgproto3.EmptyQueryResponse{})
		return
	}
	c.backend.Send(&pgproto3.CommandComplete{CommandTag: []byte(r.Tag)})
}

func (c *consoleSession) fail(err error) {
	c.failed = true
	c.sendError(err)
}

func (c *consoleSession) sendError(err error) {
	e := &ConsoleError{Code: codeInternal, Message: err.Error()}
	_ = errors.As(err, &e)
	c.backend.Send(&pgproto3.ErrorResponse{Severity: "ERROR", SeverityUnlocalized: "ERROR", Code: e.Code, Message: e.Message, Hint: e.Hint})
}

const oidInt8 = 20

// description tells what the columns are.
func (r *ConsoleResult) description(formats []int16) *pgproto3.RowDescription {
	d := &pgproto3.RowDescription{}
	for i, name := range r.Columns {
		f := pgproto3.FieldDescription{Name: []byte(name), DataTypeOID: oidText, DataTypeSize: -1, TypeModifier: -1, Format: formatOf(formats, i)}
		if r.number(i) {
			f.DataTypeOID, f.DataTypeSize = oidInt8, 8
		}
		d.Fields = append(d.Fields, f)
	}
	return d
}

// number tells whether a column holds numbers.
func (r *ConsoleResult) number(column int) bool {
	for _, row := range r.Rows {
		if row[column] != nil {
			_, ok := row[column].(int64)
			return ok
		}
	}
	return false
}

func formatOf(formats []int16, i int) int16 {
	switch {
	case len(formats) == 1:
		return formats[0]
	case i < len(formats):
		return formats[i]
	}
	return 0
}

func consoleValue(v any, format int16) []byte {
	switch v := v.(type) {
	case int64:
		if format == binaryFormat {
			return binary.BigEndian.AppendUint64(nil, uint64(v))
		}
		return strconv.AppendInt(nil, v, 10)
	case string:
		return []byte(v)
	}
	return nil
}
