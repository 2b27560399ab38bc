package napi

import (
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// pack is a package as the registry gives it.
type pack struct {
	file     string
	manifest map[string]any
}

// packed reads the package that is in a file.
func packed(pattern string) (*pack, error) {
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) != 1 {
		return nil, &os.PathError{Op: "find", Path: pattern, Err: os.ErrNotExist}
	}
	text, err := exec.Command("tar", "-xOzf", files[0], "package/package.json").Output()
	if err != nil {
		return nil, err
	}
	found := &pack{file: files[0]}
	return found, json.Unmarshal(text, &found.manifest)
}

// serve is a registry with the packages.
func serve(packs ...*pack) *httptest.Server {
	answers := map[string]http.HandlerFunc{} // by path; npm sends that of a scoped name with %2f
	server := httptest.NewServer(http.HandlerFunc(func(response http.ResponseWriter, request *http.Request) {
		if answer := answers[request.URL.Path]; answer != nil {
			answer(response, request)
		} else {
			http.NotFound(response, request)
		}
	}))
	for _, pack := range packs {
		name, version := pack.manifest["name"].(string), pack.manifest["version"].(string)
		tarball := "/files/" + name + "/" + filepath.Base(pack.file)
		answers[tarball] = func(response http.ResponseWriter, request *http.Request) {
			http.ServeFile(response, request, pack.file)
		}
		answers["/"+name] = func(response http.ResponseWriter, _ *http.Request) {
			bytes, err := os.ReadFile(pack.file)
			if err != nil {
				http.Error(response, err.Error(), http.StatusInternalServerError)
				return
			}
			sum := sha512.Sum512(bytes)
			pack.manifest["dist"] = map[string]string{
				"tarball":   server.URL + tarball,
				"integrity": "sha512-" + base64.StdEncoding.EncodeToString(sum[:]),
			}
			_ = json.NewEncoder(response).Encode(map[string]any{
				"name":      name,
				"dist-tags": map[string]string{"latest": version},
				"versions":  map[string]any{version: pack.manifest},
			})
		}
	}
	return server
}

// zeromqDirectory is where the package that has zeromq's name is installed; "" before the first test.
var zeromqDirectory string

// installZeromq installs it as a service would that has used zeromq.
var installZeromq = sync.OnceValues(func() ([]byte, error) {
	var err error
	if zeromqDirectory, err = os.MkdirTemp("", "zmqjs-zeromq-"); err != nil {
		return nil, err
	}
	if output, err := exec.Command("sh", "-ec", `cp -r testdata/zeromq/* testdata/late.mjs "$1"`, "sh", zeromqDirectory).CombinedOutput(); err != nil {
		return output, err
	}
	return installFrom(zeromqDirectory, "zeromq@npm:zmqjs-zeromq", "zmqjs-[0-9]*.tgz", "zmqjs-*-*-*.tgz", "alias/zmqjs-zeromq-*.tgz")
})

// installFrom installs a package for the platform in a directory, from a registry of files that scripts/npm has made.
func installFrom(directory, name string, patterns ...string) (output []byte, err error) {
	var packs []*pack
	for _, pattern := range patterns {
		pack, err := packed(filepath.Join(packages(), pattern))
		if err != nil {
			return nil, err
		}
		packs = append(packs, pack)
	}
	registry := serve(packs...)
	defer registry.Close()
	const script = `cd "$1" && echo '{"private": true}' >package.json &&
		npm install --registry "$2" --cache "$1"/cache --no-audit --no-fund --silent $3 "$4"; status=$?; rm -rf "$1"/cache; exit $status`
	return exec.Command("sh", "-c", script, "sh", directory, registry.URL, strings.Join(asTarget(), " "), name).CombinedOutput()
}

// zeromq is the directory of the scripts for which zeromq is this package.
func zeromq(t *testing.T) string {
	t.Helper()
	installed(t)
	if output, err := installZeromq(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	return zeromqDirectory
}

func TestZeromq(t *testing.T) {
	for _, script := range []string{"contexts", "draft", "events", "options", "proxies", "sockets", "v5", "workers"} {
		t.Run(script, func(t *testing.T) {
			directory := zeromq(t)
			result := runNode(t, testkit.Options{Dir: directory}, "--expose-gc", "--test-reporter=tap", script+".mjs")
			if result.Status != 0 || !strings.Contains(result.Stdout, "\n# fail 0\n") || strings.Contains(result.Stdout, "\n# pass 0\n") {
				t.Errorf("%+v", result)
			}
		})
	}
}

// TestZeromqTypes compiles a program for zeromq in a package of either kind.
func TestZeromqTypes(t *testing.T) {
	hostOnly(t)
	directory := zeromq(t)
	modules := filepath.Join(testkit.Root(t), "cgo_tests", "node_modules")
	source, err := os.ReadFile(filepath.Join(directory, "types.ts"))
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"commonjs", "module"} {
		t.Run(kind, func(t *testing.T) {
			program := filepath.Join(directory, kind)
			files := map[string]string{
				"types.ts":     string(source),
				"package.json": `{"type": "` + kind + `"}`,
				"default.ts":   "import zmq from \"zeromq\";\nexport const socket: InstanceType<typeof zmq.Dealer> = new zmq.Dealer();\n",
			}
			if err := os.MkdirAll(program, 0o777); err != nil {
				t.Fatal(err)
			}
			for name, text := range files {
				if err := os.WriteFile(filepath.Join(program, name), []byte(text), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			result := testkit.Run(t, testkit.Options{Dir: program}, filepath.Join(modules, ".bin", "tsc"), "--strict", "--noEmit", "--target", "es2022",
				"--module", "node16", "--esModuleInterop", "--skipLibCheck", "false", "--types", "node", "--typeRoots", filepath.Join(modules, "@types"),
				"types.ts", "default.ts")
			if result.Status != 0 {
				t.Errorf("%+v", result)
			}
		})
	}
}

const waiting = "WARNING: Waiting for queued ZeroMQ messages to be delivered."

// leave runs a script that exits with a message without a receiver.
func leave(t *testing.T, environment []string, arguments ...string) testkit.Result {
	t.Helper()
	arguments = append([]string{"leaving.mjs"}, arguments...)
	result := runNode(t, testkit.Options{Dir: zeromq(t), Env: environment}, arguments...)
	result.Stderr = strings.ReplaceAll(result.Stderr, "\r\n", "\n") // as a stream of text has them on Windows
	return result
}

// TestZeromqLeaves: a process exits in every callback.
func TestZeromqLeaves(t *testing.T) {
	endpoint := nobody(t)
	statuses := map[string]int{
		"open": 0, "closed": 0, "collected": 0, "exits": 0, "rejection": 1, "send": 3, "receive": 3, "rejected": 3,
		"closing": 3, "bind": 3, "event": 3, "iteration": 3, "proxy": 3, "running": 3,
	}
	for how, status := range statuses {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			result := leave(t, nil, how, endpoint, `{"linger": 0}`)
			if result.Status != status || strings.Contains(result.Stderr, waiting) || (status != 1 && result.Stderr != "") {
				t.Errorf("%+v", result)
			}
		})
	}
}

// TestZeromqWaits: unlike a script of the module itself the process waits for messages as long as
// their linger says, and reports that.
func TestZeromqWaits(t *testing.T) {
	endpoint := nobody(t)
	const linger, hint = `{"linger": 1500}`, "Set 'context.blocky = false' to change this behaviour."
	for _, how := range []string{"open", "closed", "send", "collected"} {
		t.Run(how, func(t *testing.T) {
			t.Parallel()
			started := time.Now()
			result := leave(t, nil, how, endpoint, linger)
			if took := time.Since(started); took < 1500*time.Millisecond {
				t.Errorf("it has waited for %v only", took)
			}
			if strings.Count(result.Stderr, waiting+" "+hint+"\n") != 1 || !strings.HasPrefix(result.Stderr, "(node:") {
				t.Errorf("%+v", result)
			}
		})
	}
	t.Run("without blocky", func(t *testing.T) {
		t.Parallel()
		result := leave(t, nil, "open", endpoint, linger, `{"blocky": false}`)
		if !strings.HasSuffix(result.Stderr, waiting+"\n") {
			t.Errorf("%+v", result)
		}
	})
	t.Run("without blocky nothing lingers", func(t *testing.T) {
		t.Parallel()
		if result := leave(t, nil, "open", endpoint, "{}", `{"blocky": false}`); result.Status != 0 || result.Stderr != "" {
			t.Errorf("%+v", result)
		}
	})
	t.Run("a limit", func(t *testing.T) {
		t.Parallel()
		result := leave(t, []string{"ZMQJS_LEAVE_TIMEOUT=20"}, "open", endpoint)
		if result.Status != 0 || strings.Contains(result.Stderr, waiting) || !strings.Contains(result.Stderr, "what was not sent after 20 ms is lost") {
			t.Errorf("%+v", result)
		}
	})
	t.Run("silence", func(t *testing.T) {
		t.Parallel()
		if result := leave(t, []string{"ZMQJS_LEAVE_REPORT=0"}, "open", endpoint, linger); result.Status != 0 || result.Stderr != "" {
			t.Errorf("%+v", result)
		}
	})
}

// TestZeromqWaitsWithoutEnd: a process with a message that never leaves is there until it is killed.
func TestZeromqWaitsWithoutEnd(t *testing.T) {
	hostOnly(t)
	endpoint := nobody(t)
	child := testkit.Start(t, testkit.Options{Dir: zeromq(t)}, "sh", "-c", `exec node leaving.mjs "$@" 2>&1`, "sh", "send", endpoint)
	if line := child.Line(); !strings.Contains(line, waiting) {
		t.Error(line)
	}
	child.Signal(syscall.SIGINT)
	if result := child.Wait(); result.Signal != syscall.SIGINT {
		t.Errorf("%+v", result)
	}
}
