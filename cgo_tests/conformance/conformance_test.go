package conformance

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/quickjs/engine"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
	"github.com/zmqjs/zmqjs/jsglue"
)

// The fewest assertions that the suite may have.
const fewest = 300

var only = flag.String("only", "", "run only the files of the suite whose names begin so")

// here is this directory.
func here(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// The runners that must agree.
func runners(t *testing.T) map[string][]string {
	t.Helper()
	return map[string][]string{
		"zmqjs":   {testkit.Program(t)},
		"quickjs": quickjs(t, testkit.LibraryDir(t)),
	}
}

type outcome struct {
	results []*Result
	tap     string
}

// Every script passes under every runner, and all print the same.
func TestConformance(t *testing.T) {
	outcomes := map[string]outcome{}
	var first string
	for name, command := range runners(t) {
		suite := Standard(here(t), command)
		suite.Only = *only
		var tap bytes.Buffer
		results, err := suite.Run(&tap)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		summary, _ := Summary(results)
		t.Logf("%s: %s", name, summary)
		assertions := 0
		for i, result := range results {
			assertions += result.Passed
			if !result.OK() {
				t.Errorf("%s:\n%s", name, result.TAP(i+1))
			}
		}
		if assertions < fewest && *only == "" {
			t.Errorf("%s: %d assertions, fewer than %d", name, assertions, fewest)
		}
		outcomes[name] = outcome{results, tap.String()}
		first = name
	}
	for name, outcome := range outcomes {
		compare(t, first, outcomes[first], name, outcome)
	}
}

// compare compares the output of two runners, except for files that one of them skipped, and for
// those that failed in both, because their stack traces differ.
func compare(t *testing.T, name string, a outcome, otherName string, b outcome) {
	t.Helper()
	if a.tap == b.tap {
		return
	}
	different := false
	for i, one := range a.results {
		other := b.results[i]
		incomparable := one.Skipped != other.Skipped || !one.OK() && !other.OK()
		if !incomparable && one.TAP(i+1) != other.TAP(i+1) {
			t.Errorf("%s:\n%s%s:\n%s", name, one.TAP(i+1), otherName, other.TAP(i+1))
		}
		different = different || incomparable
	}
	if !different {
		t.Errorf("%s and %s print different lines", name, otherName)
	}
}

// Every entry of skips.json is about some file, and some runner needs it.
func TestSkips(t *testing.T) {
	suite := Standard(here(t), nil)
	skips, err := suite.ReadSkips()
	if err != nil {
		t.Fatal(err)
	}
	files, err := suite.Files()
	if err != nil {
		t.Fatal(err)
	}
	var all []Features
	for name, command := range runners(t) {
		features, err := Standard(here(t), command).Detect()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		all = append(all, features)
	}
	for _, skip := range skips {
		if !matchesAny(skip, files) {
			t.Errorf("no file is %s", skip.File)
		}
		needed := false
		for _, features := range all {
			has, known := features.Has(skip.Requires)
			if !known {
				t.Errorf("%s: %q is no feature", skip.File, skip.Requires)
			}
			// Other machines or versions of libzmq may lack features that these have.
			_, engine := features["engine"][skip.Requires]
			needed = needed || !has || !engine
		}
		if !needed {
			t.Errorf("%s is skipped without %s, which every runner has", skip.File, skip.Requires)
		}
	}
}

func matchesAny(skip Skip, files []string) bool {
	for _, file := range files {
		if skip.Matches(file) {
			return true
		}
	}
	return false
}

// Every function, method and accessor of the module occurs in some script.
func TestEveryNameOccurs(t *testing.T) {
	suite := Standard(here(t), nil)
	files, err := suite.Files()
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		content, err := os.ReadFile(filepath.Join(suite.Dir, file+".js"))
		if err != nil {
			t.Fatal(err)
		}
		all.Write(content)
	}
	scripts := all.String()
	occurs := func(owner, text string) {
		if !strings.Contains(scripts, text) {
			t.Errorf("no script has %s of %s", text, owner)
		}
	}
	for _, function := range jsglue.Zmq.Functions {
		occurs("zmq", "zmq."+function.Name+"(")
	}
	for _, class := range jsglue.Zmq.Classes {
		for _, static := range class.Statics {
			occurs(class.Name, class.Name+"."+static.Name+"(")
		}
		for _, method := range class.Methods {
			if symbol, is := strings.CutPrefix(method.Name, "@@"); is {
				occurs(class.Name, "Symbol."+symbol)
			} else {
				occurs(class.Name, "."+method.Name+"(")
			}
		}
		for _, accessor := range class.Accessors {
			occurs(class.Name, "."+accessor.Name)
		}
	}
}

// Errors that must make a run fail do so.
func TestHarnessFails(t *testing.T) {
	for dir, want := range map[string]string{
		"failing":     "    not ok 1 - the wrong number\n",
		"hanging":     "    # ran into the time limit of 2s; its threads:\n    # ",
		"crashing":    "    # ended with status 1\n    # stderr: ",
		"planless":    "    # ended without a plan\n",
		"silent":      "    # asserts nothing\n",
		"miscounting": "    # 2 assertions were planned, but there were 1\n",
	} {
		for name, command := range runners(t) {
			t.Run(dir+" "+name, func(t *testing.T) {
				suite := &Suite{
					Dir:       filepath.Join(here(t), "testdata", dir, "suite"),
					Runner:    command,
					TimeLimit: 2 * time.Second,
					Parallel:  1,
				}
				if dir != "hanging" {
					suite.TimeLimit = 2 * time.Minute
				}
				var tap bytes.Buffer
				results, err := suite.Run(&tap)
				if err != nil {
					t.Fatal(err)
				}
				if summary, ok := Summary(results); ok {
					t.Errorf("%s\n%s", summary, &tap)
				}
				if got := tap.String(); !strings.Contains(got, want) ||
					!strings.HasSuffix(got, "\nnot ok 1 - group/behaviour\n") {
					t.Errorf("%s\nlacks %q", got, want)
				}
			})
		}
	}
}

// A signal is no status.
func TestHarnessShowsASignal(t *testing.T) {
	suite := &Suite{
		Dir:       filepath.Join(here(t), "testdata", "planless", "suite"),
		Runner:    []string{"sh", "-c", "kill -SEGV $$"},
		TimeLimit: 2 * time.Minute,
		Parallel:  1,
	}
	var tap bytes.Buffer
	if _, err := suite.Run(&tap); err != nil || !strings.Contains(tap.String(), "    # signal: segmentation fault") {
		t.Errorf("%v\n%s", err, &tap)
	}
}

// A file whose feature the runner lacks is skipped with the reason.
func TestHarnessSkips(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	skips, err := json.Marshal([]Skip{{File: "group/*", Requires: "magic", Reason: "needs magic"}})
	if err != nil {
		t.Fatal(err)
	}
	for features, want := range map[string]string{
		`{"engine": {"magic": false}}`: "TAP version 14\n1..1\nok 1 - group/behaviour # SKIP needs magic\n",
		`{"engine": {"other": false}}`: "",
	} {
		suite := &Suite{
			Dir:       filepath.Join(here(t), "testdata", "failing", "suite"),
			Features:  write("features", features),
			Skips:     write("skips.json", string(skips)),
			Runner:    []string{"cat"},
			TimeLimit: 2 * time.Minute,
			Parallel:  1,
		}
		var tap bytes.Buffer
		results, err := suite.Run(&tap)
		if tap.String() != want {
			t.Errorf("with %s: %s", features, &tap)
		}
		if want == "" && (err == nil || !strings.Contains(err.Error(), `"magic", which is no feature`)) {
			t.Errorf("with %s: %v", features, err)
		}
		if want != "" {
			if _, ok := Summary(results); err != nil || !ok {
				t.Errorf("with %s: %v", features, err)
			}
		}
	}
}

func quickjs(t *testing.T, library string) []string {
	t.Helper()
	built, err := engine.Get()
	if err != nil {
		t.Fatal(err)
	}
	command, err := built.Interpreter(t.TempDir(), library)
	if err != nil {
		t.Fatal(err)
	}
	return command
}

// The command of the README.
func TestMakeConformance(t *testing.T) {
	command := exec.Command("make", "--no-print-directory", "-C", testkit.Root(t), "conformance",
		"RUNNER=-only module "+testkit.Program(t))
	output, err := command.CombinedOutput()
	if err != nil || !strings.HasPrefix(string(output), "TAP version 1") || !strings.Contains(string(output), "\nok 1 - module/") {
		t.Errorf("%v\n%s", err, output)
	}
}
