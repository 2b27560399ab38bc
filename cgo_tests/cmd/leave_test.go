package cmd

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

func itoa(n int) string { return strconv.Itoa(n) }

// unsent is a script that sends to a peer that is not there.
func unsent(t *testing.T) string {
	return `import * as zmq from "zmq";
const context = new zmq.Context(), socket = context.socket(zmq.PUSH);
socket.connect("ipc://` + filepath.Join(t.TempDir(), "nobody") + `");
for (let i = 0; i < 10; i++) socket.send("unsent");
`
}

const silently = "ZMQJS_LEAVE_REPORT=0"

// TestLeaveTimeout: leaving waits for unsent messages, but not for ever.
func TestLeaveTimeout(t *testing.T) {
	t.Parallel()
	const hour = "ZMQJS_LEAVE_TIMEOUT=3600000"
	for name, test := range map[string]struct {
		environment string
		code        string
		status      int
		least       time.Duration
	}{
		"default":         {"", "", 0, time.Second},
		"set":             {"ZMQJS_LEAVE_TIMEOUT=200", "", 0, 200 * time.Millisecond},
		"set to more":     {"ZMQJS_LEAVE_TIMEOUT=2500", "", 0, 2500 * time.Millisecond},
		"none":            {"ZMQJS_LEAVE_TIMEOUT=0", "", 0, 0},
		"std.exit":        {"ZMQJS_LEAVE_TIMEOUT=200", "std.exit(3);", 3, 200 * time.Millisecond},
		"closed":          {"ZMQJS_LEAVE_TIMEOUT=200", "socket.close();", 0, 200 * time.Millisecond},
		"LINGER 0":        {hour, "socket.setsockopt(zmq.LINGER, 0);", 0, 0},
		"LINGER 0, exit":  {hour, "socket.setsockopt(zmq.LINGER, 0); std.exit(4);", 4, 0},
		"LINGER 0, close": {hour, "socket.setsockopt(zmq.LINGER, 0); socket.close();", 0, 0},
		"LINGER 300":      {hour, "socket.setsockopt(zmq.LINGER, 300);", 0, 300 * time.Millisecond},
		"LINGER, term":    {hour, "socket.setsockopt(zmq.LINGER, 300); socket.close(); context.term();", 0, 300 * time.Millisecond},
		"nonsense":        {"ZMQJS_LEAVE_TIMEOUT=soon", "", 0, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			options := testkit.Options{Env: []string{silently}}
			if test.environment != "" {
				options.Env = append(options.Env, test.environment)
			}
			result := start(t, options, unsent(t)+test.code).Wait()
			result.Check(t, test.status, "", "")
			if result.Took < test.least || result.Took > test.least+prompt {
				t.Errorf("it took %v, want %v and a little", result.Took, test.least)
			}
		})
	}
}

// TestLeaveTimeoutAfterTerm: the wait is bounded too where a term waits for the same
// messages already, and a signal has ended the script's part of that.
func TestLeaveTimeoutAfterTerm(t *testing.T) {
	t.Parallel()
	result := start(t, testkit.Options{Env: []string{silently, "ZMQJS_LEAVE_TIMEOUT=200"}}, unsent(t)+`
os.signal(os.SIGALRM, () => {});
os.exec(["sh", "-c", "sleep 0.2; kill -ALRM $PPID"], { block: false });
socket.close();
try { context.term(); } catch (e) { console.log(e.code); }`).Wait()
	result.Check(t, 0, "EINTR\n", "")
	if result.Took > prompt {
		t.Errorf("it took %v", result.Took)
	}
}

// TestLeaveReport: a line reports that messages are lost, of which socket, and only then.
func TestLeaveReport(t *testing.T) {
	t.Parallel()
	const second = `const other = context.socket(zmq.PUSH);`
	line := regexp.MustCompile(`^zmqjs: what was not sent after 50 ms is lost; sockets closed last: PUSH ipc://\S+ \(10 sent in all\)\n$`)
	for name, test := range map[string]struct {
		environment []string
		code        string
		reported    bool
	}{
		"open":                {nil, unsent(t) + second, true},
		"closed":              {nil, unsent(t) + "socket.close();", true},
		"dropped":             {nil, strings.Replace(unsent(t), "const context", "{ const context", 1) + "} std.gc();", true},
		"turned off":          {[]string{silently}, unsent(t), false},
		"a linger of its own": {nil, unsent(t) + "socket.setsockopt(zmq.LINGER, 0);", false},
		"nobody waits":        {[]string{"ZMQJS_LEAVE_TIMEOUT=0"}, unsent(t), false},
		"nothing is sent":     {nil, `import * as zmq from "zmq"; new zmq.Context().socket(zmq.PUSH).connect("ipc:///tmp/nobody");`, false},
	} {
		t.Run(name, func(t *testing.T) {
			environment := append([]string{"ZMQJS_LEAVE_TIMEOUT=50"}, test.environment...)
			result := testkit.Run(t, testkit.Options{Env: environment}, testkit.Program(t), "-e", test.code)
			if result.Status != 0 || line.MatchString(result.Stderr) != test.reported || !test.reported && result.Stderr != "" {
				t.Errorf("%+v", result)
			}
		})
	}
}

// TestLeavingTakesOneTime: the VM that is freed, and then the process that exits, wait until one
// deadline, however many messages the script has left.
func TestLeavingTakesOneTime(t *testing.T) {
	t.Parallel()
	dropped := strings.Replace(unsent(t), "const context", "{ const context", 1) + "} std.gc();"
	for name, code := range map[string]string{
		"open":          unsent(t),
		"closed":        unsent(t) + "socket.close();",
		"dropped":       dropped,
		"open, dropped": unsent(t) + dropped[strings.Index(dropped, "{"):],
		"terminating": unsent(t) + `
os.signal(os.SIGALRM, () => {});
os.exec(["sh", "-c", "sleep 0.2; kill -ALRM $PPID"], { block: false });
socket.close();
try { context.term(); } catch (e) { }`,
		"std.exit": unsent(t) + "socket.close(); std.exit(0);",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			waits := testkit.NewWaits(t)
			options := testkit.Options{Env: append(waits.Env, silently, "ZMQJS_LEAVE_TIMEOUT=1000")}
			run(t, options, "-e", code).Check(t, 0, "", "")
			waits.Check(t, time.Second, 1)
		})
	}
}
