package localkey_test

import (
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"go.uber.org/goleak"

	"github.com/legatics/pgseal/crypto"
	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/keysourcetest"
	"github.com/legatics/pgseal/keysource/localkey"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

var (
	_ keysource.Wrapper = (*localkey.Driver)(nil)
	_ keysource.Watcher = (*localkey.Driver)(nil)
)

// fixedKey is the master key of tests that need to know it.
var fixedKey = strings.Repeat("0123456789abcdef", 4)

// keyFile writes a key file and gives its path.
func keyFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "master.key")
	write(t, path, text)
	return path
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func spec() keysource.KeySpec {
	return keysource.KeySpec{TenantID: crypto.TenantID{7}, TenantName: "acme", Provider: keysource.ProviderLocal, KeyNumber: 0x01020304}
}

// TestConformance: the contract of every driver, with each way in which the file can be taken away.
func TestConformance(t *testing.T) {
	path := keyFile(t, fixedKey+"\n")
	secret, err := hex.DecodeString(fixedKey)
	if err != nil {
		t.Fatal(err)
	}
	must := func(t *testing.T, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	move := func(from, to string) func(*testing.T) {
		return func(t *testing.T) { t.Helper(); must(t, os.Rename(from, to)) }
	}
	rewrite := func(text string) func(*testing.T) {
		return func(t *testing.T) { t.Helper(); write(t, path, text) }
	}
	mode := func(m os.FileMode) func(*testing.T) {
		return func(t *testing.T) { t.Helper(); must(t, os.Chmod(path, m)) }
	}
	keysourcetest.Run(t, keysourcetest.Harness{
		Wrapper: localkey.New(path),
		Spec:    spec(),
		Withdrawals: []keysourcetest.Withdrawal{
			{Name: "moved away", Kind: keysource.KeyNotFound, Withdraw: move(path, path+".away"), Restore: move(path+".away", path)},
			{Name: "emptied", Kind: keysource.KeyInvalidState, Withdraw: rewrite(""), Restore: rewrite(fixedKey)},
			{Name: "readable by all", Kind: keysource.KeyInvalidState, Withdraw: mode(0o644), Restore: mode(0o600)},
		},
		Secrets: [][]byte{secret, []byte(fixedKey)},
	})
}

// unwrap is the outcome of opening a wrapping under what is at path now.
func unwrap(t *testing.T, path string, s keysource.KeySpec, w keysource.Wrapped) error {
	t.Helper()
	key, _, err := localkey.New(path).Unwrap(t.Context(), s, w)
	key.Destroy()
	return err
}

// TestFileForms: which texts are a key, and that the same 32 bytes in another spelling are the same key.
func TestFileForms(t *testing.T) {
	path := keyFile(t, fixedKey)
	w, key, err := localkey.New(path).Generate(t.Context(), spec())
	if err != nil {
		t.Fatal(err)
	}
	key.Destroy()
	const base64url = "ASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4mrze8"
	for name, c := range map[string]struct {
		text string
		kind keysource.Kind
	}{
		"hex":                {fixedKey, 0},
		"hex, line feed":     {fixedKey + "\n", 0},
		"HEX":                {strings.ToUpper(fixedKey), 0},
		"base64url":          {base64url, 0},
		"base64url, newline": {base64url + "\n", 0},
		"another key":        {strings.Repeat("ab", 32), keysource.KeyMismatch},
		"empty":              {"", keysource.KeyInvalidState},
		"line feed":          {"\n", keysource.KeyInvalidState},
		"short":              {fixedKey[:62], keysource.KeyInvalidState},
		"long":               {fixedKey + "00", keysource.KeyInvalidState},
		"two line feeds":     {fixedKey + "\n\n", keysource.KeyInvalidState},
		"carriage return":    {fixedKey + "\r\n", keysource.KeyInvalidState},
		"space":              {" " + fixedKey[1:], keysource.KeyInvalidState},
		"padded":             {base64url + "=", keysource.KeyInvalidState},
		"line feed inside":   {base64url[:10] + "\n" + base64url[11:], keysource.KeyInvalidState},
		"bits left over":     {base64url[:42] + "9", keysource.KeyInvalidState},
		"plain base64":       {strings.Repeat("+/", 21) + "8", keysource.KeyInvalidState},
		"raw bytes":          {strings.Repeat("\x00", 32), keysource.KeyInvalidState},
		"very long":          {strings.Repeat("a", 1<<20), keysource.KeyInvalidState},
	} {
		t.Run(name, func(t *testing.T) {
			write(t, path, c.text)
			if got := keysource.KindOf(unwrap(t, path, spec(), w)); got != c.kind {
				t.Errorf("kind %v, want %v", got, c.kind)
			}
		})
	}
}

// TestNoFile: everything that can be in the file's place.
func TestNoFile(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	write(t, file, fixedKey)
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("nowhere", filepath.Join(dir, "dangling")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("loop", filepath.Join(dir, "loop")); err != nil {
		t.Fatal(err)
	}
	for name, kind := range map[string]keysource.Kind{
		"absent":      keysource.KeyNotFound,
		"absent/file": keysource.KeyNotFound,
		"file/file":   keysource.KeyNotFound,
		"dangling":    keysource.KeyNotFound,
		"folder":      keysource.KeyInvalidState,
		"pipe":        keysource.KeyInvalidState,
		"loop":        keysource.KeyStoreUnavailable,
		"file":        0,
	} {
		d := localkey.New(filepath.Join(dir, name))
		for op, err := range map[string]error{keysource.OpProbe: d.Probe(t.Context(), spec()), keysource.OpWatch: d.Look(t.Context(), spec())} {
			var e *keysource.Error
			if keysource.KindOf(err) != kind || errors.As(err, &e) && (e.Op != op || e.Key != "local:"+filepath.Base(name)) {
				t.Errorf("%s, %s: %v, want %v", name, op, err, kind)
			}
		}
	}
}

// TestGolden: a data key that was wrapped by the first version opens for ever.
func TestGolden(t *testing.T) {
	path := keyFile(t, fixedKey)
	wrapped, err := hex.DecodeString(readGolden(t))
	if err != nil {
		t.Fatal(err)
	}
	key, material, err := localkey.New(path).Unwrap(t.Context(), spec(), keysource.Wrapped{Ciphertext: wrapped})
	if err != nil {
		t.Fatal(err)
	}
	defer key.Destroy()
	if want := "f43ae30485d050ec"; material != want {
		t.Errorf("material id %s, want %s", material, want)
	}
	known := make([]byte, crypto.DataKeySize)
	for i := range known {
		known[i] = byte(i)
	}
	if !opens(t, key, known) {
		t.Error("another data key")
	}
}

func readGolden(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("testdata/wrapped_v1.golden")
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(text))
}

// opens tells whether key is the one whose bytes are known.
func opens(t *testing.T, key *crypto.DataKey, known []byte) bool {
	t.Helper()
	other, err := crypto.NewDataKey(known)
	if err != nil {
		t.Fatal(err)
	}
	column := crypto.Column{ID: crypto.NewDomainID("d"), Family: "text"}
	mine, err := crypto.NewGeneration(crypto.StoreTag{}, crypto.TenantID{}, 1, key).Column(column)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := crypto.NewGeneration(crypto.StoreTag{}, crypto.TenantID{}, 1, other).Column(column)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := theirs.Seal(nil, crypto.Randomized, []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = mine.Open(nil, sealed)
	return err == nil
}
