package main

import (
	"archive/tar"
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// FuzzConfig: no pgseal.yaml brings a proxy down that reads it again.
func FuzzConfig(f *testing.F) {
	for _, path := range []string{"../../shipping/pgseal.yaml", "../../docker/try/pgseal.yaml"} {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("environment: development\nlisten: [127.0.0.1:1, unix:/x]\nlimits: {connections: 1, idle_timeout: 1s}\n"))
	f.Add([]byte("listen: !!timestamp 0")) // of which the YAML library panics
	f.Add([]byte("keys: &a {default_cache_time: 5m}\ntrace: *a\n? [a]\n: !!binary x\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if c, err := parseConfig("pgseal.yaml", data); (c == nil) == (err == nil) {
			t.Fatalf("%v, %v", c, err)
		}
	})
}

// FuzzVerifiersFile: no users file brings a proxy down that reads it again, and no error quotes it.
func FuzzVerifiersFile(f *testing.F) {
	f.Add([]byte("app: SCRAM-SHA-256$4096:c2FsdHNhbHRzYWx0c2FsdA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"))
	f.Add([]byte("app: Confidential\n"))
	f.Add([]byte("app: !!timestamp 0"))
	f.Add([]byte("? !!binary x\n: *a\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		users, err := parseVerifiers("users", data)
		if (users == nil) == (err == nil) || err != nil && bytes.Contains(data, []byte("Confidential")) && bytes.Contains([]byte(err.Error()), []byte(": Confidential")) {
			t.Fatalf("%v, %v", users, err)
		}
	})
}

// FuzzStatements: files of statements, in every form that they come in. What is given on is text, and some of the file.
func FuzzStatements(f *testing.F) {
	f.Add("", []byte("SELECT 1; INSERT INTO t VALUES ($1);"))
	f.Add(formatCSV, []byte("calls,query\n7,\"SELECT $1\"\nx,y,z\n"))
	f.Add(formatJSON, []byte(`[{"query": "SELECT 1", "calls": 3}, "SELECT 2", {"message": "statement: SELECT 3"}]`))
	f.Add(formatLog, []byte("2026-01-01 LOG:  statement: SELECT 1\n\tFROM t\n2026 LOG:  duration: 1.0 ms  execute x: SELECT $1\n"))
	f.Fuzz(func(t *testing.T, format string, data []byte) {
		seen := 0
		used, err := readStatements(bytes.NewReader(data), format, func(s statementText) { seen += len(s.sql) })
		if err == nil && used == "" || seen > 4*len(data) {
			t.Fatalf("%q, %v: %d bytes of statements out of %d", used, err, seen, len(data))
		}
	})
}

// FuzzUntar: a backup's tar file writes nothing outside the folder that it is unpacked to, and makes no link.
func FuzzUntar(f *testing.F) {
	for _, h := range []tar.Header{{Name: "base/1/2", Typeflag: tar.TypeReg, Size: 3}, {Name: "../out", Typeflag: tar.TypeReg, Size: 3}, {Name: "pg_wal", Typeflag: tar.TypeSymlink, Linkname: "/tmp"},
		{Name: "x/", Typeflag: tar.TypeDir}, {Name: "/abs", Typeflag: tar.TypeReg, Size: 3}, {Name: "l", Typeflag: tar.TypeLink, Linkname: "../../x"}} {
		var b bytes.Buffer
		w := tar.NewWriter(&b)
		if err := w.WriteHeader(&h); err != nil {
			f.Fatal(err)
		}
		if h.Size > 0 {
			_, _ = w.Write([]byte("abc"))
		}
		_ = w.Close()
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		outer := t.TempDir()
		to := filepath.Join(outer, "a", "data")
		_ = untar(t.Context(), bytes.NewReader(data), to)
		for _, folder := range []string{outer, filepath.Join(outer, "a")} {
			if all, _ := filepath.Glob(filepath.Join(folder, "*")); len(all) > 1 {
				t.Fatalf("beside the folder: %q", all)
			}
		}
		_ = filepath.Walk(to, func(path string, info os.FileInfo, err error) error {
			if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
				t.Fatalf("%s is %s", path, info.Mode())
			}
			return nil
		})
	})
}

// FuzzAddress: an address that is understood can be listened on or dialled.
func FuzzAddress(f *testing.F) {
	for _, seed := range []string{"127.0.0.1:5432", "[::1]:1", "unix:/run/x", "/run/postgresql", "/run/postgresql:6543", "/:0", "unix:.s.PGSQL.1", ":"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := parseAddress(text)
		if err == nil && (a.network != "tcp" && a.network != "unix" || a.dial == "" || a.unix() && len(a.dial) > maxSocketPath) {
			t.Fatalf("%q is %+v", text, a)
		}
	})
}
