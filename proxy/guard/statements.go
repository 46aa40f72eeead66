package guard

import "github.com/legatics/pgseal/crypto"

// Statement is one that pgseal sends, for people who want to know before.
type Statement struct {
	SQL  string
	Lock string // what it locks, and for how long
}

// RemovalStatements are what takes the guard off, as it is now.
func (c *ColumnStatus) RemovalStatements() []Statement {
	all := []Statement{{"SET LOCAL lock_timeout = '" + lockTimeout + "'", ""}}
	for _, l := range c.Guard.tree {
		for _, s := range c.Guard.remove(l) {
			all = append(all, Statement{s, "ACCESS EXCLUSIVE, for an instant; it is waited for a second at most, and tried again"})
		}
	}
	return all
}

// ProofStatements are what takes a column from sealing to sealed once no plaintext is left.
func (c *ColumnStatus) ProofStatements(tag crypto.StoreTag) []Statement {
	if len(c.Guard.tree) == 0 {
		return nil
	}
	l := c.Guard.tree[0]
	t := targetOf(l, c.Armoured())
	all := []Statement{{"SET lock_timeout = '" + lockTimeout + "'", ""}}
	if c.Guard.Check != NotValid {
		all = append(all, Statement{rowQuery(l, "NOT "+expression(tag, c.Armoured(), l.quotedName)), "ACCESS SHARE, while the table is read"})
		for _, s := range remakeCheck(tag, t, &c.Guard) {
			all = append(all, Statement{s, "ACCESS EXCLUSIVE, for an instant; it is waited for a second at most, and tried again"})
		}
	}
	return append(all, Statement{validate(t), "SHARE UPDATE EXCLUSIVE, while the table is read: applications read and write, VACUUM and DDL wait"})
}
