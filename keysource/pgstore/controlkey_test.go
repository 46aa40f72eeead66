package pgstore

import (
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
)

func TestControlKeyFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "control.key")
	key, created, err := EnsureControlKey(file, false)
	if err != nil || !created {
		t.Fatal(created, err)
	}
	defer key.Destroy()
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	again, created, err := EnsureControlKey(file, true)
	if err != nil || created {
		t.Fatal(created, err)
	}
	defer again.Destroy()
	sum := key.Sum([]byte("x"))
	if !again.Verify(sum[:], []byte("x")) {
		t.Error("another key came back")
	}
	if _, err := CreateControlKey(file); !errors.Is(err, fs.ErrExist) {
		t.Errorf("created over an existing file: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(file), ".*")); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestControlKeyNeverRemade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "control.key")
	if _, _, err := EnsureControlKey(file, true); !errors.Is(err, ErrNoControlKey) {
		t.Errorf("got %v", err)
	}
	if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file was made: %v", err)
	}
}

func TestControlKeyRace(t *testing.T) {
	file := filepath.Join(t.TempDir(), "control.key")
	var made atomic.Int32
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if key, err := CreateControlKey(file); err == nil {
				made.Add(1)
				key.Destroy()
			}
		})
	}
	wg.Wait()
	if made.Load() != 1 {
		t.Errorf("%d keys were made", made.Load())
	}
}

func TestControlKeyRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "control.key")
	good := controlKeyPrefix + base64.StdEncoding.EncodeToString([]byte("0123456789abcdef0123456789abcdef")) + "\n"
	tests := []struct {
		name, text string
		mode       os.FileMode
		want       error
	}{
		{"good", good, 0o600, nil},
		{"read only", good, 0o400, nil},
		{"for the group", good, 0o640, ErrControlKeyMode},
		{"for all", good, 0o604, ErrControlKeyMode},
		{"empty", "", 0o600, ErrControlKeyForm},
		{"cut", good[:len(good)-8] + "\n", 0o600, ErrControlKeyForm},
		{"longer", good[:len(good)-1] + "AAAA\n", 0o600, ErrControlKeyForm},
		{"two lines", good + good, 0o600, ErrControlKeyForm},
		{"no end of line", good[:len(good)-1], 0o600, ErrControlKeyForm},
		{"no prefix", good[len(controlKeyPrefix):], 0o600, ErrControlKeyForm},
		{"zeros", controlKeyPrefix + base64.StdEncoding.EncodeToString(make([]byte, 32)) + "\n", 0o600, ErrControlKeyForm},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_ = os.Remove(file)
			if err := os.WriteFile(file, []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(file, tt.mode); err != nil {
				t.Fatal(err)
			}
			key, err := ReadControlKey(file)
			if !errors.Is(err, tt.want) || (err == nil) != (tt.want == nil) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			key.Destroy()
		})
	}
}
