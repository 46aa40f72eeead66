package awskms_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/legatics/pgseal/keysource"
	"github.com/legatics/pgseal/keysource/awskms"
)

var writeDocument = flag.Bool("write", false, "write docs/kms-answers.md with what was measured")

const documentFile = "../../docs/kms-answers.md"

// holdDocument holds each row to what was measured, and the document to the rows: all of it but the measured times.
func holdDocument(t *testing.T, measured map[string]outcome) {
	t.Helper()
	for _, s := range rows() {
		for _, r := range s.rows {
			o, ok := measured[r.name]
			if !ok {
				t.Logf("%s was not played: the document is not held", r.name) // it failed, or -run names others
				return
			}
			r.check(t, o)
		}
	}
	want := document(measured)
	if *writeDocument && !t.Failed() {
		if err := os.WriteFile(documentFile, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(documentFile)
	if err != nil {
		t.Fatal(err)
	}
	a, b := untimed(want), untimed(string(have))
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i] != b[i] {
			t.Errorf("docs/kms-answers.md differs from the rows at line %d (make answers writes it anew)\n have %s\n want %s", i+1, lineOf(b, i), lineOf(a, i))
			return
		}
	}
}

func lineOf(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "nothing"
}

// untimed are the lines of the document, tables without their last column.
func untimed(text string) []string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "| ") {
			lines[i] = line[:strings.LastIndex(strings.TrimSuffix(line, " |"), " | ")]
		}
	}
	return lines
}

func document(measured map[string]outcome) string {
	var b strings.Builder
	d := awskms.DefaultTimeouts()
	fmt.Fprintf(&b, `# What AWS KMS answers, and what pgseal makes of it

Written by `+"`make answers`"+`, held by the tests of keysource/awskms: each line is a row that is played with AWS's own SDK against a server that speaks AWS's protocol, with the limits that pgseal
has by default: %d attempts of at most %v each, %v between them, %v for all of it. A denial is known in less than %v, an outage in less than %v; keys in far regions need larger limits.
Where nothing else is said pgseal asks KMS to open a data key (Decrypt). No row leaves a goroutine or a connection behind. AWS itself takes seconds, sometimes minutes, until a change of a key, a policy
or a grant holds everywhere: the times here run from then on.

**Known from**: *recorded*: recordings of the real service in the tests of public SDKs and emulators. *reported*: quoted from the real service in a public bug report. *reference*: AWS's API reference or
developer guide. *SDK*: read in the SDK's source, and seen here with the SDK itself. *network*: what any network can do, made here with real sockets. *assumed*: nothing says that it happens, or how; what
pgseal would do then is what the line is for. None of it was measured on AWS itself.
**Requests**: what the server saw; in brackets how many requests the SDK makes of it where nobody tells it otherwise. **Retry**: whether the same statement can succeed later by itself.
**Measured**: on two cores, over loopback: what the SDK and pgseal add to the network's own times.

`, d.Attempts, d.Attempt, d.Backoff, d.Operation, answerLimit, outageLimit)
	for _, s := range rows() {
		fmt.Fprintf(&b, "## %s\n\n", s.title)
		if s.text != "" {
			fmt.Fprintf(&b, "%s\n\n", s.text)
		}
		b.WriteString("| what happens | known from | requests | SQLSTATE | retry | within | measured |\n|---|---|---|---|---|---:|---:|\n")
		for _, r := range s.rows {
			asked, code, retry := r.asked, "works", "-"
			if r.sdk > 0 && !strings.HasPrefix(r.asked, fmt.Sprintf("Decrypt %d", r.sdk)) {
				asked += fmt.Sprintf(" (SDK: %d)", r.sdk)
			}
			if r.kind != 0 {
				code, retry = r.kind.Code(), map[bool]string{true: "yes", false: "no"}[r.kind.Retryable()]
			}
			fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %v | %s |\n", r.name, r.from, asked, code, retry, r.limit(), inMilliseconds(measured[r.name].Took))
		}
		b.WriteString("\n")
	}
	b.WriteString(codesInWords())
	return b.String()
}

func inMilliseconds(d time.Duration) string {
	if d < 10*time.Millisecond {
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	}
	return fmt.Sprintf("%d ms", d.Milliseconds())
}

// codesInWords lists every code of KMS and STS under its kind.
func codesInWords() string {
	var b strings.Builder
	b.WriteString(`## Every error code

A code that is not here is KU006, with the code in the log. STS's codes about the tenant's role count as here, but for ValidationError, which is KU001 there; whatever stands
between pgseal and its own credentials is KU008.

`)
	byKind := map[keysource.Kind][]string{}
	for code, kind := range awskms.Codes() {
		byKind[kind] = append(byKind[kind], "`"+code+"`")
	}
	for _, kind := range keysource.Kinds() {
		if list := byKind[kind]; len(list) > 0 {
			slices.Sort(list)
			fmt.Fprintf(&b, "- **%s** %s: %s\n", kind.Code(), kind.Name(), strings.Join(list, ", "))
		}
	}
	return b.String()
}
