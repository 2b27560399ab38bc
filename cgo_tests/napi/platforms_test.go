package napi

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// forPlatform is the package of another platform as scripts/npm describes it, with what is in the given one.
func forPlatform(t *testing.T, of *pack, name string) *pack {
	t.Helper()
	root := testkit.Root(t)
	described := testkit.Run(t, testkit.Options{}, "node", filepath.Join(root, "npm/platform/package.js"), filepath.Join(root, "npm/package.json"), name)
	other := &pack{file: of.file}
	if err := json.Unmarshal([]byte(described.Stdout), &other.manifest); err != nil {
		t.Fatalf("%v: %+v", err, described)
	}
	return other
}

// TestPlatforms: from a registry npm takes the addon of the platform, and no other.
func TestPlatforms(t *testing.T) {
	hostOnly(t)
	installed(t) // makes the packages
	var packs []*pack
	for _, pattern := range []string{"../../build/npm/zmqjs-[0-9]*.tgz", "../../build/npm/zmqjs-linux-x64-*.tgz"} {
		found, err := packed(pattern)
		if err != nil {
			t.Fatal(err)
		}
		packs = append(packs, found)
	}
	registry := serve(append(packs, forPlatform(t, packs[1], "linux-arm64"), forPlatform(t, packs[1], "windows-x64"))...)
	defer registry.Close()

	for _, test := range []struct{ options, want, says string }{
		{"", "linux-x64", "8\n"},
		{"--cpu=arm64", "linux-arm64", "is not installed"},
		{"--os=win32 --cpu=x64", "windows-x64", "is not installed"},
		{"--libc=musl", "", "is not installed"},
		{"--omit=optional", "", "with its optional dependencies; there are addons " + allPlatforms},
	} {
		t.Run(test.want+test.options, func(t *testing.T) {
			directory := t.TempDir()
			const script = `cd "$1" && npm init -y >/dev/null && npm install --registry "$2" --cache "$1"/cache \
				--no-audit --no-fund --silent $3 zmqjs`
			if output, err := exec.Command("sh", "-ec", script, "sh", directory, registry.URL, test.options).CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, output)
			}
			entries, _ := os.ReadDir(filepath.Join(directory, "node_modules/@zmqjs"))
			var names []string
			for _, entry := range entries {
				names = append(names, entry.Name())
			}
			if strings.Join(names, " ") != test.want {
				t.Errorf("installed: %q", names)
			}
			result := testkit.Run(t, testkit.Options{Dir: directory}, "node", "-p", `require("zmqjs").PUSH`)
			if said := result.Stdout + result.Stderr; !strings.Contains(said, test.says) {
				t.Errorf("%s instead of %s", said, test.says)
			}
		})
	}
}

// TestForeignPackage: npm does not install the package of another platform, and says which that is for.
func TestForeignPackage(t *testing.T) {
	hostOnly(t)
	installed(t) // makes the packages
	own, err := packed("../../build/npm/zmqjs-linux-x64-*.tgz")
	if err != nil {
		t.Fatal(err)
	}
	registry := serve(forPlatform(t, own, "linux-arm64"), forPlatform(t, own, "windows-x64"))
	defer registry.Close()
	for name, wanted := range map[string]string{"windows-x64": `"os":"win32"`, "linux-arm64": `"cpu":"arm64"`} {
		t.Run(name, func(t *testing.T) {
			directory := t.TempDir()
			const script = `cd "$1" && npm init -y >/dev/null && npm install --registry "$2" --cache "$1"/cache \
				--no-audit --no-fund "@zmqjs/$3"`
			output, err := exec.Command("sh", "-ec", script, "sh", directory, registry.URL, name).CombinedOutput()
			if err == nil || !strings.Contains(string(output), "Unsupported platform for @zmqjs/"+name) || !strings.Contains(string(output), wanted) {
				t.Errorf("%v\n%s", err, output)
			}
		})
	}
}

// TestCopiedInstallation: an installation that was copied from another platform, or has its files, says where there are
// addons.
func TestCopiedInstallation(t *testing.T) {
	own := filepath.Base(filepath.Dir(addon(t, installed(t))))
	for _, test := range []struct{ name, move, says string }{
		{"package", `mv own other`, "the package @zmqjs/" + own + ", which has the addon of zmqjs for this platform, is not installed"},
		{"file", `echo "a file of another system" > own/zmqjs.node`, "the addon of zmqjs does not load"},
		{"library", `rm own/*zmqjs-lean*`, "the addon of zmqjs does not load"},
	} {
		t.Run(test.name, func(t *testing.T) {
			directory := workspace(t)
			script := strings.ReplaceAll(test.move, "own", own)
			must(t, "sh", "-ec", `cd "$1"/node_modules/@zmqjs; `+script, "sh", directory)
			result := runNode(t, testkit.Options{Dir: directory}, "-e", `try { require("zmqjs") } catch (error) { console.log(error.message) }`)
			if result.Status != 0 || !strings.HasPrefix(result.Stdout, test.says) || !strings.Contains(result.Stdout, "there are addons "+allPlatforms) {
				t.Errorf("%+v", result)
			}
		})
	}
}

// addon is the file of the addon in an installation.
func addon(t *testing.T, directory string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(directory, "node_modules/@zmqjs/*/zmqjs.node"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	return files[0]
}

func must(t *testing.T, program string, arguments ...string) {
	t.Helper()
	if output, err := exec.Command(program, arguments...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
}

const allPlatforms = "only for linux-arm64, linux-x64, windows-x64 (on Linux with glibc 2.28 or newer, not musl)"

// TestOtherPlatforms: where there is no addon, the error says where there is one.
func TestOtherPlatforms(t *testing.T) {
	directory := installed(t)
	result := runNode(t, testkit.Options{Dir: directory}, "-e",
		`for (const [name, value] of Object.entries({ platform: "sunos", arch: "x64" })) Object.defineProperty(process, name, { value });
		require("zmqjs")`)
	const want = "zmqjs has no addon for sunos-x64, " + allPlatforms
	if result.Status == 0 || !strings.Contains(result.Stderr, want) {
		t.Errorf("%+v", result)
	}
}

// TestListOfPlatforms: the addon is looked for where the package has optional dependencies, in its own version.
func TestListOfPlatforms(t *testing.T) {
	hostOnly(t)
	installed(t) // makes the packages
	main, err := packed("../../build/npm/zmqjs-[0-9]*.tgz")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for name, version := range main.manifest["optionalDependencies"].(map[string]any) {
		if version != main.manifest["version"] {
			t.Errorf("%s: %s", name, version)
		}
		names = append(names, `"`+strings.TrimPrefix(name, "@zmqjs/")+`"`)
	}
	slices.Sort(names)
	list := "const platforms = [" + strings.Join(names, ", ") + "];"
	if text := testkit.Read(t, filepath.Join(testkit.Root(t), "npm/addon.js")); !strings.Contains(text, list) {
		t.Errorf("addon.js does not have %s", list)
	}
}

// TestNames: an import has the names of the declarations, by which scripts/npm writes it, and these are all.
func TestNames(t *testing.T) {
	directory := installed(t)
	const script = `(async () => {
		for (const name of ["zmqjs", "zmqjs/promises"]) {
			const exported = Object.keys(require(name)).sort().join(), imported = await import(name);
			console.log(name, exported.length > 50,
				Object.keys(imported).filter((key) => !["default", "module.exports"].includes(key)).sort().join() === exported);
		}
	})()`
	result := runNode(t, testkit.Options{Dir: directory}, "-e", script)
	if result.Status != 0 || result.Stdout != "zmqjs true true\nzmqjs/promises true true\n" {
		t.Errorf("%+v", result)
	}
}

// TestInstalledSize: what npm installs is not large.
func TestInstalledSize(t *testing.T) {
	const limit = 9_000_000 // bytes
	var size int64
	files := 0
	err := filepath.WalkDir(filepath.Join(installed(t), "node_modules"), func(_ string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err == nil {
			size += info.Size()
			files++
		}
		return err
	})
	t.Logf("%d bytes in %d files", size, files)
	if addon, statErr := os.Stat(addon(t, installed(t))); err != nil || statErr != nil || size < addon.Size() || size > limit {
		t.Errorf("%d bytes, more than %d: %v, %v", size, limit, err, statErr)
	}
}
