package guard

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/legatics/pgseal/crypto"
)

// TestExpression holds the guard's expression against crypto's own answer to
// what carries the store's tag.
func TestExpression(t *testing.T) {
	tag := crypto.StoreTag{0xfe, 0x00}
	sealed := func(format byte, tag crypto.StoreTag, n int) []byte {
		b := make([]byte, n)
		copy(b, []byte{format, tag[0], tag[1], 9, 9, 9, 9})
		return b
	}
	var values [][]byte
	for _, format := range []byte{0, 1, 2, 3, 0x31} {
		for _, n := range []int{3, 34, 35, 36, 46, 47, 48, 2000} {
			values = append(values, sealed(format, tag, n), sealed(format, crypto.StoreTag{0xfe, 1}, n), sealed(format, crypto.StoreTag{0xff, 0}, n))
		}
	}
	values = append(values, nil, []byte("x"), []byte("hello, this is a plaintext of a good length, longer than any overhead"))
	conn := server.Conn(t, "postgres", "")
	for _, v := range values {
		want := crypto.CarriesTag(tag, v)
		armour := string(crypto.AppendArmour(nil, v))
		var inBytea, inText bool
		sql := fmt.Sprintf("SELECT %s, %s FROM (SELECT $1::bytea AS b, $2::text AS t) x", expression(tag, false, "b"), expression(tag, true, "t"))
		if err := conn.QueryRow(t.Context(), sql, append([]byte{}, v...), armour).Scan(&inBytea, &inText); err != nil {
			t.Fatal(err)
		}
		if inBytea != want || inText != want {
			t.Errorf("%x: bytea %v, armour %v, want %v", v[:min(len(v), 50)], inBytea, inText, want)
		}
	}
}

// TestExpressionOfOtherTexts: what looks like armour and is not.
func TestExpressionOfOtherTexts(t *testing.T) {
	tag := crypto.StoreTag{0xfe, 0xdc} // with letters in the base64 of the head
	good := string(crypto.AppendArmour(nil, append([]byte{1, 0xfe, 0xdc}, make([]byte, 60)...)))
	conn := server.Conn(t, server.NewDatabase(t), "")
	if _, err := conn.Exec(t.Context(), "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level1', deterministic = false)"); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{good[5:], strings.ToUpper(good), strings.ToLower(good), " " + good, "pgs1_" + good, strings.Replace(good, "pgs1_", "pgs2_", 1), good[:67]} {
		var ok bool
		// A collation that takes upper and lower case for equal must not matter.
		sql := "SELECT " + expression(tag, true, "t") + " FROM (SELECT $1::text COLLATE loose AS t) x"
		if err := conn.QueryRow(t.Context(), sql, s).Scan(&ok); err != nil {
			t.Fatal(err)
		}
		if ok {
			t.Errorf("%q passes", s)
		}
	}
	var isNull bool
	if err := conn.QueryRow(t.Context(), "SELECT "+expression(tag, true, "NULL::text")+" IS NULL").Scan(&isNull); err != nil || !isNull {
		t.Errorf("of NULL: %v, %v", isNull, err)
	}
}

func TestPartNames(t *testing.T) {
	long := strings.Repeat("ä", 31)
	seen := make(map[string]bool)
	for _, column := range []string{"c", "C", long, long[:60], `we"ird`} {
		for p := beforeInsert; p <= check; p++ {
			name := p.name(column)
			if len(name) > 63 || !utf8.ValidString(name) || seen[name] {
				t.Errorf("%q: %d bytes, seen %v", name, len(name), seen[name])
			}
			seen[name] = true
			if p != check && name > " zzz" {
				t.Errorf("%q does not sort first", name)
			}
		}
	}
}
