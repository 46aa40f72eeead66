package crypto

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"
)

// TestKeysDoNotPrint prints every type with keys in it, by itself, by value and inside of other things, in every way that a log
// might, and looks for the keys in what comes out.
func TestKeysDoNotPrint(t *testing.T) {
	g := newGeneration(t)
	k := columnKey(t, g, goldenColumn)
	_ = mustSeal(t, k, Randomized, "x")
	control, err := NewControlKey(unhex(t, goldenKeyHex))
	if err != nil {
		t.Fatal(err)
	}
	defer control.Destroy()
	secrets := [][]byte{unhex(t, goldenKeyHex)}
	for _, purpose := range []string{purposeSeal, purposeDetEnc, purposeDetMAC} {
		secrets = append(secrets, derived(t, g, purpose, goldenColumn.ID.canonical))
	}
	for name, secret := range map[string]any{"DataKey": g.key, "ControlKey": control, "Generation": g, "ColumnKey": k} {
		for how, text := range printed(t, secret) {
			if want := name + "(redacted)"; !strings.Contains(text, want) {
				t.Errorf("%s, %s: %.300q lacks %q", name, how, text, want)
			}
			lookForSecrets(t, name+", "+how, text, secrets)
		}
		for how, text := range hidden(secret) {
			lookForSecrets(t, name+", "+how, text, secrets)
		}
	}
}

var verbs = []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%08b", "%t", "%T %v"}

// printed is everything that must name the type.
func printed(t *testing.T, secret any) map[string]string {
	t.Helper()
	out := map[string]string{"Sprint": fmt.Sprint(secret), "error": fmt.Errorf("failed: %v", secret).Error()}
	for _, verb := range verbs[:len(verbs)-1] {
		out[verb] = fmt.Sprintf(verb, secret)
	}
	out["in a slice"] = fmt.Sprintf("%+v", []any{secret})
	out["in a field"] = fmt.Sprintf("%+v", struct{ Key any }{secret})
	encoded, err := json.Marshal(map[string]any{"key": secret})
	if err != nil {
		t.Fatal(err)
	}
	out["json"] = string(encoded)
	for name, handler := range map[string]func(*bytes.Buffer) slog.Handler{
		"slog text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"slog json": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	} {
		var b bytes.Buffer
		slog.New(handler(&b)).Info("x", "key", secret)
		out[name] = b.String()
	}
	return out
}

// hidden is what reflection finds where no method is asked: the struct itself, and an unexported field that holds it.
func hidden(secret any) map[string]string {
	out := map[string]string{}
	value := reflect.ValueOf(secret).Elem()
	for _, verb := range verbs {
		out["by value "+verb] = fmt.Sprintf(verb, value.Interface())
		out["unexported "+verb] = fmt.Sprintf(verb, struct{ key any }{secret})
		out["unexported by value "+verb] = fmt.Sprintf(verb, struct{ key any }{value.Interface()})
	}
	return out
}

func lookForSecrets(t *testing.T, where, text string, secrets [][]byte) {
	t.Helper()
	for _, s := range secrets {
		decimal := strings.Trim(fmt.Sprint(s[:8]), "[]")
		hexes := strings.TrimSuffix(strings.TrimPrefix(fmt.Sprintf("%#v", s[:8]), "[]byte{"), "}")
		for _, form := range []string{
			string(s[:8]), hex.EncodeToString(s[:8]), strings.ToUpper(hex.EncodeToString(s[:8])), decimal, hexes,
			base64.StdEncoding.EncodeToString(s[:9]), strings.Trim(fmt.Sprintf("%x", s[:8]), "[]"), fmt.Sprintf("%q", s[:8]),
			strings.Trim(fmt.Sprintf("%08b", s[:8]), "[]"),
		} {
			if strings.Contains(text, form) {
				t.Errorf("%s: a key is in %.300q", where, text)
			}
		}
	}
}
