package main

import (
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tests "github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestEveryCaseInEveryProgram runs the benchmark as `make bench` does, but for an instant.
func TestEveryCaseInEveryProgram(t *testing.T) {
	t.Chdir("..")
	o := options{rounds: 2, milliseconds: 1, messages: 10_000, largest: 1000, only: regexp.MustCompile(""), output: t.TempDir()}
	var table strings.Builder
	if err := bench(o, &table, io.Discard); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(o.output, "results.json"))
	if err != nil {
		t.Fatal(err)
	}
	var made report
	if err := json.Unmarshal(text, &made); err != nil {
		t.Fatal(err)
	}
	for _, c := range allCases(o) {
		if !strings.Contains(table.String(), c.title+" ") {
			t.Errorf("the table lacks %q", c.title)
		}
		quantiles := []string{""}
		if c.kind == pingPong {
			quantiles = []string{"p50", "p99", "p99.9"}
		}
		for _, quantile := range quantiles {
			programs := []string{"libzmq", "QuickJS", "zmqjs"}
			if c.name == "threads" {
				programs = []string{"libzmq", "C ABI"}
			}
			for _, program := range programs {
				checkResult(t, made.find(c.title, quantile, program), c, program)
			}
		}
	}
	checkPlot(t, filepath.Join(o.output, "sizes.svg"), len(plotted)*3)
	points := 0
	for _, c := range growthCases(o.messages, o.largest) {
		for _, program := range []string{"libzmq", "QuickJS", "zmqjs"} {
			if made.find(c.title, "", program).Median > 0 { // memory may be none
				points++
			}
		}
	}
	checkPlot(t, filepath.Join(o.output, "growth.svg"), points)
}

func checkResult(t *testing.T, r *result, c benchCase, program string) {
	t.Helper()
	if program == "libzmq" && c.name == "call" {
		if r != nil {
			t.Error("libzmq alone has no native call")
		}
		return
	}
	if r == nil || len(r.Samples) != 2 {
		t.Errorf("%s, %s: %+v", program, c.title, r)
		return
	}
	if r.Median <= 0 && c.kind != memory {
		t.Errorf("%s, %s takes %v ns", program, c.title, r.Median)
	}
}

func checkPlot(t *testing.T, file string, points int) {
	t.Helper()
	if circles := tests.Elements(t, file, "circle"); circles != points {
		t.Errorf("%d points are drawn, not %d", circles, points)
	}
}

func TestMediansAndRatios(t *testing.T) {
	r := report{Programs: []*program{{Name: "base"}, {Name: "other"}}}
	c := benchCase{title: "case"}
	for i, base := range []float64{10, 20, 1000} {
		r.add(c, r.Programs[0], map[string]float64{"": base})
		r.add(c, r.Programs[1], map[string]float64{"": base * []float64{2, 3, 1}[i]})
	}
	r.finish()
	if base := r.find("case", "", "base"); base.Median != 20 || base.Ratio != 0 {
		t.Errorf("%+v", base)
	}
	if other := r.find("case", "", "other"); other.Median != 60 || other.Ratio != 2 {
		t.Errorf("%+v: the ratio is the median of 2, 3 and 1", other)
	}
}

func TestAProgramThatFailsEndsTheBenchmark(t *testing.T) {
	t.Chdir("..")
	o := options{rounds: 1, milliseconds: 1, only: regexp.MustCompile("^int$"), output: t.TempDir(), reference: "false"}
	if err := bench(o, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "reference, int") {
		t.Errorf("%v", err)
	}
	o.only = regexp.MustCompile("no such case")
	if err := bench(o, io.Discard, io.Discard); err == nil {
		t.Error("no case, and no error")
	}
}

func TestPeersHaveTheirCases(t *testing.T) {
	t.Chdir("..")
	o := options{rounds: 1, milliseconds: 1, only: regexp.MustCompile("10 B|^int$|nothing|getsockopt|start|call"), peers: true, output: t.TempDir()}
	var table strings.Builder
	if err := bench(o, &table, io.Discard); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"pyzmq: ", "zeromq (npm): "} {
		if !strings.Contains(table.String(), name) {
			t.Errorf("the table lacks %s", name)
		}
	}
}

// TestDocumentedCommands runs make -n for each command of the document.
func TestDocumentedCommands(t *testing.T) {
	t.Chdir("..")
	text, err := os.ReadFile("docs/performance.md")
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile(`(?m)^make bench.*$`).FindAllString(string(text), -1)
	if len(commands) != 4 {
		t.Fatalf("commands: %q", commands)
	}
	for _, command := range commands {
		output, err := exec.Command("sh", "-c", command+" --dry-run").CombinedOutput()
		if err != nil || !strings.Contains(string(output), "run ./bench -rounds") {
			t.Errorf("%s: %v\n%s", command, err, output)
		}
		for _, flag := range []string{"PEERS=1:-peers ", "ROUNDS=9:-rounds 9 ", "MESSAGES=100000000:-messages 100000000 ", "LINKED=:-linked '/path/to/another/qjs'"} {
			variable, argument, _ := strings.Cut(flag, ":")
			if strings.Contains(command, variable) != strings.Contains(string(output), argument) {
				t.Errorf("%s: the program's arguments are wrong:\n%s", command, output)
			}
		}
	}
}
