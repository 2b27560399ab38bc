package gojavm

import (
	"bytes"
	"errors"
	"io"
	"os"
	"runtime"
	"sync"

	"github.com/dop251/goja"

	"github.com/zmqjs/zmqjs/jsglue/gojavm/internal/posix"
)

const fileBufferSize = 4096

// stdFile is a FILE object of the std module. Files are buffered, standard output
// and standard error are not.
type stdFile struct {
	vm    *VM
	state *fileState
	cmd   *child // of popen
}

// fileState is the part of a stdFile that outlives it, so that the file can be flushed
// and closed when the FILE object is garbage.
type fileState struct {
	mu         sync.Mutex
	fd         int // -1 for a standard stream that the host did not provide
	closed     bool
	borrowed   bool // the host owns the descriptor
	unbuffered bool
	blocks     bool   // a write may wait for a reader
	out        []byte // buffered output
	in         []byte // read ahead
	eof, err   bool
}

var errFileClosed = errors.New("invalid file handle")

// fileSet holds the open files. They are flushed when a run ends and closed with
// the VM.
type fileSet struct {
	mu   sync.Mutex
	open map[*fileState]struct{}
}

func (s *fileSet) add(f *fileState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open == nil {
		s.open = make(map[*fileState]struct{})
	}
	s.open[f] = struct{}{}
}

func (s *fileSet) remove(f *fileState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.open, f)
}

func (s *fileSet) all() []*fileState {
	s.mu.Lock()
	defer s.mu.Unlock()
	files := make([]*fileState, 0, len(s.open))
	for f := range s.open {
		files = append(files, f)
	}
	return files
}

func (s *fileSet) flush() {
	for _, f := range s.all() {
		f.mu.Lock()
		_ = f.flush(nil)
		f.mu.Unlock()
	}
}

func (s *fileSet) close() {
	for _, f := range s.all() {
		_ = f.close(nil)
		s.remove(f)
	}
}

// newFile makes a stdFile that owns fd.
func (vm *VM) newFile(fd int) *stdFile {
	state := &fileState{fd: fd, blocks: posix.MayBlock(fd)}
	f := &stdFile{vm: vm, state: state}
	files := &vm.files
	files.add(state)
	runtime.AddCleanup(f, func(state *fileState) {
		// A cleanup must not block, and closing may wait for a reader.
		go func() {
			_ = state.close(nil)
			files.remove(state)
		}()
	}, state)
	return f
}

// initStdio opens the standard streams.
func (vm *VM) initStdio() {
	open := func(file *os.File) *stdFile {
		state := &fileState{fd: -1, borrowed: true, unbuffered: true}
		if file != nil {
			state.fd = posix.DescriptorOf(file)
			state.blocks = posix.MayBlock(state.fd)
		}
		return &stdFile{vm: vm, state: state}
	}
	vm.stdin = open(vm.opts.Stdin)
	vm.stdout = open(vm.opts.Stdout)
	vm.stderr = open(vm.opts.Stderr)
}

// closeTimeout is the longest wait, in milliseconds, for the reader of a full pipe
// when a file is closed outside of a run.
const closeTimeout = 1000

// put writes all of p to the descriptor. If writing may block, it writes no more at a
// time than a ready pipe takes without blocking, so that an interrupt can end the wait.
// Without a VM it waits closeTimeout at most.
func (s *fileState) put(vm *VM, p []byte) error {
	const pipeBuf = 4096
	for len(p) > 0 {
		chunk := p
		if s.blocks {
			chunk = p[:min(len(p), pipeBuf)]
			if vm != nil {
				if err := vm.waitFD(s.fd, posix.POLLOUT, false); err != nil {
					return err
				}
			} else {
				fds := []posix.PollFd{{Fd: int32(s.fd), Events: posix.POLLOUT}}
				if n, err := posix.Poll(fds, closeTimeout); err == nil && n == 0 {
					return posix.EAGAIN
				}
			}
		}
		n, err := posix.Write(s.fd, chunk)
		if err != nil && err != posix.EINTR && err != posix.EAGAIN {
			return err
		}
		p = p[max(n, 0):]
	}
	return nil
}

// readFD waits for input and reads the available bytes. An interrupt ends the wait;
// it could not end read(2).
func (vm *VM) readFD(fd int, p []byte, signals bool) (int, error) {
	for {
		if err := vm.waitFD(fd, posix.POLLIN, signals); err != nil {
			return 0, err
		}
		n, err := posix.Read(fd, p)
		switch err {
		case nil:
			return n, nil
		case posix.EINTR, posix.EAGAIN:
		default:
			return 0, err
		}
	}
}

// flush writes the buffered output, and discards bytes that were read ahead by seeking
// back to the script's position. The caller holds the lock.
func (s *fileState) flush(vm *VM) error {
	if len(s.in) > 0 && !s.borrowed && !s.closed {
		if _, err := posix.Seek(s.fd, -int64(len(s.in)), io.SeekCurrent); err == nil {
			s.in = nil
		}
	}
	if len(s.out) == 0 {
		return nil
	}
	out := s.out
	s.out = nil
	if err := s.put(vm, out); err != nil {
		s.err = true
		return err
	}
	return nil
}

func (s *fileState) close(vm *VM) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	err := s.flush(vm)
	s.closed = true
	if s.borrowed {
		return err
	}
	if closeErr := posix.Close(s.fd); err == nil {
		err = closeErr
	}
	return err
}

// write writes p and returns the number of bytes accepted, 0 on an error.
func (f *stdFile) write(p []byte) int {
	s := f.state
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fd < 0 || s.closed {
		return len(p)
	}
	if len(s.in) > 0 && s.flush(f.vm) != nil {
		return 0
	}
	if s.unbuffered {
		if err := s.put(f.vm, p); err != nil {
			s.err = true
			if err == posix.EPIPE && f == f.vm.stdout {
				// SIGPIPE would end a C program. The threads of the library
				// block it.
				f.vm.exitNow(128 + posix.SIGPIPE)
			}
			return 0
		}
		return len(p)
	}
	s.out = append(s.out, p...)
	if len(s.out) >= fileBufferSize && s.flush(f.vm) != nil {
		return 0
	}
	return len(p)
}

// fill reads ahead if the buffer is empty. It returns false at the end of the file or on
// an error.
func (f *stdFile) fill() bool {
	s := f.state
	if len(s.in) > 0 {
		return true
	}
	if s.fd < 0 || s.closed {
		s.eof = true
		return false
	}
	if s.flush(f.vm) != nil {
		return false
	}
	buf := make([]byte, fileBufferSize)
	n, err := f.vm.readFD(s.fd, buf, false)
	switch {
	case err != nil:
		s.err = true
		return false
	case n == 0:
		s.eof = true
		return false
	}
	s.in = buf[:n]
	return true
}

// read fills p up to the end of the file, and returns the number of bytes.
func (f *stdFile) read(p []byte) int {
	f.state.mu.Lock()
	defer f.state.mu.Unlock()
	done := 0
	for done < len(p) && f.fill() {
		n := copy(p[done:], f.state.in)
		f.state.in = f.state.in[n:]
		done += n
	}
	return done
}

// readString reads up to limit bytes, all if limit is negative.
func (f *stdFile) readString(limit int64) []byte {
	f.state.mu.Lock()
	defer f.state.mu.Unlock()
	var data []byte
	for (limit < 0 || int64(len(data)) < limit) && f.fill() {
		n := int64(len(f.state.in))
		if limit >= 0 {
			n = min(n, limit-int64(len(data)))
		}
		data = append(data, f.state.in[:n]...)
		f.state.in = f.state.in[n:]
	}
	return data
}

// readLine reads a line and drops its newline. It returns false at the end of the file.
func (f *stdFile) readLine() ([]byte, bool) {
	f.state.mu.Lock()
	defer f.state.mu.Unlock()
	var line []byte
	for f.fill() {
		at := bytes.IndexByte(f.state.in, '\n')
		if at >= 0 {
			line = append(line, f.state.in[:at]...)
			f.state.in = f.state.in[at+1:]
			return line, true
		}
		line = append(line, f.state.in...)
		f.state.in = nil
	}
	return line, len(line) > 0
}

// readAll reads standard input for RunFile.
func (f *stdFile) readAll() ([]byte, error) {
	data := f.readString(-1)
	if f.state.err {
		return nil, posix.EIO
	}
	return data, nil
}

func (f *stdFile) seek(offset int64, whence int) error {
	s := f.state
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.flush(f.vm); err != nil {
		return err
	}
	if whence == io.SeekCurrent {
		offset -= int64(len(s.in)) // flush does not move a borrowed descriptor back
	}
	if _, err := posix.Seek(s.fd, offset, whence); err != nil {
		return err
	}
	s.in = nil
	s.eof = false
	return nil
}

func (f *stdFile) tell() (int64, error) {
	s := f.state
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.out) > 0 { // the position of appended bytes is known only after the write
		if err := s.flush(f.vm); err != nil {
			return -1, err
		}
	}
	at, err := posix.Seek(s.fd, 0, io.SeekCurrent)
	if err != nil {
		return -1, err
	}
	return at - int64(len(s.in)), nil
}

// fileSymbol is the key of the property that holds a FILE object's stdFile.
var fileSymbol = goja.NewSymbol("FILE")

// fileObject creates the script's object for f.
func (vm *VM) fileObject(f *stdFile) *goja.Object {
	obj := vm.rt.CreateObject(vm.fileProto)
	rethrow(obj.DefineDataPropertySymbol(fileSymbol, vm.rt.ToValue(f), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE))
	return obj
}

// fileOf returns the stdFile of a FILE object. It throws if v is not a FILE object or
// the file is closed.
func (vm *VM) fileOf(v goja.Value) *stdFile {
	if obj, ok := v.(*goja.Object); ok {
		if held := obj.GetSymbol(fileSymbol); held != nil {
			if f, ok := held.Export().(*stdFile); ok {
				if f.isClosed() {
					vm.throwType(errFileClosed.Error())
				}
				return f
			}
		}
	}
	vm.throwType("not a FILE object")
	return nil
}

func (f *stdFile) isClosed() bool {
	f.state.mu.Lock()
	defer f.state.mu.Unlock()
	return f.state.closed
}
