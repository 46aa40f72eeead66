package policy

// Observes tells whether a column of the policy is in state observe.
func (p *Policy) Observes() bool {
	for _, t := range p.Tables {
		if t.observes() {
			return true
		}
	}
	return false
}

func (t *Table) observes() bool {
	for _, c := range t.Columns {
		if c.State == Observe {
			return true
		}
	}
	return false
}

// Enforced is the policy as it is in force: without the columns in state observe, and without the tables that are listed for
// those alone. It shares what it has with p.
func (p *Policy) Enforced() *Policy {
	if !p.Observes() {
		return p
	}
	next := *p
	next.Tables = make(map[TableName]*Table, len(p.Tables))
	for name, t := range p.Tables {
		if !t.observes() {
			next.Tables[name] = t
			continue
		}
		own := *t
		own.Columns = make(map[string]*Column, len(t.Columns))
		for column, c := range t.Columns {
			if c.State != Observe {
				own.Columns[column] = c
			}
		}
		if len(own.Columns) > 0 || t.RequiresKey.Any() {
			next.Tables[name] = &own
		}
	}
	return &next
}
