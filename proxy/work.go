package proxy

import "github.com/legatics/pgseal/proxy/plan"

// work is what has to be done to the answers to one request. It is made by the pump that reads the client and handed over in
// the queue; from then on it belongs to the pump that reads the server.
//
// One with a key belongs to one entry; one without may be that of several.
type work struct {
	deny      *wireError // replaces the server's error: the request was one that the server itself must fail
	instead   string     // the SQLSTATE that deny replaces; empty: any but that of a failed transaction
	statement *statement // Parse, Describe
	portal    *portal    // Describe, Execute
	plan      *plan.Plan // Query
	read      []*cursor  // Query: the cursors that its statements read; nil where they read none
	key       Key        // for opening, with its own deadline; nil where nothing is opened
	tenant    string     // whose key it is; empty: the session's one and only

	steps [][]plan.Step // of each statement: what it does to the setting that names the tenant
}

// denies tells that deny stands for a server's error of that code.
func (w *work) denies(code string) bool {
	switch {
	case w == nil || w.deny == nil:
		return false
	case w.instead != "":
		return code == w.instead
	}
	return code != codeInFailedTransaction
}

// planOf is the plan that the answers follow, or nil.
func (w *work) planOf() *plan.Plan {
	switch {
	case w == nil:
		return nil
	case w.plan != nil:
		return w.plan
	case w.portal != nil:
		return w.portal.statement.plan
	case w.statement != nil:
		return w.statement.plan
	}
	return nil
}

// reads is the cursor that statement i of the request reads, as far as what it brings has to be looked into.
func (w *work) reads(i int) *cursor {
	switch {
	case w == nil:
	case w.portal != nil:
		return w.portal.reads
	case w.statement != nil:
		return w.statement.reads
	case i < len(w.read):
		return w.read[i]
	}
	return nil
}

// guards tells that the request names or reads something protected.
func (w *work) guards() bool {
	if w == nil {
		return false
	}
	protected, _ := readsProtected(w.read)
	return protected || w.reads(0).protected() || guards(w.planOf())
}

// release lets go of the key handle.
func (w *work) release() {
	if w != nil && w.key != nil {
		w.key.Release()
		w.key = nil
	}
}
