package gojavm

import (
	"os"
	"path/filepath"

	"github.com/dop251/goja"
	"golang.org/x/sys/unix"
)

var osConstants = map[string]int{
	"O_RDONLY": unix.O_RDONLY,
	"O_WRONLY": unix.O_WRONLY,
	"O_RDWR":   unix.O_RDWR,
	"O_APPEND": unix.O_APPEND,
	"O_CREAT":  unix.O_CREAT,
	"O_EXCL":   unix.O_EXCL,
	"O_TRUNC":  unix.O_TRUNC,
	"S_IFMT":   unix.S_IFMT,
	"S_IFIFO":  unix.S_IFIFO,
	"S_IFCHR":  unix.S_IFCHR,
	"S_IFDIR":  unix.S_IFDIR,
	"S_IFBLK":  unix.S_IFBLK,
	"S_IFREG":  unix.S_IFREG,
	"S_IFSOCK": unix.S_IFSOCK,
	"S_IFLNK":  unix.S_IFLNK,
	"S_ISGID":  unix.S_ISGID,
	"S_ISUID":  unix.S_ISUID,
	"WNOHANG":  unix.WNOHANG,
}

// newOS makes the os module.
func (vm *VM) newOS() *goja.Object {
	obj := vm.rt.NewObject()
	arg := func(call goja.FunctionCall, i int) string { return toString(vm, call.Argument(i)) }
	// errnoOfPath makes a function of one path that returns 0 or -errno.
	errnoOfPath := func(f func(path string) error) nativeFunc {
		return func(call goja.FunctionCall) goja.Value { return vm.result(f(arg(call, 0))) }
	}
	vm.setFuncs(obj, []funcSpec{
		{"now", 0, vm.now},
		{"sleep", 1, func(call goja.FunctionCall) goja.Value {
			return vm.result(vm.sleep(toDelay(call.Argument(0))))
		}},
		{"sleepAsync", 1, vm.sleepAsync},
		{"setTimeout", 2, vm.setTimer(false)},
		{"clearTimeout", 1, vm.clearTimer},
		{"setReadHandler", 2, vm.setFDHandler(false)},
		{"setWriteHandler", 2, vm.setFDHandler(true)},
		{"signal", 2, vm.osSignal},

		{"getcwd", 0, func(goja.FunctionCall) goja.Value {
			dir, err := unix.Getwd()
			return vm.resultPair(dir, err)
		}},
		{"chdir", 1, errnoOfPath(unix.Chdir)},
		{"mkdir", 1, func(call goja.FunctionCall) goja.Value {
			mode := 0o777
			if len(call.Arguments) > 1 {
				mode = toInt32(call.Argument(1))
			}
			return vm.result(unix.Mkdir(arg(call, 0), uint32(mode)))
		}},
		{"remove", 1, errnoOfPath(remove)},
		{"rename", 2, func(call goja.FunctionCall) goja.Value {
			return vm.result(unix.Rename(arg(call, 0), arg(call, 1)))
		}},
		{"symlink", 2, func(call goja.FunctionCall) goja.Value {
			return vm.result(unix.Symlink(arg(call, 0), arg(call, 1)))
		}},
		{"readlink", 1, func(call goja.FunctionCall) goja.Value {
			target, err := os.Readlink(arg(call, 0))
			return vm.resultPair(target, err)
		}},
		{"realpath", 1, func(call goja.FunctionCall) goja.Value {
			path, err := realpath(arg(call, 0))
			return vm.resultPair(path, err)
		}},
		{"readdir", 1, func(call goja.FunctionCall) goja.Value {
			return vm.readdir(arg(call, 0))
		}},
		{"stat", 1, func(call goja.FunctionCall) goja.Value {
			return vm.stat(arg(call, 0), unix.Stat)
		}},
		{"lstat", 1, func(call goja.FunctionCall) goja.Value {
			return vm.stat(arg(call, 0), unix.Lstat)
		}},
		{"utimes", 3, func(call goja.FunctionCall) goja.Value {
			times := []unix.Timeval{
				unix.NsecToTimeval(toInt64(call.Argument(1)) * 1e6),
				unix.NsecToTimeval(toInt64(call.Argument(2)) * 1e6),
			}
			return vm.result(unix.Utimes(arg(call, 0), times))
		}},

		{"open", 2, vm.osOpen},
		{"close", 1, func(call goja.FunctionCall) goja.Value {
			return vm.result(unix.Close(toInt32(call.Argument(0))))
		}},
		{"seek", 3, vm.osSeek},
		{"read", 4, vm.osRead},
		{"write", 4, vm.osWrite},
		{"isatty", 1, func(call goja.FunctionCall) goja.Value {
			_, err := unix.IoctlGetTermios(toInt32(call.Argument(0)), unix.TCGETS)
			return vm.rt.ToValue(err == nil)
		}},
		{"ttyGetWinSize", 1, func(call goja.FunctionCall) goja.Value {
			size, err := unix.IoctlGetWinsize(toInt32(call.Argument(0)), unix.TIOCGWINSZ)
			if err != nil {
				return goja.Null()
			}
			return vm.rt.NewArray(int(size.Col), int(size.Row))
		}},
		{"ttySetRaw", 1, vm.ttySetRaw},
		{"pipe", 0, func(goja.FunctionCall) goja.Value {
			var fds [2]int
			if unix.Pipe2(fds[:], unix.O_CLOEXEC) != nil {
				return goja.Null()
			}
			return vm.rt.NewArray(fds[0], fds[1])
		}},
		{"dup", 1, func(call goja.FunctionCall) goja.Value {
			fd, err := unix.FcntlInt(uintptr(toInt32(call.Argument(0))), unix.F_DUPFD_CLOEXEC, 0)
			return vm.fdResult(fd, err)
		}},
		{"dup2", 2, func(call goja.FunctionCall) goja.Value {
			from, to := toInt32(call.Argument(0)), toInt32(call.Argument(1))
			_, err := unix.FcntlInt(uintptr(from), unix.F_GETFD, 0)
			if err == nil && from != to {
				err = unix.Dup3(from, to, 0)
			}
			return vm.fdResult(to, err)
		}},

		{"exec", 1, vm.exec},
		{"waitpid", 2, vm.waitpid},
		{"kill", 2, func(call goja.FunctionCall) goja.Value {
			return vm.result(unix.Kill(toInt32(call.Argument(0)), unix.Signal(toInt32(call.Argument(1)))))
		}},
		{"getpid", 0, func(goja.FunctionCall) goja.Value { return vm.rt.ToValue(unix.Getpid()) }},
	})
	vm.setInts(obj, osConstants)
	vm.setInts(obj, signalNumbers)
	rethrow(obj.Set("platform", "linux"))
	return obj
}

// remove is C's remove(3): it takes files and empty directories.
func remove(path string) error {
	err := unix.Unlink(path)
	if err == unix.EISDIR || err == unix.EPERM {
		if rmdirErr := unix.Rmdir(path); rmdirErr != unix.ENOTDIR {
			return rmdirErr
		}
	}
	return err
}

func realpath(path string) (string, error) {
	if path == "" {
		return "", unix.ENOENT
	}
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	return filepath.Abs(real)
}

// readdir returns [names, errno]; the names include "." and "..".
func (vm *VM) readdir(path string) goja.Value {
	dir, err := os.Open(path)
	if err != nil {
		return vm.resultPair(vm.rt.NewArray(), err)
	}
	defer dir.Close()
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return vm.resultPair(vm.rt.NewArray(), err)
	}
	items := []any{".", ".."}
	for _, name := range names {
		items = append(items, name)
	}
	return vm.resultPair(vm.rt.NewArray(items...), nil)
}

func (vm *VM) stat(path string, call func(string, *unix.Stat_t) error) goja.Value {
	var st unix.Stat_t
	if err := call(path, &st); err != nil {
		return vm.resultPair(goja.Null(), err)
	}
	ms := func(t unix.Timespec) int64 { return t.Nano() / 1e6 }
	obj := vm.rt.NewObject()
	for _, f := range []struct {
		name  string
		value int64
	}{
		{"dev", int64(st.Dev)},
		{"ino", int64(st.Ino)},
		{"mode", int64(st.Mode)},
		{"nlink", int64(st.Nlink)},
		{"uid", int64(st.Uid)},
		{"gid", int64(st.Gid)},
		{"rdev", int64(st.Rdev)},
		{"size", st.Size},
		{"blocks", st.Blocks},
		{"atime", ms(st.Atim)},
		{"mtime", ms(st.Mtim)},
		{"ctime", ms(st.Ctim)},
	} {
		rethrow(obj.Set(f.name, f.value))
	}
	return vm.resultPair(obj, nil)
}
