package fakeengine

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/target"
	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A header is zmqjs.h as another version of the library may have it: before and after in turn.
type header struct {
	name    string
	edits   []string
	defines []string
}

// Structures only grow at their end, so that is where headers differ.
var headers = []header{
	{name: "the same"},
	{name: "as ABI version 1 has it", edits: []string{
		"    void (*collect)(void *payload, void *context);\n} zmqjs_engine;", "} zmqjs_engine;",
		"    int32_t flags;        /* SEND: ZMQ_SNDMORE; RECEIVE: ZMQ_MORE; FULL: those of the call */\n} zmqjs_trace_event;",
		"} zmqjs_trace_event;",
		"    /* From ABI version 2 on: */\n", "",
		"    int (*fast_call)(const struct zmqjs_function *self, zmqjs_frame *frame, const zmqjs_data *data,\n" +
			"                     int32_t integer);\n", "",
		"    uint32_t lends; /* bit i", "    /* bit i",
		"#define ZMQJS_ABI_VERSION 2u", "#define ZMQJS_ABI_VERSION 1u",
	}},
	{name: "one field longer", defines: []string{"-DFUTURE"}, edits: []string{
		"} zmqjs_engine;", "    void *future;\n} zmqjs_engine;",
		"} zmqjs_registrar;", "    void *future;\n} zmqjs_registrar;",
		"} zmqjs_vm_options;", "    void *future;\n} zmqjs_vm_options;",
	}},
}

// write writes the header into a directory of its own, and gives that.
func (h header) write(t *testing.T) string {
	t.Helper()
	content, err := os.ReadFile("../../include/zmqjs.h")
	if err != nil {
		t.Fatal(err)
	}
	text := string(content)
	for i := 0; i < len(h.edits); i += 2 {
		if strings.Count(text, h.edits[i]) != 1 {
			t.Fatalf("zmqjs.h does not contain exactly once: %s", h.edits[i])
		}
		text = strings.Replace(text, h.edits[i], h.edits[i+1], 1)
	}
	directory := t.TempDir()
	if err := os.WriteFile(filepath.Join(directory, "zmqjs.h"), []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return directory
}

// A host runs with a library that is older or newer than its header.
func TestGrowth(t *testing.T) {
	directory := testkit.LibraryDir(t)
	for _, h := range headers {
		t.Run(h.name, func(t *testing.T) {
			program := testkit.Host{
				Name:     target.Program("growth"),
				Standard: "c99",
				Flags:    append([]string{"-I" + h.write(t)}, h.defines...),
				Sources:  []string{"growth.c"},
				Library:  directory,
			}.Compile(t)
			line := target.Command(program)
			output, err := exec.Command(line[0], line[1:]...).CombinedOutput()
			if err != nil || string(output) != "ok\n" {
				t.Fatalf("%v\n%s", err, output)
			}
		})
	}
}
