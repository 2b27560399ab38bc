// Package conformance runs the scripts of suite, which specify the zmq module, under any JavaScript
// engine's command line: each in a process and an empty directory of its own. The output is TAP and
// depends only on the output of the scripts.
package conformance

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A Suite is a directory of scripts, and how they are run.
type Suite struct {
	Dir       string        // holds GROUP/BEHAVIOUR.js
	Features  string        // the script that prints the runner's features; "" runs every file
	Skips     string        // the list of skips
	Runner    []string      // the command line, to which the script's path is added
	Env       []string      // added to the environment
	TimeLimit time.Duration // of each script
	Parallel  int           // the number of scripts that run at a time
	Only      string        // only the files with this prefix
}

// Standard is the suite of this module in the directory of this package.
func Standard(dir string, runner []string) *Suite {
	limit := 2 * time.Minute
	if target.Emulated() {
		limit = 10 * time.Minute
	}
	return &Suite{
		Dir:       filepath.Join(dir, "suite"),
		Features:  filepath.Join(dir, "suite", "features.js"),
		Skips:     filepath.Join(dir, "skips.json"),
		Runner:    runner,
		TimeLimit: limit,
		Parallel:  2,
	}
}

// A Result is that of one file.
type Result struct {
	Name    string // GROUP/BEHAVIOUR
	Skipped string // the reason, if the file was not run
	Passed  int    // assertions
	Failed  int
	Problem string // the reason of a failure other than assertions; "" if there is none
	Stdout  string
	Stderr  string
}

// OK reports whether the file passed or was skipped.
func (r *Result) OK() bool { return r.Failed == 0 && r.Problem == "" }

// A Skip is an entry of skips.json.
type Skip struct {
	File     string // GROUP/BEHAVIOUR, or a pattern as path.Match has it
	Requires string // a feature
	Reason   string
}

// Features are those of a runner, by the part that they depend on: engine, libzmq or machine.
type Features map[string]map[string]bool

// Files lists the scripts of the suite as GROUP/BEHAVIOUR, in order.
func (s *Suite) Files() ([]string, error) {
	paths, err := fs.Glob(os.DirFS(s.Dir), "*/*.js")
	var files []string
	for _, file := range paths {
		if strings.HasPrefix(file, s.Only) {
			files = append(files, strings.TrimSuffix(file, ".js"))
		}
	}
	return files, err
}

// ReadSkips reads the list of skips.
func (s *Suite) ReadSkips() ([]Skip, error) {
	if s.Skips == "" {
		return nil, nil
	}
	content, err := os.ReadFile(s.Skips)
	if err != nil {
		return nil, err
	}
	var skips []Skip
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&skips); err != nil {
		return nil, fmt.Errorf("%s: %w", s.Skips, err)
	}
	for _, skip := range skips {
		if skip.File == "" || skip.Requires == "" || skip.Reason == "" {
			return nil, fmt.Errorf("%s: an entry lacks file, requires or reason: %+v", s.Skips, skip)
		}
	}
	return skips, nil
}

// Matches reports whether the entry is about a file.
func (s Skip) Matches(file string) bool {
	matched, err := path.Match(s.File, file)
	return err == nil && matched
}

// Detect asks the runner for its features.
func (s *Suite) Detect() (Features, error) {
	if s.Features == "" {
		return nil, nil
	}
	var result Result
	s.execute(s.Features, &result)
	var features Features
	if result.Problem == "" {
		if err := json.Unmarshal([]byte(result.Stdout), &features); err != nil {
			result.Problem = err.Error()
		}
	}
	if result.Problem != "" {
		return nil, fmt.Errorf("%s: %s\n%s%s", s.Features, result.Problem, result.Stdout, result.Stderr)
	}
	return features, nil
}

// Has reports whether a feature is there, and whether it is one at all.
func (f Features) Has(feature string) (has, known bool) {
	for _, group := range f {
		if has, known = group[feature]; known {
			return has, true
		}
	}
	return false, false
}

// Run runs every file, writes TAP and gives the results.
func (s *Suite) Run(tap io.Writer) ([]*Result, error) {
	files, err := s.Files()
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%s holds no scripts", s.Dir)
	}
	skips, err := s.ReadSkips()
	if err != nil {
		return nil, err
	}
	features, err := s.Detect()
	if err != nil {
		return nil, err
	}
	results := make([]*Result, len(files))
	finished := make([]chan struct{}, len(files))
	slots := make(chan struct{}, s.Parallel)
	for i, file := range files {
		results[i] = &Result{Name: file}
		finished[i] = make(chan struct{})
		if results[i].Skipped, err = reason(file, skips, features); err != nil {
			return nil, err
		}
	}
	go func() {
		for i, result := range results {
			slots <- struct{}{}
			go func() {
				if result.Skipped == "" {
					s.run(result)
				}
				close(finished[i])
				<-slots
			}()
		}
	}()
	fmt.Fprintf(tap, "TAP version 14\n1..%d\n", len(files))
	for i, result := range results {
		<-finished[i]
		fmt.Fprint(tap, result.TAP(i+1))
	}
	return results, nil
}

// reason is the reason why a file is skipped; "" if it is run.
func reason(file string, skips []Skip, features Features) (string, error) {
	for _, skip := range skips {
		has, known := features.Has(skip.Requires)
		if !known {
			return "", fmt.Errorf("the skip of %s requires %q, which is no feature", skip.File, skip.Requires)
		}
		if !has && skip.Matches(file) {
			return skip.Reason, nil
		}
	}
	return "", nil
}

func (s *Suite) run(result *Result) {
	s.execute(filepath.Join(s.Dir, result.Name+".js"), result)
	if problem := result.count(); result.Problem == "" {
		result.Problem = problem
	}
}

// execute runs one script.
func (s *Suite) execute(script string, result *Result) {
	dir, err := os.MkdirTemp("", "conformance")
	if err != nil {
		result.Problem = err.Error()
		return
	}
	defer func() { _ = os.RemoveAll(dir) }()
	var stdout, stderr bytes.Buffer
	line := target.Command(s.Runner[0], append(append([]string{}, s.Runner[1:]...), script)...)
	c := exec.Command(line[0], line[1:]...)
	c.Dir, c.Stdout, c.Stderr = dir, &stdout, &stderr
	c.Env = append(os.Environ(), s.Env...)
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.WaitDelay = time.Second
	if err := c.Start(); err != nil {
		result.Problem = err.Error()
		return
	}
	timedOut, threads := false, ""
	ended := make(chan error, 1)
	go func() { ended <- c.Wait() }()
	select {
	case err = <-ended:
	case <-time.After(s.TimeLimit):
		timedOut, threads = true, testkit.Threads(c.Process.Pid)
		_ = syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
		err = <-ended
	}
	result.Stdout, result.Stderr = stdout.String(), stderr.String()
	var exit *exec.ExitError
	switch {
	case timedOut:
		result.Problem = fmt.Sprintf("ran into the time limit of %v; its threads:\n%s", s.TimeLimit, threads)
	case errors.As(err, &exit) && exit.Exited():
		result.Problem = fmt.Sprintf("ended with status %d", exit.ExitCode())
	case err != nil:
		result.Problem = err.Error()
	}
}

var (
	assertion = regexp.MustCompile(`^(not )?ok ([0-9]+) - .`)
	planLine  = regexp.MustCompile(`^1\.\.([0-9]+)$`)
)

// count counts the assertions and reports errors in the file's own TAP.
func (r *Result) count() string {
	total, planned := 0, -1
	for _, line := range strings.Split(r.Stdout, "\n") {
		if match := assertion.FindStringSubmatch(line); match != nil {
			total++
			if match[1] == "" {
				r.Passed++
			} else {
				r.Failed++
			}
			if match[2] != strconv.Itoa(total) {
				return fmt.Sprintf("%q is the assertion number %d", line, total)
			}
			if planned >= 0 {
				return "there are assertions after the plan"
			}
		} else if match := planLine.FindStringSubmatch(line); match != nil {
			if planned >= 0 {
				return "there are two plans"
			}
			planned, _ = strconv.Atoi(match[1])
		}
	}
	switch {
	case planned < 0:
		return "ended without a plan"
	case planned != total:
		return fmt.Sprintf("%d assertions were planned, but there were %d", planned, total)
	case total == 0:
		return "asserts nothing"
	}
	return ""
}

// TAP is the file's test line, below the script's output.
func (r *Result) TAP(number int) string {
	if r.Skipped != "" {
		return fmt.Sprintf("ok %d - %s # SKIP %s\n", number, r.Name, r.Skipped)
	}
	var b strings.Builder
	indented(&b, "# Subtest: "+r.Name, "")
	indented(&b, r.Stdout, "    ")
	if r.Problem != "" {
		indented(&b, r.Problem, "    # ")
	}
	if !r.OK() {
		indented(&b, r.Stderr, "    # stderr: ")
		b.WriteString("not ")
	}
	fmt.Fprintf(&b, "ok %d - %s\n", number, r.Name)
	return b.String()
}

func indented(b *strings.Builder, text, indentation string) {
	if text == "" {
		return
	}
	for _, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		b.WriteString(indentation + line + "\n")
	}
}

// Summary counts the results.
func Summary(results []*Result) (line string, ok bool) {
	var assertions, failedAssertions, failed, skipped int
	for _, result := range results {
		assertions += result.Passed + result.Failed
		failedAssertions += result.Failed
		if !result.OK() {
			failed++
		}
		if result.Skipped != "" {
			skipped++
		}
	}
	return fmt.Sprintf("# %d files, %d failed, %d skipped; %d assertions, %d failed",
		len(results), failed, skipped, assertions, failedAssertions), failed == 0
}
