package proxy

// hiddenNames are those of prepared statements, cursors and portals that may change the setting when SQL runs them by their name. A name stays in it when what it
// stands for is gone.
type hiddenNames struct {
	names map[string]struct{}
	sql   bool // some were made by SQL, so that the proxy does not know what Bind and Execute make of them
	all   bool // any name may be one
}

// maxHidden is how many names are kept apart.
const maxHidden = 1000

func (h *hiddenNames) add(name string, sql bool) {
	if h.names == nil {
		h.names = make(map[string]struct{})
	}
	h.names[name] = struct{}{}
	h.sql = h.sql || sql
	h.all = h.all || name == "" || len(h.names) > maxHidden
	if h.all {
		clear(h.names)
	}
}

// mayBe tells whether a name may be one of them; "" stands for any.
func (h *hiddenNames) mayBe(name string) bool {
	_, known := h.names[name]
	return h.all || known || name == "" && len(h.names) > 0
}
