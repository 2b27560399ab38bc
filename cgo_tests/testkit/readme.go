package testkit

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// InstallCommands are the commands of README.md that install from something, a row of its table.
// DIRECTORY in them is the user's choice.
func InstallCommands(t testing.TB, from, directory string) []string {
	t.Helper()
	readme := Read(t, filepath.Join(Root(t), "README.md"))
	row := regexp.MustCompile(`(?m)^\| ` + regexp.QuoteMeta(from) + ` \| (.*?) \|`).FindStringSubmatch(readme)
	if row == nil {
		t.Fatalf("README.md does not install from %q", from)
	}
	var commands []string
	for _, command := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(row[1], -1) {
		commands = append(commands, strings.ReplaceAll(command[1], "DIRECTORY", directory))
	}
	return commands
}
