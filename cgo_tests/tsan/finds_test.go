package tsan

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A plant is a race that is put into the library's code: a text, and its replacement. It is active
// only in the run whose PLANTED has the letter of its index in plants, because a fault may be an
// endless loop in another run.
type plant struct {
	file, before, after string
	run                 string // the case of the fake engine that has it
	finding             string // the sanitizer's report
}

var plants = []plant{
	{ // libzmq calls it, on a thread of its own
		file:   "jsglue/libzmq/pool.c",
		before: "CORE_TSAN_ACQUIRE(data);\n",
		after:  "CORE_TSAN_ACQUIRE(data);\n    static long planted_count;\n    if (planted()) planted_count++;\n",
		run:    "storm-of-hosts", finding: `data race \S*/pool\.c:`,
	},
	{
		file:   "jsglue/libzmq/terminate.c",
		before: "core_lifetime_acquire(&guard);\n    int ending = context->context == NULL || context->terminating;\n    core_lifetime_release(&guard);",
		after:  "if (!planted()) core_lifetime_acquire(&guard);\n    int ending = context->context == NULL || context->terminating;\n    if (!planted()) core_lifetime_release(&guard);",
		run:    "storm-of-ending-contexts", finding: `data race .* in (core_context_is_ending|terminate)\n`,
	},
	{
		file:   "jsglue/libzmq/runtime_lock.c",
		before: "if (!barrier_available)\n",
		after:  "if (planted()) runtime->depth = 0;\n    if (!barrier_available)\n",
		run:    "thread-call-while-it-is-freed", finding: `data race .* in (core_runtime_admit|enter_shared)\n`,
	},
	{
		file:   "jsglue/libzmq/poller.c",
		before: "core_socket_retain(socket);",
		after:  "if (!planted()) core_socket_retain(socket);",
		run:    "frame-poller-outlives-its-sockets", finding: `heap-use-after-free \S*/poller\.c:`,
	},
	{
		file:   "capi/global_callback.c",
		before: "atomic_load(variable);\n    return current",
		after:  "planted() ? *(global_callback **)(void *)variable : atomic_load(variable);\n    return current",
		run:    "trace-exchanged-while-used", finding: `data race .* in (global_callback_get|global_callback_set)\n`,
	},
}

// letter is the name of the plant at a place in plants.
func letter(place int) string { return string(rune('a' + place)) }

// overlay makes Go compile the planted files instead of the library's own.
func overlay(t *testing.T) string {
	t.Helper()
	dir, replace := t.TempDir(), map[string]string{}
	for i, p := range plants {
		file := filepath.Join(testkit.Root(t), p.file)
		text := testkit.Read(t, file)
		if strings.Count(text, p.before) != 1 {
			t.Fatalf("%s does not contain exactly once: %s", p.file, p.before)
		}
		planted := filepath.Join(dir, letter(i)+".c")
		acts := fmt.Sprintf("#include <stdlib.h>\nstatic int planted(void) { const char *run = getenv(\"PLANTED\"); return run != 0 && *run == '%s'; }\n", letter(i))
		text = acts + strings.Replace(text, p.before, p.after, 1)
		if err := os.WriteFile(planted, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		replace[file] = planted
	}
	content, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(file, content, 0o666); err != nil {
		t.Fatal(err)
	}
	return file
}

// A race in the library's code is found despite suppressions, also if libzmq calls the code.
func TestFinds(t *testing.T) {
	requireSanitizer(t)
	library := buildLibrary(t, "tsan/planted", "lean", "GOFLAGS=-overlay="+overlay(t))
	program := buildFakeEngine(t)
	for i, p := range plants {
		t.Run(p.file, func(t *testing.T) {
			t.Setenv("PLANTED", letter(i))
			result := run(t, library, program, p.run)
			if !regexp.MustCompile("SUMMARY: ThreadSanitizer: " + p.finding).MatchString(result.Stderr) {
				t.Errorf("%s: the planted race is not found: status %d\n%s%s", p.run, result.Status, result.Stdout, result.Stderr)
			}
		})
	}
}
