package withdrawal

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	awssdk "github.com/aws/aws-sdk-go-v2/service/kms"
	"github.com/jackc/pgx/v5"

	"github.com/legatics/pgseal/testenv/postgres"
)

// TestMemory looks through the memory of a running pgseal for the data key, while it is held and after it was given up.
func TestMemory(t *testing.T) {
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDPGSEAL")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	t.Setenv("AWS_REGION", "eu-central-1")
	w := ways()[0]
	tr := &trial{way: w, kms: startKMS(t, w)}
	pgseal, cluster, database := deploy(t, []*trial{tr})
	url, err := pgseal.URL(cluster.URL(database, tr.name))
	if err != nil {
		t.Fatal(err)
	}
	fill(t, url, perTenant)
	key := dataKey(t, tr, cluster, database)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.WithoutCancel(t.Context()))
	ask := func() error {
		var title string
		return conn.QueryRow(t.Context(), byID, perTenant+small).Scan(&title)
	}
	if err := ask(); err != nil {
		t.Fatal(err)
	}
	held := search(t, pgseal.PID(), key)
	if out, err := pgseal.Command(t.Context(), "key", "lock", tr.name).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		var e interface{ SQLState() string }
		if err := ask(); errors.As(err, &e) && e.SQLState() == "KU009" {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the lock is not noticed")
		}
	}
	given := search(t, pgseal.PID(), key)
	t.Logf("while the key is held: %+v; after it was given up: %+v", held, given)
	if given.raw != 0 {
		t.Errorf("the data key lies %d times in memory after it was given up", given.raw)
	}
	if given.readable == 0 {
		t.Error("no memory was looked through")
	}
}

// dataKey asks the KMS for the tenant's data key, as somebody could who may use the customer's key.
func dataKey(t *testing.T, tr *trial, cluster *postgres.Cluster, database string) []byte {
	var wrapped []byte
	var number int64
	var tenant [16]byte
	if err := cluster.Conn(t, database, "").QueryRow(t.Context(), `SELECT wrapped, key_number, tenant FROM pgseal.data_key
		WHERE tenant = (SELECT id FROM pgseal.tenant WHERE name = $1)`, tr.name).Scan(&wrapped, &number, &tenant); err != nil {
		t.Fatal(err)
	}
	client := awssdk.New(awssdk.Options{Region: "eu-central-1", BaseEndpoint: aws.String(tr.kms.URL()),
		Credentials: credentials.NewStaticCredentialsProvider("AKIDPGSEAL", "secret", "")})
	id := fmt.Sprintf("%x-%x-%x-%x-%x", tenant[:4], tenant[4:6], tenant[6:8], tenant[8:10], tenant[10:])
	out, err := client.Decrypt(t.Context(), &awssdk.DecryptInput{CiphertextBlob: wrapped, KeyId: &tr.kms.key,
		EncryptionContext: map[string]string{"pgseal:tenant": id, "pgseal:key-id": fmt.Sprintf("%08x", number), "pgseal:purpose": "data-key"}})
	if err != nil {
		t.Fatal(err)
	}
	return out.Plaintext
}

// found is how often a key lies in a process's memory: its bytes, and the base64 in which KMS sends it.
type found struct {
	raw, base64 int
	readable    int64 // bytes that were looked through
}

// search looks through all memory of a process that can be read from outside.
func search(t *testing.T, pid int, key []byte) (f found) {
	maps, err := os.Open(fmt.Sprintf("/proc/%d/maps", pid))
	if err != nil {
		t.Fatal(err)
	}
	defer maps.Close()
	mem, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
	if err != nil {
		t.Fatal(err)
	}
	defer mem.Close()
	text := []byte(strings.TrimRight(base64.StdEncoding.EncodeToString(key), "="))
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		var from, to int64
		var rights string
		if _, err := fmt.Sscanf(lines.Text(), "%x-%x %s", &from, &to, &rights); err != nil || !strings.HasPrefix(rights, "rw") {
			continue
		}
		const piece = 1 << 20
		buf := make([]byte, piece+64)
		for at := from; at < to; at += piece {
			n, err := mem.ReadAt(buf[:min(int64(len(buf)), to-at)], at)
			if err != nil && n == 0 {
				continue // memory that nobody may read from outside, which is what secret memory is
			}
			f.readable += int64(n)
			f.raw += bytes.Count(buf[:n], key)
			f.base64 += bytes.Count(buf[:n], text)
		}
	}
	return f
}
