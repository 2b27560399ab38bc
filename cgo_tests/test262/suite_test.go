package test262

import (
	"bytes"
	"context"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// setting reads a number from the environment.
func setting(t *testing.T, name string, otherwise uint64) uint64 {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// limit is how long a test may take before it counts as failed.
const limit = 30 * time.Second

// passRate is the minimal percentage of passes among tests that are not known to fail.
const passRate = 99.0

// TestSuite runs a sample. TEST262 is the checkout; TEST262_SAMPLE the number of tests;
// TEST262_SEED the seed of the choice; TEST262_REFERENCE another runner (/path/qjs --std), whose
// passes are then the basis of the rate; TEST262_FAILED a file for the names of failing tests;
// TEST262_TESTS such a file, whose tests replace the sample.
func TestSuite(t *testing.T) {
	suite := os.Getenv("TEST262")
	if suite == "" {
		t.Skip("skipped: TEST262 names no checkout of tc39/test262")
	}
	suite, err := filepath.Abs(suite)
	if err != nil {
		t.Fatal(err)
	}
	reasons, err := known()
	if err != nil {
		t.Fatal(err)
	}
	paths := choose(t, suite)
	size := setting(t, "TEST262_SAMPLE", 500)
	var sample []*testCase
	for _, path := range paths {
		c, err := load(suite, path)
		if err != nil {
			t.Fatal(err)
		}
		if r := reasonFor(reasons, c); r == nil || !r.excluded {
			sample = append(sample, c)
		}
		if uint64(len(sample)) == size {
			break
		}
	}
	if reference := strings.Fields(os.Getenv("TEST262_REFERENCE")); len(reference) > 0 {
		all := len(sample)
		passes := runAll(t, suite, reference, sample)
		sample = slices.DeleteFunc(sample, func(c *testCase) bool { return passes[c] != "" })
		t.Logf("%s passes %d of %d tests", reference[0], len(sample), all)
		if percent(len(sample), all) < leastReference {
			t.Fatalf("that is no reference: %s", firstOf(passes))
		}
	}
	report(t, reasons, sample, runAll(t, suite, []string{testkit.Program(t)}, sample))
}

// choose lists the tests of a suite in the order in which a sample takes them.
func choose(t *testing.T, suite string) []string {
	t.Helper()
	if file := os.Getenv("TEST262_TESTS"); file != "" {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var paths []string
		for line := range strings.Lines(string(text)) {
			path, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
			paths = append(paths, path)
		}
		return paths
	}
	paths, err := find(suite)
	if err != nil || len(paths) == 0 {
		t.Fatalf("%s has %d tests: %v", suite, len(paths), err)
	}
	seed := setting(t, "TEST262_SEED", uint64(time.Now().UnixNano()))
	t.Logf("TEST262_SEED=%d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	random.Shuffle(len(paths), func(i, j int) { paths[i], paths[j] = paths[j], paths[i] })
	return paths
}

// leastReference is the minimal percentage of passes of a reference; with fewer it is broken.
const leastReference = 80

// firstOf is one of the failures.
func firstOf(failures map[*testCase]string) string {
	for c, failure := range failures {
		if failure != "" {
			return c.path + ": " + failure
		}
	}
	return "none fails"
}

// report prints the rate, and fails if it is too low. failures has the error of each test.
func report(t *testing.T, reasons []reason, sample []*testCase, failures map[*testCase]string) {
	t.Helper()
	passed, counts, surprises, failed := 0, map[string]int{}, 0, ""
	for _, c := range sample {
		failure := failures[c]
		r := reasonFor(reasons, c)
		switch {
		case failure == "":
			passed++
		case r != nil:
			counts[r.text]++
		default:
			surprises++
			t.Logf("fails: %s: %s", c.path, failure)
		}
		if failure != "" {
			failed += c.path + "\t" + failure + "\n"
		}
	}
	for text, n := range counts {
		t.Logf("known to fail: %d: %s", n, text)
	}
	if file := os.Getenv("TEST262_FAILED"); file != "" {
		if err := os.WriteFile(file, []byte(failed), 0o666); err != nil {
			t.Error(err)
		}
	}
	t.Logf("%d of %d tests pass: %.2f %%; %d fail for no known reason", passed, len(sample), percent(passed, len(sample)), surprises)
	if rate := percent(len(sample)-surprises, len(sample)); rate < passRate {
		t.Errorf("%.2f %% pass or are known to fail, want %.2f %%", rate, passRate)
	}
}

func percent(part, whole int) float64 { return 100 * float64(part) / float64(max(whole, 1)) }

// runAll runs tests under a runner, and returns the errors of those that fail.
func runAll(t *testing.T, suite string, command []string, sample []*testCase) map[*testCase]string {
	t.Helper()
	dir := t.TempDir()
	failures := map[*testCase]string{}
	var mu sync.Mutex
	var running sync.WaitGroup
	queue := make(chan *testCase)
	for range runtime.NumCPU() {
		running.Go(func() {
			for c := range queue {
				failure, err := c.run(suite, command, dir)
				if err != nil {
					t.Errorf("%s was not run: %v", c.path, err)
				}
				mu.Lock()
				failures[c] = failure
				mu.Unlock()
			}
		})
	}
	for _, c := range sample {
		queue <- c
	}
	close(queue)
	running.Wait()
	return failures
}

// run runs a test in its modes, in a new directory below temporary, which it removes. It returns ""
// or the failure; the error reports that the test could not be run.
func (c *testCase) run(suite string, command []string, temporary string) (failure string, err error) {
	dir, err := os.MkdirTemp(temporary, "")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(dir)
	if err := c.linkFixtures(suite, dir); err != nil {
		return "", err
	}
	file := filepath.Join(dir, filepath.Base(c.path))
	modes := []bool{false, true}
	switch {
	case c.has("onlyStrict"):
		modes = []bool{true}
	case c.has("noStrict"), c.has("raw"), c.has("module"):
		modes = []bool{false}
	}
	for _, strict := range modes {
		text, err := c.script(suite, strict)
		if err == nil {
			err = os.WriteFile(file, []byte(text), 0o666)
		}
		if err != nil {
			return "", err
		}
		failure, err := c.judge(append(command[:len(command):len(command)], file))
		switch {
		case err != nil:
			return "", err
		case failure != "" && strict:
			return "strict: " + failure, nil
		case failure != "":
			return failure, nil
		}
	}
	return "", nil
}

// judge runs a command and returns the differences from the expected end.
func (c *testCase) judge(command []string) (failure string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	process := exec.CommandContext(ctx, command[0], command[1:]...)
	var stdout, stderr bytes.Buffer
	process.Stdout, process.Stderr = &stdout, &stderr
	process.Dir = filepath.Dir(command[len(command)-1])
	err = process.Run()
	first, _, _ := strings.Cut(strings.TrimSpace(stderr.String()), "\n")
	switch {
	case ctx.Err() != nil:
		return "it took too long", nil
	case process.ProcessState == nil:
		return "", err
	case process.ProcessState.ExitCode() < 0:
		return "ended by a signal: " + first, nil
	case c.negative != "" && err == nil:
		return "no " + c.negative, nil
	case c.negative != "":
		if !strings.HasPrefix(first, c.negative) {
			return first + ", not a " + c.negative, nil
		}
	case c.has("async"):
		if !strings.Contains(stdout.String(), "Test262:AsyncTestComplete") {
			last := strings.TrimSpace(stdout.String())
			return strings.TrimSpace(last[strings.LastIndexByte(last, '\n')+1:] + " " + first), nil
		}
	case strings.HasPrefix(first, "Possibly unhandled promise rejection"): // which the suite leaves to hosts
	case err != nil || first != "":
		return first, nil
	}
	return "", nil
}
