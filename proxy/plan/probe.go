package plan

import (
	"bytes"
	"strings"
)

// sign is what a word of a text may stand for, as a set.
type sign uint16

const (
	signRelation   sign = 1 << iota // name of a protected relation
	signFunction                    // name of a function whose source names one, or that may not be called because nobody knows what it does
	signSchema                      // the schema pgseal
	signSetting                     // a setting that the reading of texts depends on
	signSetConfig                   // set_config
	signPgSettings                  // the view pg_settings, through which settings can be updated
	signDynamic                     // a function that runs the SQL text in its argument
	signDump                        // a function that reads tables that its argument does not name for certain
	signStatistics                  // a table or view with the most common values of other tables' columns
)

// signsProtected are those that make a text one to be looked into.
const signsProtected = signRelation | signFunction | signSchema

// ownSchema is the schema of the key store; tenantState is the one view in it that everybody may read.
const (
	ownSchema   = "pgseal"
	tenantState = "tenant_state"
)

// maxName is the length in bytes at which the server cuts identifiers.
const maxName = 63

// fixedSigns are the words that matter whatever is protected.
var fixedSigns = map[string]sign{
	ownSchema:                       signSchema,
	"standard_conforming_strings":   signSetting,
	"client_encoding":               signSetting,
	"backslash_quote":               signSetting,
	"set_config":                    signSetConfig,
	"pg_settings":                   signPgSettings,
	"pg_stats":                      signStatistics,
	"pg_statistic":                  signStatistics,
	"pg_stats_ext":                  signStatistics,
	"pg_stats_ext_exprs":            signStatistics,
	"pg_statistic_ext_data":         signStatistics,
	"query_to_xml":                  signDynamic,
	"query_to_xmlschema":            signDynamic,
	"query_to_xml_and_xmlschema":    signDynamic,
	"table_to_xml":                  signDynamic,
	"table_to_xmlschema":            signDynamic,
	"table_to_xml_and_xmlschema":    signDynamic,
	"cursor_to_xml":                 signDump,
	"cursor_to_xmlschema":           signDump,
	"schema_to_xml":                 signDump,
	"schema_to_xmlschema":           signDump,
	"schema_to_xml_and_xmlschema":   signDump,
	"database_to_xml":               signDump,
	"database_to_xmlschema":         signDump,
	"database_to_xml_and_xmlschema": signDump,
	"ts_stat":                       signDynamic,
	"ts_rewrite":                    signDynamic,
	"dblink":                        signDynamic,
	"dblink_exec":                   signDynamic,
	"dblink_open":                   signDynamic,
	"dblink_send_query":             signDynamic,
	"crosstab":                      signDynamic,
	"crosstab2":                     signDynamic,
	"crosstab3":                     signDynamic,
	"crosstab4":                     signDynamic,
	"crosstabn":                     signDynamic,
	"connectby":                     signDynamic,
	"xpath_table":                   signDynamic,
}

// probe recognises the words that make a statement worth a closer look. It is immutable.
type probe struct {
	signs map[string]sign
	// filter tells by length and first letter whether a word can be in signs at all.
	filter [maxName + 1]uint32
	// anyCase holds the protected names in lower case, for texts whose tokens cannot be told apart; odd are those
	// of them that are not made of identifier characters alone.
	anyCase map[string]bool
	odd     []string
	// schemas are those that protected relations are in.
	schemas map[string]bool
	// strict: code that cannot be looked into is refused.
	strict bool
	// keyedReads: some native values may be read with the key only.
	keyedReads bool
}

func newProbe(c *Catalogue) *probe {
	p := &probe{signs: make(map[string]sign), anyCase: make(map[string]bool), schemas: make(map[string]bool)}
	for word, s := range fixedSigns {
		p.add(word, s)
	}
	if c == nil {
		return p
	}
	for _, r := range c.Relations {
		p.add(r.Name, signRelation)
		p.schemas[r.Schema] = true
	}
	p.keyedReads, p.strict = c.keyedReads(), c.Unknown != nil
	for name := range c.Homonyms {
		p.add(name, signRelation)
	}
	for name := range c.Functions {
		p.add(name, signFunction)
	}
	for name := range c.Unknown {
		p.add(name, signFunction)
	}
	return p
}

func (p *probe) add(name string, s sign) {
	if name == "" || len(name) > maxName {
		return // the server has no such name
	}
	p.signs[name] |= s
	p.filter[len(name)] |= firstLetter(name[0])
	if s&signsProtected == 0 {
		return
	}
	var buf [maxName + 1]byte
	p.anyCase[string(foldWord(&buf, []byte(name)))] = true
	for i := range len(name) {
		if charClass[name[i]]&chIdentCont == 0 && name[i] != '$' {
			p.odd = append(p.odd, strings.ToLower(name))
			return
		}
	}
}

// firstLetter is the bit of a word's first byte in a filter; letters of either case share one.
func firstLetter(c byte) uint32 { return 1 << ((c | 0x20) & 31) }

// closed tells that a word is the name of statistics that are not to be read, because they may hold what may be read with the key only.
func (p *probe) closed(s sign) bool { return s&signStatistics != 0 && p.keyedReads }

// word tells what an unquoted word stands for.
func (p *probe) word(w []byte) sign {
	if len(w) <= maxName && p.filter[len(w)]&firstLetter(w[0]) == 0 {
		return 0
	}
	var buf [maxName + 1]byte
	return p.signs[string(foldWord(&buf, w))]
}

// quoted tells what a quoted identifier, with its quotes, stands for.
func (p *probe) quoted(q []byte) sign {
	inner := q[1 : len(q)-1]
	if len(inner) <= maxName && p.filter[len(inner)]&firstLetter(inner[0]) == 0 && bytes.IndexByte(inner, '"') < 0 {
		return 0
	}
	var buf [maxName + 1]byte
	return p.signs[string(unquote(&buf, q))]
}
