package proxy_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// protocolRow is one of the 80 points on which proxies differ from PostgreSQL: what it is about, and the tests that show what this one does, or why
// there is none.
type protocolRow struct {
	title  string
	tests  string // names of functions, anywhere in the module
	reason string // stands in doc.go too
}

var protocolRows = map[int]protocolRow{
	1:  {title: "SSLRequest", tests: "TestEncryptionRequests TestInjectedBehindTLSRequest"},
	2:  {title: "GSSENCRequest", tests: "TestEncryptionRequests"},
	3:  {title: "encryption is asked for once", tests: "TestEncryptionRequests TestBeforeLogin"},
	4:  {title: "direct TLS", tests: "TestEncryptionRequests TestClientTLSModes"},
	5:  {title: "ALPN behind SSLRequest", tests: "TestEncryptionRequests"},
	6:  {title: "framing of the first packet", tests: "TestBeforeLogin FuzzStartup"},
	7:  {title: "versions 3.0 and 3.2", tests: "TestProtocolVersions TestProtocolVersionsOfOtherServers TestDriverAsksForNewerVersion"},
	8:  {title: "NegotiateProtocolVersion", tests: "TestProtocolVersions TestProtocolVersionsOfOtherServers"},
	9:  {title: "protocol options", tests: "TestProtocolVersions TestProtocolVersionsOfOtherServers"},
	10: {title: "long cancel keys", tests: "TestCancelKeys"},
	11: {title: "major version 4", tests: "TestProtocolVersions TestBeforeLogin"},
	12: {title: "user and database", tests: "TestBeforeLogin TestLongDatabaseName"},
	13: {title: "other start-up parameters", tests: "TestStart"},
	14: {title: "the options parameter", tests: "TestStart"},
	15: {title: "nothing of the client's in SQL of the proxy's own", tests: "TestStart TestOwnersSQL"},
	16: {title: "replication connections", tests: "TestLongDatabaseName TestCopyBoth TestStart"},
	17: {title: "PROXY protocol", tests: "TestBalancer FuzzBalancer"},
	18: {title: "Unix sockets", tests: "TestUnixSockets TestListenOnSocket"},
	19: {title: "SCRAM-SHA-256", tests: "TestRelay TestHostileProofs FuzzServer FuzzVerifier"},
	20: {title: "SCRAM-SHA-256-PLUS", tests: "TestRelay TestClientTLSModes"},
	21: {title: "channel binding in pass-through", tests: "TestPassedOn"},
	22: {title: "md5", tests: "TestPassedOn TestRelayAndOtherDemands"},
	23: {title: "passwords in the clear", tests: "TestPassedOn TestRelayAndOtherDemands TestTokensPass"},
	24: {title: "client certificates", tests: "TestTerminate TestUpstreamClientCertificate"},
	25: {title: "GSSAPI and SSPI", tests: "TestGSS TestTokensPass"},
	26: {title: "OAUTHBEARER", tests: "TestPassedOn TestTokensPass"},
	27: {title: "failed log-ins look alike", tests: "TestRelayRefusals"},
	28: {title: "expired and locked roles", tests: "TestRelayRefusals"},
	29: {title: "SQLSTATEs of refused starts", tests: "TestStart TestServerTakesNoSessions TestServerConnectionLimit TestUnknownDatabase TestWrongPassword"},
	30: {title: "the server's process id and key", tests: "TestPassThrough TestCancelKeys"},
	31: {title: "CancelRequest", tests: "TestPassThrough TestPlainCancel TestCancelKeys"},
	32: {title: "late cancels", tests: "TestLateCancel TestCancelWhileWaitingForKey"},
	33: {title: "many cancels", tests: "TestAtTheLimit TestDrainDeadline"},
	34: {title: "settings at the start", tests: "TestStart"},
	35: {title: "settings at any time", tests: "TestSettingsAreReported TestWordsBetweenMessages"},
	36: {title: "the limit of connections", tests: "TestSilentConnections TestAtTheLimit"},
	37: {title: "several statements in a Query", tests: "TestManyStatements TestRefusedInStep"},
	38: {title: "implicit transactions", tests: "TestImplicitTransactions"},
	39: {title: "empty queries", tests: "TestEmptyQueries"},
	40: {title: "binary cursors in a Query", tests: "TestBinaryCursors TestBinaryCursorsOverSealedColumns"},
	41: {title: "the unnamed statement", tests: "TestUnnamedStatement TestUnnamedIsDroppedByFailures TestUnnamedStatementBehindUnreadableText"},
	42: {title: "named statements", tests: "TestNamedStatements TestNamesFollowWhatTheServerDid"},
	43: {title: "PREPARE and Parse share names", tests: "TestSharedNames TestHandlesInSQL TestPreparedByEither"},
	44: {title: "Close, DEALLOCATE, DISCARD in order", tests: "TestNamesInPipelines TestExecuteBehindFailedDeallocate"},
	45: {title: "portals", tests: "TestPortals TestPortalsEndWithTheirTransaction TestCursorsAndPortals TestCursorLives"},
	46: {title: "row limits", tests: "TestRowLimits"},
	47: {title: "Describe of a statement", tests: "TestDescriptions"},
	48: {title: "Describe of a portal", tests: "TestDescriptions"},
	49: {title: "format codes", tests: "TestFormatCodes"},
	50: {title: "Flush, and answers without Sync", tests: "TestAnswersBeforeSync TestNothingWaitsForTheRestOfAMessage TestQueueIsBounded"},
	51: {title: "skipping to Sync", tests: "TestSkipping TestManyRequestsBehindAnError TestRefusedInPipelines"},
	52: {title: "pipelines", tests: "TestPassThrough TestSegments TestModel"},
	53: {title: "no Sync of the proxy's own", tests: "TestSegments TestAbortBeforeSync"},
	54: {title: "one FATAL", tests: "TestOneFatalOnly TestServerEndsSession"},
	55: {title: "FATAL before the end", tests: "TestServerDies TestImpossibleLength TestOwnIdleTimeouts TestDrainDeadline"},
	56: {title: "FunctionCall", tests: "TestFunctionCall"},
	57: {title: "changed results", tests: "TestChangedResult TestPolicyChangesUnderPreparedStatements TestDescribedOtherwise"},
	58: {title: "fields of errors", tests: "TestErrorFields TestLongError"},
	59: {title: "rows in a stream of CopyData", tests: "TestCopyDataAreNoRows TestCopyIn TestRandomStreams"},
	60: {title: "Sync in a COPY", tests: "TestSyncInCopy TestSyncInCopyMode TestModel"},
	61: {title: "data behind a failed COPY", tests: "TestDataOfAFailedCopy TestDataBehindAFailedCopy"},
	62: {title: "messages of COPY OUT", tests: "TestCopyOutMessages TestCopyOut"},
	63: {title: "CopyFail", tests: "TestCopyInFails TestCopyFailOfTheClient TestKeyGoesDuringCopyIn"},
	64: {title: "COPY in both directions", tests: "TestCopyBoth"},
	65: {title: "the server's own files", tests: "TestFates TestFunctionCall"},
	66: {title: "notices and notifications at any time", tests: "TestNotifications TestNotices TestWordsBetweenMessages"},
	67: {title: "large messages", tests: "TestLargeValues TestStreamingUsesTheBuffer TestSealedMessageIsBounded"},
	68: {title: "both sides write", tests: "TestBothSidesWrite"},
	69: {title: "slow clients", tests: "TestSlowClient TestClientThatDoesNotRead"},
	70: {title: "clients that go", tests: "TestClientEndsAnywhere TestClientGone TestTLSEndsWithoutGoodbye"},
	71: {title: "Terminate", tests: "TestClientTerminates TestLastWordsArrive"},
	72: {title: "servers that go", tests: "TestServerDies TestServerDiesWithinAMessage TestServerEndsAnywhere"},
	73: {title: "the server's ends and time-outs", tests: "TestServerEndsSession TestServerTimeouts"},
	74: {title: "time-outs of the proxy's own", tests: "TestOwnIdleTimeouts TestWhatDoesNotRest TestBeforeLogin"},
	75: {title: "keepalive", tests: "TestKeepAlive"},
	76: {title: "health checks", tests: "TestProbes TestHealthAndMetrics"},
	77: {title: "a pooler behind", tests: "TestPgBouncer"},
	78: {title: "a pooler in front", tests: "TestPgBouncer"},
	79: {title: "draining", tests: "TestDrain TestDrainDeadline TestDrainAtTheEndOfLogIn"},
	80: {title: "who may give commands", reason: "there are no commands to give: admin.listen only reports (row 80)"},
}

// Every row is there, what it names exists, and doc.go says why what is not tested is not.
func TestProtocolRows(t *testing.T) {
	tests := testFunctions(t, "..")
	doc, err := os.ReadFile("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	reasons := strings.Join(strings.Fields(strings.ReplaceAll(string(doc), "//", " ")), " ")
	for n := 1; n <= 80; n++ {
		row := protocolRows[n]
		if row.title == "" || (row.tests == "") == (row.reason == "") {
			t.Errorf("row %d needs a title, and either tests or a reason", n)
		}
		for _, name := range strings.Fields(row.tests) {
			if !tests[name] {
				t.Errorf("row %d (%s): there is no %s", n, row.title, name)
			}
		}
		if row.reason != "" && !strings.Contains(reasons, row.reason) {
			t.Errorf("row %d (%s): doc.go does not say %q", n, row.title, row.reason)
		}
	}
	if len(protocolRows) != 80 {
		t.Errorf("%d rows", len(protocolRows))
	}
}

// testFunctions are the names of the tests and fuzz targets below a folder.
func testFunctions(t *testing.T, root string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if ok && f.Recv == nil && (strings.HasPrefix(f.Name.Name, "Test") || strings.HasPrefix(f.Name.Name, "Fuzz")) {
				found[f.Name.Name] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
