package hostprocess

import (
	"fmt"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/zmqjs/zmqjs/cgo_tests/testkit"
)

// A denial is a system call that is denied while the library is loaded, or after it.
type denial struct {
	name   string
	number int
	before string // the message if it is denied before loading; "": the library works
	after  string
}

const (
	cannot  = "zmqjs: the library needs "
	without = "no descriptors for the library: "
	mayNot  = "the process may not call "
)

var denials = []denial{
	{"rt_sigaction", syscall.SYS_RT_SIGACTION, cannot + "sigaction()", ""},
	{"rt_sigprocmask", syscall.SYS_RT_SIGPROCMASK, cannot + "sigprocmask()", "\n"}, // a line of Go's or libzmq's
	{"sigaltstack", syscall.SYS_SIGALTSTACK, cannot + "sigaltstack()", needed},
	{"poll", syscall.SYS_POLL, cannot + "poll()", "Operation not permitted"}, // libzmq
	{"eventfd2", syscall.SYS_EVENTFD2, cannot + "eventfd()", without},
	{"epoll_create1", syscall.SYS_EPOLL_CREATE1, cannot + "epoll_create1()", without},
	{"epoll_ctl", syscall.SYS_EPOLL_CTL, without, without},
	{"epoll_pwait", syscall.SYS_EPOLL_PWAIT, without, without},
	{"clone3", 435, cannot + "threads (RLIMIT_NPROC", "not permitted"},                   // Go or libzmq
	{"socket", syscall.SYS_SOCKET, "Operation not permitted", "Operation not permitted"}, // libzmq, as the next ones
	{"bind", syscall.SYS_BIND, "Operation not permitted", "Operation not permitted"},
	{"setsockopt", syscall.SYS_SETSOCKOPT, "Operation not permitted", "Operation not permitted"},
	{"sendto", syscall.SYS_SENDTO, mayNot + "sendto()", mayNot + "sendto()"},
	{"recvfrom", syscall.SYS_RECVFROM, mayNot + "recvfrom()", mayNot + "recvfrom()"},
	{"getsockopt", syscall.SYS_GETSOCKOPT, mayNot + "getsockopt()", mayNot + "getsockopt()"},
	{"connect", syscall.SYS_CONNECT, mayNot + "connect()", mayNot + "connect()"},
	{"accept4", 288, mayNot + "accept4()", mayNot + "accept4()"},
	{"getsockname", syscall.SYS_GETSOCKNAME, mayNot + "getsockname()", mayNot + "getsockname()"},
	{"recvmsg", syscall.SYS_RECVMSG, mayNot + "recvmsg()", mayNot + "recvmsg()"},
	{"fcntl", syscall.SYS_FCNTL, cannot + "fcntl()", without + "fcntl()"},
	{"listen", syscall.SYS_LISTEN, "Operation not permitted", "Operation not permitted"}, // libzmq
	{"epoll_wait", syscall.SYS_EPOLL_WAIT, without + "epoll_wait()", without + "epoll_wait()"},
	{"sched_getscheduler", syscall.SYS_SCHED_GETSCHEDULER, without + "sched_getscheduler()",
		without + "sched_getscheduler()"},
	{"sched_getparam", syscall.SYS_SCHED_GETPARAM, without + "sched_getparam()", without + "sched_getparam()"},
	{"sched_setscheduler", syscall.SYS_SCHED_SETSCHEDULER, without + "sched_setscheduler()",
		without + "sched_setscheduler()"},
	{"mmap", syscall.SYS_MMAP, "failed to map segment", without + "mmap()"}, // the dynamic linker, as the next ones
	{"mprotect", syscall.SYS_MPROTECT, "cannot change memory protections", without + "mprotect()"},
	{"close", syscall.SYS_CLOSE, "cannot close file descriptor", without + "close()"},
	{"openat", syscall.SYS_OPENAT, "cannot open shared object file", ""},
	{"rseq", 334, "rseq registration failed", "rseq registration failed"}, // the C library
	{"write", syscall.SYS_WRITE, without + "write()", without + "write()"},
	{"read", syscall.SYS_READ, "cannot read file data", without + "read()"}, // the dynamic linker
	{"futex", syscall.SYS_FUTEX, cannot + "futex()", without + "futex()"},
	{"newfstatat", syscall.SYS_NEWFSTATAT, "cannot stat shared object", ""}, // the dynamic linker
	{"fstat", syscall.SYS_FSTAT, "", ""},
	{"pread64", syscall.SYS_PREAD64, "", ""},
	{"set_robust_list", syscall.SYS_SET_ROBUST_LIST, "", ""},
	{"clock_nanosleep", syscall.SYS_CLOCK_NANOSLEEP, "", ""},
	{"getpid", syscall.SYS_GETPID, "", ""},
	{"gettid", syscall.SYS_GETTID, "", ""},
	{"munmap", syscall.SYS_MUNMAP, "", ""},
	{"membarrier", 324, "", ""},
	{"getrandom", 318, "", ""},
	{"tgkill", syscall.SYS_TGKILL, "", ""},
	{"madvise", syscall.SYS_MADVISE, "", ""},
	{"sched_getaffinity", syscall.SYS_SCHED_GETAFFINITY, "", ""},
	{"prlimit64", syscall.SYS_PRLIMIT64, "", ""},
	{"readlink", syscall.SYS_READLINK, "", ""},
	{"access", syscall.SYS_ACCESS, "", ""},
	{"getpeername", syscall.SYS_GETPEERNAME, "", ""},
	{"ioctl", syscall.SYS_IOCTL, "", ""},
	{"lseek", syscall.SYS_LSEEK, "", ""},
	{"nanosleep", syscall.SYS_NANOSLEEP, "", ""},
	{"sched_yield", syscall.SYS_SCHED_YIELD, "", ""},
	{"getdents64", syscall.SYS_GETDENTS64, "", ""},
}

// needed marks calls that are needed, and reported, only when Go starts another thread.
const needed = cannot + "sigaltstack()"

// If the library lacks a system call, it names the call, and a call of a function fails if there is
// one.
func TestDenials(t *testing.T) {
	host := usingHost(t, "denied")
	for _, way := range waysOfUse(t) {
		for _, denial := range denials {
			for when, want := range map[string]string{"before": denial.before, "after": denial.after} {
				t.Run(strings.Join([]string{way.name, denial.name, when}, ", "), func(t *testing.T) {
					t.Parallel()
					dir := testkit.Options{Dir: t.TempDir()} // for a core
					result := testkit.Run(t, dir, host, way.path, when, strconv.Itoa(denial.number))
					if when == "after" && want == needed && result.Status == 0 {
						return
					}
					if want == "" {
						without := testkit.Run(t, dir, host, "none", when, strconv.Itoa(denial.number))
						result.Check(t, without.Status, without.Stdout, without.Stderr)
					}
					if (result.Status == 0) != (want == "") || !strings.Contains(result.Stderr, want) {
						t.Errorf("%+v", result)
					}
				})
			}
		}
	}
}

// If a handler cannot return (rt_sigreturn is denied), loading ends the process, because it handles
// a signal: as any other handler does.
func TestNoReturnOfHandlers(t *testing.T) {
	host := usingHost(t, "denied")
	end := func(t *testing.T, library, when string) syscall.Signal {
		dir := testkit.Options{Dir: t.TempDir()} // for a core
		return testkit.Run(t, dir, host, library, when, strconv.Itoa(syscall.SYS_RT_SIGRETURN)).Signal
	}
	without := end(t, "none", "handling")
	for _, way := range waysOfUse(t) {
		t.Run(way.name, func(t *testing.T) {
			if with := end(t, way.path, "before"); with != without || without == 0 {
				t.Errorf("with the library %v, without %v", with, without)
			}
		})
	}
}

// notAllowed is the status of a host that cannot have a limit.
const notAllowed = 77

// If loading has too little address space or data, too small a stack or too few threads, a line reports it.
func TestLimits(t *testing.T) {
	host := usingHost(t, "limits")
	type limit struct {
		kind   string
		number int
		want   string // on standard error; "": it works
	}
	limits := []limit{{"stack", 64 << 10, ""}, {"stack", 32 << 10, ""},
		{"stack", 20 << 10, "a larger stack of the thread that calls dlopen()"}}
	for _, mebibytes := range []int{300, 500, 700} {
		limits = append(limits, limit{"space", mebibytes << 20, "720 MiB of address space (RLIMIT_AS)"})
	}
	limits = append(limits, limit{"data", 44 << 20, "MiB of data (RLIMIT_DATA)"}, limit{"data", 1 << 30, ""})
	limits = append(limits, limit{"space", 4 << 30, ""}, limit{"files", 1 << 20, ""},
		limit{"processes", 1, "threads (RLIMIT_NPROC, or the control group's pids.max)"},
		limit{"processes-late", 1, "Resource temporarily unavailable"}) // libzmq
	for _, way := range waysOfUse(t) {
		for _, limit := range limits {
			t.Run(fmt.Sprintf("%s, %s %d", way.name, limit.kind, limit.number), func(t *testing.T) {
				t.Parallel()
				result := testkit.Run(t, testkit.Options{Dir: t.TempDir()}, host, way.path, limit.kind,
					strconv.Itoa(limit.number))
				if result.Status == notAllowed {
					t.Skipf("SKIPPED: the system does not allow this limit")
				}
				if limit.want == "" {
					without := testkit.Run(t, testkit.Options{}, host, "none", limit.kind, strconv.Itoa(limit.number))
					result.Check(t, without.Status, without.Stdout, without.Stderr)
				}
				if (result.Status == 0) != (limit.want == "") || !strings.Contains(result.Stderr, limit.want) {
					t.Errorf("%+v", result)
				}
			})
		}
	}
}
