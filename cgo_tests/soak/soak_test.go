package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// TestShort runs it as `make soak` does, but for seconds.
func TestShort(t *testing.T) {
	program := testkit.Program(t)
	t.Chdir("../..")
	o := options{time: 8 * time.Second, seed: int(time.Now().UnixNano() % (1 << 30)), output: t.TempDir(), runner: program, root: "."}
	var table strings.Builder
	made, err := soak(o, &table)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(table.String())
	for _, text := range made.Wrong {
		t.Error(text)
	}
	var read report
	if err := json.Unmarshal([]byte(testkit.Read(t, filepath.Join(o.output, "results.json"))), &read); err != nil {
		t.Fatal(err)
	}
	if len(read.Results) != 7 || read.Kills == 0 || len(read.Totals) < len(patterns) {
		t.Errorf("results.json has %d processes, %d kills, %d patterns", len(read.Results), read.Kills, len(read.Totals))
	}
	checkPlot(t, filepath.Join(o.output, "plot.svg"), len(read.Results)*len(panels))
}

func checkPlot(t *testing.T, file string, want int) {
	t.Helper()
	if lines := testkit.Elements(t, file, "polyline"); lines != want {
		t.Errorf("the plot has %d lines, want %d", lines, want)
	}
}

// spoilt runs a shortened version of the soak with a changed script, and returns the errors.
func spoilt(t *testing.T, script, from, to string, length time.Duration) []string {
	t.Helper()
	program, dir, root := testkit.Program(t), t.TempDir(), testkit.Root(t)
	t.Chdir("../..")
	scripts := filepath.Join(dir, "cgo_tests/soak/scripts")
	if err := os.CopyFS(scripts, os.DirFS("cgo_tests/soak/scripts")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(scripts, script)
	text := testkit.Read(t, file)
	if !strings.Contains(text, from) {
		t.Fatalf("%s lacks %q", script, from)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(text, from, to, 1)), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	made, err := soak(options{time: length, seed: 1, output: dir, runner: program, root: root}, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	return made.Wrong
}

// TestFinds: errors are found, in a longer run if a busy machine does not reach them in a short
// one.
func TestFinds(t *testing.T) {
	for name, test := range map[string]struct{ script, from, to, want string }{
		"a changed byte":                 {"peer.js", "    form.send(socket, parts);", "    parts[parts.length - 1][0]++;\n    form.send(socket, parts);", "and the checksum"},
		"a lost message":                 {"peer.js", "      number++;\n    }\n  });\n}\n\n// stream", "      number += number === 5 ? 2 : 1;\n    }\n  });\n}\n\n// stream", "7 after 5"},
		"an early end":                   {"local.js", "if (below(20) === 0) {", "if (told > 0) {\n    std.exit(3);", "exit status 3"},
		"a message lost between threads": {"shared.js", "String(i - 1)", "String(i)", "and it has sent"},
		"a silent socket":                {"peer.js", "stream(connect", "void (connect", "STREAM: nothing was received"},
	} {
		t.Run(name, func(t *testing.T) {
			for length := 2 * time.Second; ; length *= 4 {
				var wrong []string
				t.Run(length.String(), func(t *testing.T) { // which returns to this directory
					wrong = spoilt(t, test.script, test.from, test.to, length)
				})
				if t.Failed() || slices.ContainsFunc(wrong, func(text string) bool { return strings.Contains(text, test.want) }) {
					return
				}
				if length > time.Minute {
					t.Fatalf("found %q", wrong)
				}
			}
		})
	}
}

// made makes samples for a minute, with the values of f.
func made(f func(i int) testkit.Sample) []sample {
	var samples []sample
	for i := range 60 {
		samples = append(samples, sample{float64(i), f(i)})
	}
	return samples
}

// TestGrowth: a leak is distinguished from noise.
func TestGrowth(t *testing.T) {
	const mebibyte = 1 << 20
	for name, test := range map[string]struct {
		of   func(i int) testkit.Sample
		want int
	}{
		"steady": {func(i int) testkit.Sample {
			return testkit.Sample{Resident: int64(100+i*7%40) * mebibyte, Descriptors: 20, Threads: 9}
		}, 0},
		"memory": {func(i int) testkit.Sample {
			return testkit.Sample{Resident: int64(100+3*i+i*7%10) * mebibyte, Descriptors: 20, Threads: 9}
		}, 1},
		"descriptors": {func(i int) testkit.Sample { return testkit.Sample{Resident: mebibyte, Descriptors: 20 + i, Threads: 9} }, 1},
		"threads": {func(i int) testkit.Sample {
			return testkit.Sample{Resident: mebibyte, Descriptors: 20, Threads: 9 + i/2}
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := &result{Samples: made(test.of)}
			r.check()
			if len(r.Wrong) != test.want {
				t.Errorf("found %q, with the trend %+v", r.Wrong, r.Trend)
			}
		})
	}
}
