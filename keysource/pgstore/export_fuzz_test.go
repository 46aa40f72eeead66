package pgstore

import (
	"bytes"
	"testing"

	"github.com/legatics/pgseal/crypto"
)

// Whatever a file holds, reading it does not panic; what is taken names its store and the data keys of its tenants.
func FuzzReadExport(f *testing.F) {
	f.Add([]byte(`{"format":"pgseal-key-export-1","at":"2026-11-26T17:00:00Z","records":{"store":[]},"sha256":"","mac":""}`))
	e := Export{Format: exportFormat, Records: []byte(`{"store":[{"id":"00112233-4455-4677-8899-aabbccddeeff","tag":"\\x0102","epoch":1,"version":1}],
		"tenant":[{"id":"10112233-4455-4677-8899-aabbccddeeff","name":"acme","current_key":7}],"data_key":[{"key_number":7,"wrapped":"\\x00"}],"column_state":[]}`)}
	if err := e.parse(); err != nil {
		f.Fatal(err)
	}
	parts, err := e.parts(storeID(e.rows.Store[0].ID))
	if err != nil {
		f.Fatal(err)
	}
	e.SHA256 = e.digest(parts)
	for _, records := range [][]byte{e.Records, []byte("{}"), []byte(`{"store":[{}]}`)} {
		f.Add([]byte(`{"format":"pgseal-key-export-1","at":"0001-01-01T00:00:00Z","records":` + string(records) + `,"sha256":"` + e.SHA256 + `","mac":""}`))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := ReadExport(bytes.NewReader(data))
		if err != nil {
			return
		}
		if e.Tag() == (crypto.StoreTag{}) && len(e.rows.Store) != 1 {
			t.Error("it names no store")
		}
		for _, tenant := range e.rows.Tenant {
			if e.key(tenant.Current) == nil {
				t.Errorf("tenant %q without its data key", tenant.Name)
			}
		}
	})
}
