package plan

import "slices"

// readers are the views that read each relation, by name.
func (b *catalogueBuilder) readers() map[string][]string {
	all := make(map[string][]string)
	for _, d := range b.db.Dependents {
		all[d.On.Name] = append(all[d.On.Name], d.Name.Name)
	}
	return all
}

// children are the partitions and children of each table, by name.
func (b *catalogueBuilder) children() map[string][]string {
	all := make(map[string][]string)
	for _, r := range b.db.Relations {
		for _, parent := range r.Parents {
			all[parent.Name] = append(all[parent.Name], r.Name.Name)
		}
	}
	return all
}

// closure returns all names that can be reached from one, without itself.
func closure(edges map[string][]string, from string) (names []string) {
	for at, next := -1, from; ; next = names[at] {
		for _, name := range edges[next] {
			if name != from && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		if at++; at == len(names) {
			return names
		}
	}
}
