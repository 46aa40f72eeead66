package kmstest_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/kms"

	"github.com/legatics/pgseal/testenv/kmsserver/kmstest"
)

func TestFaults(t *testing.T) {
	s := start(t, kmstest.Options{})
	arn := s.CreateKey(kmstest.KeyOptions{})
	c := as(t, s, anybody())
	try := func(patience time.Duration) (time.Duration, error) {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		began := time.Now()
		_, err := c.GenerateDataKey(ctx, &kms.GenerateDataKeyInput{KeyId: &arn, KeySpec: "AES_256"})
		return time.Since(began), err
	}
	for _, tt := range []struct {
		name  string
		fault kmstest.Fault
		check func(*testing.T, time.Duration, error)
	}{
		{"latency", kmstest.Fault{Kind: kmstest.Latency, Delay: 80 * time.Millisecond}, func(t *testing.T, took time.Duration, err error) {
			if err != nil || took < 80*time.Millisecond {
				t.Errorf("took %v: %v", took, err)
			}
		}},
		{"hang", kmstest.Fault{Kind: kmstest.Hang}, timedOut},
		{"half head", kmstest.Fault{Kind: kmstest.HalfHead}, timedOut},
		{"half body", kmstest.Fault{Kind: kmstest.HalfBody}, timedOut},
		{"trickle", kmstest.Fault{Kind: kmstest.Trickle}, timedOut},
		{"endless", kmstest.Fault{Kind: kmstest.Endless}, timedOut},
		{"cut body", kmstest.Fault{Kind: kmstest.CutBody}, func(t *testing.T, _ time.Duration, err error) {
			if !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("got %v, want a body cut short", err)
			}
		}},
		{"redirect", kmstest.Fault{Kind: kmstest.Redirect, Location: "/again"}, func(t *testing.T, _ time.Duration, err error) {
			if err == nil {
				t.Error("a redirect was taken for an answer")
			}
		}},
		{"drop", kmstest.Fault{Kind: kmstest.Drop}, func(t *testing.T, _ time.Duration, err error) {
			if !errors.Is(err, syscall.ECONNRESET) && !errors.Is(err, io.EOF) {
				t.Errorf("got %v, want a reset connection", err)
			}
		}},
		{"throttle", kmstest.Fault{Kind: kmstest.Throttle}, code("ThrottlingException")},
		{"answer", kmstest.Fault{Kind: kmstest.Answer, Code: "KMSInternalException"}, code("KMSInternalException")},
		{"garbage", kmstest.Fault{Kind: kmstest.Garbage}, func(t *testing.T, _ time.Duration, err error) {
			if err == nil {
				t.Error("garbage was taken for an answer")
			}
		}},
		{"empty", kmstest.Fault{Kind: kmstest.Empty}, func(t *testing.T, _ time.Duration, err error) {
			if err != nil {
				t.Errorf("the SDK used to take it for a success: %v", err)
			}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s.ResetCounts()
			tt.fault.Operation, tt.fault.Times = "Generate*", 1
			if _, err := s.Inject(tt.fault); err != nil {
				t.Fatal(err)
			}
			patience := 10 * time.Second
			switch tt.fault.Kind {
			case kmstest.Hang, kmstest.HalfHead, kmstest.HalfBody, kmstest.Trickle, kmstest.Endless:
				patience = 300 * time.Millisecond
			}
			took, err := try(patience)
			tt.check(t, took, err)
			if _, err := try(10 * time.Second); err != nil {
				t.Errorf("after the fault has been used up: %v", err)
			}
			if n := s.Count("GenerateDataKey"); n != 2 {
				t.Errorf("counted %d calls, made 2", n)
			}
		})
	}
}

// timedOut wants the client to have given up by itself. On a busy machine it is sometimes the client's own transport that closes the connection
// beneath half a body, and then the error is that.
func timedOut(t *testing.T, _ time.Duration, err error) {
	t.Helper()
	var timeout net.Error
	if errors.Is(err, net.ErrClosed) {
		return
	}
	if !errors.Is(err, context.DeadlineExceeded) && !(errors.As(err, &timeout) && timeout.Timeout()) {
		t.Errorf("got %v, want a time-out", err)
	}
}

func code(want string) func(*testing.T, time.Duration, error) {
	return func(t *testing.T, _ time.Duration, err error) {
		t.Helper()
		wantCode(t, err, want)
	}
}

// A hanging request ends when the server is closed, without any client giving up.
func TestCloseEndsHangingRequests(t *testing.T) {
	s, err := kmstest.Start(kmstest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	arn := s.CreateKey(kmstest.KeyOptions{})
	if _, err := s.Inject(kmstest.Fault{Kind: kmstest.Hang}); err != nil {
		t.Fatal(err)
	}
	c := as(t, s, anybody())
	failed := make(chan error)
	go func() { failed <- generate(c, arn, nil) }()
	for s.Count("GenerateDataKey") == 0 {
		time.Sleep(time.Millisecond)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := <-failed; err == nil {
		t.Error("the hanging call succeeded")
	}
}

func TestRemoveAndClearFaults(t *testing.T) {
	s := start(t, kmstest.Options{})
	arn := s.CreateKey(kmstest.KeyOptions{})
	c := as(t, s, anybody())
	remove, err := s.Inject(kmstest.Fault{Kind: kmstest.Throttle})
	if err != nil {
		t.Fatal(err)
	}
	wantCode(t, generate(c, arn, nil), "ThrottlingException")
	remove()
	if err := generate(c, arn, nil); err != nil {
		t.Errorf("removed: %v", err)
	}
	if _, err := s.Inject(kmstest.Fault{Kind: kmstest.Throttle}); err != nil {
		t.Fatal(err)
	}
	s.ClearFaults()
	if err := generate(c, arn, nil); err != nil {
		t.Errorf("cleared: %v", err)
	}
	for _, bad := range []kmstest.Fault{{}, {Kind: "laziness"}, {Kind: kmstest.Answer}, {Kind: kmstest.Redirect}, {Kind: kmstest.Hang, Operation: "["}} {
		if _, err := s.Inject(bad); !errors.Is(err, kmstest.ErrBadFault) {
			t.Errorf("%+v was accepted: %v", bad, err)
		}
	}
}

func TestClockSkewMovesTheDateHeader(t *testing.T) {
	s := start(t, kmstest.Options{})
	s.SetClockSkew(time.Hour)
	resp, err := httpClient(t).Post(s.URL(), "application/x-amz-json-1.1", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	date, err := http.ParseTime(resp.Header.Get("Date"))
	if ahead := time.Until(date); err != nil || ahead < 59*time.Minute || ahead > 61*time.Minute {
		t.Errorf("Date %q is %v ahead", resp.Header.Get("Date"), ahead)
	}
}

func TestControlInterface(t *testing.T) {
	s := start(t, kmstest.Options{})
	c := as(t, s, anybody())
	arn, _ := control(t, s, "key/create", `{"alias": "alias/acme", "account": "111122223333"}`, 200)["key"].(string)
	for _, step := range []struct{ verb, body, want string }{
		{"key/state", `{"key": "` + arn + `", "state": "Disabled"}`, "DisabledException"},
		{"key/state", `{"key": "` + arn + `", "state": "Enabled"}`, ""},
		{"key/trouble", `{"key": "` + arn + `", "code": "KeyUnavailableException"}`, "KeyUnavailableException"},
		{"key/trouble", `{"key": "` + arn + `"}`, ""},
		{"deny", `{"operations": ["GenerateDataKey"]}`, "AccessDeniedException"},
		{"allow", `{}`, ""},
		{"key/restrict", `{"key": "` + arn + `", "principals": ["AKOTHER"]}`, "AccessDeniedException"},
		{"key/open", `{"key": "` + arn + `"}`, ""},
		{"key/rotate", `{"key": "` + arn + `"}`, ""},
		{"fault/add", `{"kind": "throttle", "operation": "GenerateDataKey"}`, "ThrottlingException"},
		{"fault/clear", ``, ""},
		{"fault/add", `{"kind": "answer", "code": "LimitExceededException", "delay": "1ms", "times": 1}`, "LimitExceededException"},
		{"skew", `{"by": "-2h"}`, ""},
		{"strict", `{"on": true}`, "UnrecognizedClientException"},
		{"user/add", `{"arn": "arn:aws:iam::111122223333:user/a", "access_key": "AKIDANYBODY", "secret": "whatever"}`, "InvalidSignatureException"},
		{"fault/clear", `{}`, ""},
		{"strict", `{"on": false}`, ""},
		{"role/add", `{"arn": "arn:aws:iam::111122223333:role/r", "external_id": "x", "trusted": []}`, ""},
		{"role/remove", `{"arn": "arn:aws:iam::111122223333:role/r"}`, ""},
		{"sessions/expire", `{}`, ""},
		{"key/delete", `{"key": "` + arn + `"}`, "NotFoundException"},
	} {
		control(t, s, step.verb, step.body, 200)
		err := generate(c, arn, nil)
		if step.want == "" && err != nil {
			t.Errorf("%s %s: %v", step.verb, step.body, err)
		} else if step.want != "" {
			wantCode(t, err, step.want)
		}
	}
	if n := control(t, s, "counts", ``, 200)["GenerateDataKey"]; n != float64(21) {
		t.Errorf("counted %v calls, made 21", n)
	}
	calls, _ := control(t, s, "calls", ``, 200)["calls"].([]any)
	if len(calls) != 21 {
		t.Errorf("%d calls in the log", len(calls))
	}
	control(t, s, "counts/reset", ``, 200)
	if keys, _ := control(t, s, "keys", ``, 200)["keys"].([]any); len(s.Calls()) != 0 || len(keys) != 0 {
		t.Errorf("after reset and deletion: %d calls, %d keys", len(s.Calls()), len(keys))
	}
	control(t, s, "nonsense", `{}`, 404)
	control(t, s, "key/state", `{"key": "`+arn+`", "state": "Enabled"}`, 404)
	control(t, s, "key/state", `{"kye": "x"}`, 400)
	control(t, s, "fault/add", `{"kind": "hang", "delay": 5}`, 400)
	control(t, s, "allow", `{} {}`, 400)
}

func control(t *testing.T, s *kmstest.Server, verb, body string, want int) map[string]any {
	t.Helper()
	resp, err := httpClient(t).Post(s.URL()+"/_control/"+verb, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var out map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&out); err != nil {
		t.Fatalf("%s: %v", verb, err)
	}
	if resp.StatusCode != want {
		t.Fatalf("%s %s: status %d, want %d (%v)", verb, body, resp.StatusCode, want, out)
	}
	return out
}

func TestCallsShowWhatWasAsked(t *testing.T) {
	s := start(t, kmstest.Options{})
	arn := s.CreateKey(kmstest.KeyOptions{})
	dataKey(t, as(t, s, anybody()), arn)
	calls := s.Calls()
	if len(calls) != 1 {
		t.Fatalf("%d calls", len(calls))
	}
	got := calls[0]
	if got.Operation != "GenerateDataKey" || got.KeyID != arn || got.EncryptionContext["tenant"] != "acme" ||
		got.Principal != "arn:aws:iam::"+account+":user/AKIDANYBODY" || got.Answer != "" {
		t.Errorf("call: %+v", got)
	}
}
