package proxy

import (
	"strings"

	"github.com/legatics/pgseal/proxy/plan"
)

// startSetting is the value that the StartupMessage gives a setting. Where that cannot be told for certain, or where it gives none, the value is not known: the
// database's or the role's own settings may.
func startSetting(start *startupPacket, name string) settingValue {
	setting := plan.NewSettingReader(name)
	var v settingValue
	if options := start.params["options"]; options != "" {
		v = optionsSetting(options, setting)
		if !v.known && mayHold(options, name) {
			return settingValue{}
		}
	}
	for rest := start.raw[minStartupPacket:]; len(rest) > 1; { // the layout has been verified
		key, behind, _ := text(rest)
		value, behind, _ := text(behind)
		if setting.Names(key) { // behind the options, whatever their order
			v = settingValue{text: string(value), known: true}
		}
		rest = behind
	}
	return v
}

// optionsSetting reads command-line options as the server does (pg_split_opts, process_postgres_switches).
func optionsSetting(options string, setting *plan.SettingReader) (v settingValue) {
	words := splitOptions(options)
	for i := 0; i < len(words); i++ {
		w := words[i]
		switch {
		case w == "-c" && i+1 < len(words):
			i++
			w = words[i]
		case strings.HasPrefix(w, "-c"), strings.HasPrefix(w, "--"):
			w = w[2:]
		default: // another switch; whether it takes the next word is not looked into
			return settingValue{}
		}
		key, value, ok := strings.Cut(w, "=")
		if ok && setting.Names([]byte(strings.ReplaceAll(key, "-", "_"))) {
			v = settingValue{text: value, known: true}
		}
	}
	return v
}

// splitOptions cuts at white space; a backslash takes the next character as it is.
func splitOptions(s string) (words []string) {
	for i := 0; i < len(s); {
		for i < len(s) && optionSpace(s[i]) {
			i++
		}
		if i == len(s) {
			break
		}
		var word []byte
		for ; i < len(s) && !optionSpace(s[i]); i++ {
			if s[i] == '\\' {
				if i++; i == len(s) {
					break
				}
			}
			word = append(word, s[i])
		}
		words = append(words, string(word))
	}
	return words
}

func optionSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }

// mayHold tells whether options may set the setting in a way that was not understood.
func mayHold(options, name string) bool {
	options = strings.ReplaceAll(strings.ToLower(strings.ReplaceAll(options, `\`, "")), "-", "_")
	return strings.Contains(options, strings.ToLower(name))
}
