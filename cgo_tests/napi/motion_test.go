package napi

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

const seen = `frames come
they are drawn
a slider moves them
and back
a second visit works
`

// TestMotion: `make demo` serves a page whose sliders move its arrows, and Ctrl-C ends the server
// and the script.
func TestMotion(t *testing.T) {
	hostOnly(t)
	options := testkit.Options{Dir: testkit.Root(t), Group: true, Limit: 8 * time.Minute}
	demo := testkit.Start(t, options, "env", "-u", "MAKEFLAGS", "-u", "MFLAGS", "-u", "MAKELEVEL",
		"make", "-s", "demo", "PORT=0", "BUILD="+t.TempDir())
	url := demo.Line()
	for !strings.HasPrefix(url, "http:") {
		url = demo.Line()
	}
	screenshot := filepath.Join(t.TempDir(), "page.png")
	visit := testkit.Run(t, testkit.Options{Limit: 3 * time.Minute}, "node", testdata(t, "page.cjs"), url, screenshot)
	if visit.Status != 0 || visit.Stdout != seen {
		t.Errorf("%+v", visit)
	}
	if file, err := os.Stat(screenshot); err != nil || file.Size() < 10000 {
		t.Error("there is no picture", err)
	}
	demo.Signal(syscall.SIGINT)
	if result := demo.Wait(); result.Signal != syscall.SIGINT { // make's own way to end
		t.Errorf("%+v", result)
	}
	if response, err := http.Get(url); err == nil {
		t.Error("the server still answers:", response.Status)
		_ = response.Body.Close()
	}
	if strings.Contains(demo.Wait().Stderr, "Error") {
		t.Error(demo.Wait().Stderr)
	}
}
