package guard

// Whoever owns a table can take its guard away. What can be put back is put back in the look that finds it, so that
// without a word in the log nobody would ever hear of it.

// tell says each damage once, and once that nothing of it is left.
func (c *Coordinator) tell(s *Status) {
	for i := range s.Columns {
		col := &s.Columns[i]
		name := col.Column.String()
		was, known := c.told[name]
		switch {
		case col.Damage != "" && col.Damage != was:
			c.log.Warn("the guard of a sealed column was taken away or changed; what can be is put back", "column", name, "found", col.Damage,
				"now", col.Guard.String(), "reason", col.Note)
			c.told[name] = col.Damage
		case col.Damage == "" && known:
			c.log.Info("the guard of a sealed column is whole again", "column", name)
			delete(c.told, name)
		}
	}
}
