package interop

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
	"github.com/zmqjs/zmqjs/jsglue"
)

// limits are values at the limits of options of strings and bytes: null, the same content as a
// string and as bytes, and valid values of some options.
func limits() []string {
	values := []string{"null"}
	add := func(content string) {
		text := hex.EncodeToString([]byte(content))
		values = append(values, "text:"+text, "bytes:"+text)
	}
	// 16: a device's name with its NUL; 32, 40 and 41: a key; 255 and 256: most others.
	for _, length := range []int{0, 1, 15, 16, 17, 32, 33, 39, 40, 41, 254, 255, 256, 5000} {
		add(strings.Repeat("a", length))
		values = append(values, "null")
	}
	for _, content := range []string{
		clientPublic, clientPublic[:39] + "\\", "X-key:value", "key:value", "X-key", "X-key:", ":value",
		"127.0.0.1", "10.0.0.0/8", "10.0.0.0/33", "::1/128", "127.0.0.1:1080",
	} {
		add(content)
	}
	add("") // after their maximum
	return append(values, "null")
}

// Each socket type accepts the same values for options of strings or bytes as with pyzmq, and then
// returns the same.
func TestOptionsTakeWhatPyzmqGets(t *testing.T) {
	t.Parallel()
	var arguments []string
	for _, option := range jsglue.SocketOptions {
		if option.Type >= jsglue.StringOption && option.Writable && !option.Draft {
			arguments = append(arguments, fmt.Sprintf("%s=%d", option.Name, option.Number))
		}
	}
	values := limits()
	arguments = append(append(arguments, "--"), values...)
	mine := lines(t, append(ours(t)[:1], append([]string{"testdata/ours/options.js"}, arguments...)...))
	theirs := lines(t, append([]string{python(t)[0], "testdata/python/options.py"}, arguments...))
	if len(mine) != len(theirs) || len(mine) < 5000 {
		t.Fatalf("%d lines, and %d of pyzmq's", len(mine), len(theirs))
	}
	for i := range mine {
		if !bytes.Equal(mine[i], theirs[i]) {
			t.Errorf("%.60s\n got %.100s\nwant %.100s", values[i%len(values)], mine[i], theirs[i])
		}
	}
}

func lines(t *testing.T, command []string) [][]byte {
	t.Helper()
	result := testkit.Start(t, testkit.Options{}, command[0], command[1:]...).Wait()
	if result.Status != 0 || result.Stderr != "" {
		t.Fatalf("it ended with status %d: %s", result.Status, result.Stderr)
	}
	return bytes.Split(bytes.TrimSpace([]byte(result.Stdout)), []byte("\n"))
}
