package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

var (
	programName = regexp.MustCompile(`^(?:/\*|//) (\w+\.\w+) - `)
	makeCommand = regexp.MustCompile("`(?:sudo )?make ([^`]*)`")
)

// TestQuickStart: the programs of README.md run by the commands below them, and print the output below these.
// The program for Node is run with the package, in cgo_tests/napi.
func TestQuickStart(t *testing.T) {
	text := testkit.Read(t, filepath.Join(testkit.Root(t), "README.md"))
	_, text, _ = strings.Cut(text, "\n## Quick start\n")
	text, _, _ = strings.Cut(text, "\n## ")
	all, err := blocks(strings.ReplaceAll(text, "\n\t", "\n  "))
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 4*3 {
		t.Fatalf("%d blocks", len(all))
	}
	r := newReader(t)
	for i := 0; i < len(all); i += 3 {
		program, commands, output := all[i], all[i+1], all[i+2]
		match := programName.FindStringSubmatch(program.code)
		if match == nil || commands.language != "sh" || output.language != "text" {
			t.Fatalf("line %d: %q", program.line, program.code)
		}
		t.Run(match[1], func(t *testing.T) {
			dir, run := r.dir, commands.code
			switch filepath.Ext(match[1]) {
			case ".mjs":
				t.Skip("run in cgo_tests/napi")
			case ".go":
				dir = filepath.Join(r.dir, "hello")
				run = goCommands(t, dir, run)
			}
			r.save(t, filepath.Join(dir, match[1]), program.code)
			if result := r.run(t, run); result.Status != 0 || result.Stdout != output.code || result.Stderr != "" {
				t.Errorf("%s%+v;\nwant the output %q", run, result, output.code)
			}
		})
	}
}

// goCommands runs the commands of a Go program in a directory of its own, without a network. Only the last one may
// print anything.
func goCommands(t *testing.T, dir, commands string) string {
	t.Helper()
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(commands, "DIRECTORY", testkit.Root(t))), "\n")
	last := len(lines) - 1
	return "cd " + dir + "\nexport GOFLAGS=-mod=mod GOPROXY=off GONOSUMDB='*'\n{\n" + strings.Join(lines[:last], "\n") +
		"\n} >messages 2>&1 || { cat messages; exit 1; }\n" + lines[last] + "\n"
}

// TestReadmeTargets: make has the targets and variables that README.md names, and make run prints the
// output that is shown.
func TestReadmeTargets(t *testing.T) {
	text := testkit.Read(t, filepath.Join(testkit.Root(t), "README.md"))
	checkTargets(t, text, 15)
	if !strings.Contains(text, "```text\n"+testkit.DemoOutput+"```\n") {
		t.Error("the output of make run in README.md is not testkit.DemoOutput")
	}
}

// checkTargets checks the targets and variables of make commands in a document, of which there are some.
func checkTargets(t *testing.T, text string, least int) {
	t.Helper()
	makefile := testkit.Read(t, filepath.Join(testkit.Root(t), "Makefile"))
	matches := makeCommand.FindAllStringSubmatch(text, -1)
	if len(matches) < least {
		t.Fatalf("%d commands", len(matches))
	}
	for _, match := range matches {
		for _, word := range regexp.MustCompile(`\w+=("[^"]*"|\S*)|\S+`).FindAllString(match[1], -1) {
			name, _, variable := strings.Cut(word, "=")
			if variable && !regexp.MustCompile(`\b`+name+`\b`).MatchString(makefile) {
				t.Errorf("make %s: there is no variable %s", match[1], name)
			}
			if !variable && !regexp.MustCompile(`(?m)^`+name+`:`).MatchString(makefile) {
				t.Errorf("make %s: there is no target %s", match[1], name)
			}
		}
	}
}
