# zmqjs: `make help` lists the targets.

PREFIX ?= /usr/local
DESTDIR ?=
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
CC = gcc
GO = go
BUILD = build

# Another libzmq than pkg-config's: make ZMQ_CFLAGS=-I/there/include ZMQ_LIBS="-L/there -lzmq"
ZMQ_CFLAGS ?=
ZMQ_LIBS ?=

# One inside the library, with the draft API, which nothing outside sees: make ZMQ=static. It is built
# once, by $(CC) and $(CXX), in $(STATIC). CXX_LIBS is how $(CC) links in the C++ library. With WSS=1 too
# it has wss://, by the system's GnuTLS.
ZMQ ?=
WSS ?=
CXX = g++
CXX_LIBS = -static-libgcc -l:libstdc++.a
STATIC = build/static/system$(WSS:%=-wss)
STATIC_HOST =
ifeq ($(ZMQ),static)
STATIC_CFLAGS := -I$(abspath $(STATIC))/include -DZMQJS_UNWINDER_INSIDE
STATIC_LIBS := -L$(abspath $(STATIC))/lib -l:libzmq.a -l:libsodium.a $(CXX_LIBS) $(WSS:%=-lgnutls)
ifneq ($(filter-out $(STATIC_CFLAGS) $(STATIC_LIBS),$(ZMQ_CFLAGS) $(ZMQ_LIBS)),)
$(error ZMQ=static, which packages are made with, builds a libzmq: ZMQ_CFLAGS and ZMQ_LIBS cannot name another)
endif
ZMQ_CFLAGS := $(STATIC_CFLAGS)
ZMQ_LIBS := $(STATIC_LIBS)
endif

# SANITIZE=thread, say, has gcc add its checks to the C code; programs that load the library
# need them too.
SANITIZE ?=

# The release build is stripped, and what was taken away is in a file beside it (.debug); make STRIP=
# keeps it in the library.
STRIP ?= strip
LDFLAGS ?=
CPPFLAGS ?=
OBJCOPY = objcopy

comma := ,
VERSION := $(shell sed -n 's/^\#define ZMQJS_VERSION_\(MAJOR\|MINOR\|PATCH\) //p' include/zmqjs.h | paste -sd.)
MAJOR := $(firstword $(subst ., ,$(VERSION)))
LDFLAGS_SO := -Wl,--version-script=$(CURDIR)/capi/zmqjs.map
# See capi/unwinder_linux.c, which has the list.
ifeq ($(ZMQ),static)
LDFLAGS_SO += $(patsubst %,-Wl$(comma)-wrap=%,$(shell sed -n 's/^    X(\(_Unwind_.*\)).*/\1/p' capi/unwinder_linux.c))
endif
# Go does not preempt by SIGURG, which would be taken from the host (goroutines yield when
# they call functions), nor keep the descriptors by which it watches the limits of a cgroup.
GODEFAULTS := -X runtime.godebugDefault=asyncpreemptoff=1,containermaxprocs=0,updatemaxprocs=0
CFLAGS_C := -std=c99 -O2 -Wall -Wextra -Wpedantic -Werror

# Go asks pkg-config all the same, and does not notice when its answer changes; so it
# gets an empty answer, and the flags in variables that it does watch.
ifneq ($(ZMQ_CFLAGS)$(ZMQ_LIBS)$(SANITIZE),)
export PKG_CONFIG_PATH := $(abspath $(BUILD))/pkgconfig:$(PKG_CONFIG_PATH)
export CGO_CPPFLAGS := $(CPPFLAGS)
export CGO_CFLAGS := -O2 -g $(ZMQ_CFLAGS) $(SANITIZE:%=-fsanitize=%)
export CGO_LDFLAGS := -O2 -g $(ZMQ_LIBS) $(SANITIZE:%=-fsanitize=%)
endif

.PHONY: all help lean static cross test-cross bundle npm dist deb demo run test test-runtimes check deps bench soak conformance generate site lint fuzz install install-debug uninstall clean dependencies libzmq-pc lib runner

all: lib lean runner ## build both libraries and the runner (the default)

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | column -t -s'|'

dependencies: ## install what is missing (Debian; may ask for the root password)
	@scripts/dependencies

static: ## build the libzmq that make ZMQ=static links into the library; WSS=1: with wss://
	@scripts/dependencies static $(WSS:%=wss)
	@WSS='$(WSS)' CC='$(CC)' CXX='$(CXX)' AR='$(AR)' RANLIB='$(RANLIB)' scripts/static-libzmq $(STATIC) $(STATIC_HOST)

# What pkg-config finds instead of libzmq's own file.
libzmq-pc: $(if $(filter static,$(ZMQ)),static)
	@mkdir -p $(BUILD)/pkgconfig
	@rm -f $(BUILD)/pkgconfig/libzmq.pc
	@test -z '$(ZMQ_CFLAGS)$(ZMQ_LIBS)' || \
		printf 'Name: libzmq\nDescription: ZeroMQ\nVersion: 4\n' > $(BUILD)/pkgconfig/libzmq.pc
	@CC='$(CC)' GO='$(GO)' LDFLAGS='$(LDFLAGS)' ZMQ_CFLAGS='$(ZMQ_CFLAGS)' ZMQ_LIBS='$(ZMQ_LIBS)' scripts/prerequisites

# $(call separate_symbols,LIBRARY)
separate_symbols = $(OBJCOPY) --only-keep-debug $(1) $(1).debug && chmod -x $(1).debug && $(STRIP) $(1) && \
	$(OBJCOPY) --add-gnu-debuglink=$(1).debug $(1)

# $(call build_library,DIRECTORY,NAME,OPTIONS)
# Go does not notice when the version script changes, so what it has made goes first.
build_library = rm -f $(1)/$(2).so.$(VERSION) && $(GO) build $(3) -trimpath -buildmode=c-shared \
	-ldflags '$(GODEFAULTS) -extldflags "$(LDFLAGS_SO) -Wl,-soname,$(2).so.$(MAJOR)"' \
	-o $(1)/$(2).so.$(VERSION) ./capi && \
	$(if $(STRIP),$(call separate_symbols,$(1)/$(2).so.$(VERSION)) &&) \
	rm -f $(1)/$(2).so.h $(1)/$(2).so.$(MAJOR).$(word 2,$(subst ., ,$(VERSION))).h && \
	ln -sf $(2).so.$(VERSION) $(1)/$(2).so.$(MAJOR) && ln -sf $(2).so.$(MAJOR) $(1)/$(2).so

# $(call name_as_full,DIRECTORY)
# Under the name of the full library the lean one takes its place in programs that were linked with that.
name_as_full = ln -sf libzmqjs-lean.so.$(MAJOR) $(1)/libzmqjs.so.$(MAJOR) && ln -sf libzmqjs.so.$(MAJOR) $(1)/libzmqjs.so

lib: libzmq-pc
	$(call build_library,$(BUILD),libzmqjs)

lean: libzmq-pc ## build the library without the bundled engine, in build/lean
	@mkdir -p $(BUILD)/lean
	$(call build_library,$(BUILD)/lean,libzmqjs-lean,-tags lean)
	@$(call name_as_full,$(BUILD)/lean)

cross: ## build for another platform, in build/TARGET: make cross TARGET=linux-arm64
	@scripts/cross '$(TARGET)'

test-cross: ## run its tests, in an emulator if need be: make test-cross TARGET=linux-arm64
	@scripts/test-cross '$(TARGET)'

# What packages carry runs with every glibc from 2.28 on, and needs no libstdc++. zig is the compiler
# that can do that, for another platform too: make npm TARGET=linux-arm64 leaves build/linux-arm64/npm.
ZIG = build/zig
HOST_linux-x64 = x86_64-linux-gnu
HOST_linux-arm64 = aarch64-linux-gnu
GO_linux-x64 = GOOS=linux GOARCH=amd64 CGO_ENABLED=1
GO_linux-arm64 = GOOS=linux GOARCH=arm64 CGO_ENABLED=1
PLATFORM = $(or $(TARGET),linux-x64)
PACKAGE_HOST = $(or $(HOST_$(PLATFORM)),$(error there are no such packages for $(PLATFORM): TARGET is linux-x64 or linux-arm64, and with make npm and make dist also windows-x64))
PACKAGE_TARGET = $(PACKAGE_HOST).2.28
ZIG_TOOLS = CC=$(abspath $(ZIG)/$(PACKAGE_TARGET))/cc CXX=$(abspath $(ZIG)/$(PACKAGE_TARGET))/c++ \
	AR=$(abspath $(ZIG)/$(PACKAGE_TARGET))/ar RANLIB=$(abspath $(ZIG)/$(PACKAGE_TARGET))/ranlib CXX_LIBS=-lc++ \
	STRIP=$(PACKAGE_HOST)-strip OBJCOPY=$(PACKAGE_HOST)-objcopy
PACKAGE_STATIC = build/static/$(PACKAGE_TARGET)
PACKAGES = $(BUILD)$(TARGET:%=/%)

BUNDLE_TOOLS = CPPFLAGS=-D_FORTIFY_SOURCE=2 ZMQ=static STATIC=$(abspath $(PACKAGE_STATIC)) STATIC_HOST=$(if $(TARGET),$(PACKAGE_HOST)) $(ZIG_TOOLS)

# $(call build_bundle,PARTS)
define build_bundle
	@scripts/dependencies bundle $(TARGET)
	@scripts/zig $(ZIG) $(PACKAGE_TARGET)
	@$(GO_$(PLATFORM)) $(MAKE) --no-print-directory $(1) BUILD=$(PACKAGES)/bundle $(BUNDLE_TOOLS)
	@mkdir -p $(PACKAGES)/bundle
	@{ cat THIRD_PARTY_NOTICES $(PACKAGE_STATIC)/notices; scripts/zig-notices $(ZIG); } > $(PACKAGES)/bundle/NOTICES
endef

bundle: ## build the libraries and the runner with a libzmq inside, for older systems too, in build/bundle; TARGET=linux-arm64
	$(call build_bundle,lib lean runner)

npm: ## make the npm packages, zmqjs-VERSION.tgz and the platform's, in build/npm; TARGET=linux-arm64 or windows-x64
ifeq ($(TARGET),windows-x64)
	@scripts/cross $(TARGET)
	scripts/npm build/$(TARGET) $(PACKAGES)/npm $(TARGET)
else
	@scripts/dependencies npm
	$(call build_bundle,lean)
	$(ZIG_TOOLS) scripts/npm $(PACKAGES)/bundle $(PACKAGES)/npm $(PLATFORM)
endif

dist: ## make an archive that runs wherever it is unpacked, in build/dist; TARGET=linux-arm64 or windows-x64
ifeq ($(TARGET),windows-x64)
	@scripts/dependencies zip
	@scripts/cross $(TARGET)
	scripts/dist build/$(TARGET) $(PACKAGES)/dist $(VERSION) windows-x86_64
else
	$(call build_bundle,lib lean runner)
	$(ZIG_TOOLS) scripts/dist $(PACKAGES)/bundle $(PACKAGES)/dist $(VERSION) linux-$(firstword $(subst -, ,$(PACKAGE_HOST)))
endif

deb: ## make Debian's packages, in build/deb; TARGET=linux-arm64
	@test '$(PACKAGE_HOST)' && scripts/dependencies deb
	$(call build_bundle,static)
	@$(GO_$(PLATFORM)) TOOLS='$(BUNDLE_TOOLS)' scripts/deb $(PACKAGES)/bundle $(PACKAGES)/deb $(PLATFORM)

RUNNER_C = $(filter-out %_windows.c,$(wildcard cmd/zmqjs/*.c))
# $(call build_runner,FILE,WHERE IT FINDS THE LIBRARY, if not where the system looks)
build_runner = $(CC) $(CPPFLAGS) $(CFLAGS_C) -fPIE -D_POSIX_C_SOURCE=200809L -Iinclude $(RUNNER_C) -pthread \
	-pie $(LDFLAGS) -L$(BUILD) -lzmqjs $(if $(2),-Xlinker -rpath -Xlinker '$(2)') -o '$(1)'

runner: lib
	$(call build_runner,$(BUILD)/zmqjs,$$ORIGIN)

run: dependencies ## install what is missing, build, and show the three example scripts
	@$(MAKE) --no-print-directory all
	@scripts/demo

PORT ?= 8080

demo: all npm ## serve a page that moves motion vectors (examples/motion); PORT=number, VIDEO=file: with fflive
	@scripts/demo-web $(BUILD)/npm $(BUILD)/demo $(PORT) $(RUNNER)

test: dependencies ## install what is missing, build, and run every test; TEST262=DIR: a sample of tc39/test262 too
	@$(MAKE) --no-print-directory all lean
	scripts/test

test-runtimes: all npm ## run the npm package in Node 18 to 24, Bun, Deno, jest and vitest, which it installs
	scripts/test-runtimes

check: all ## unit tests, the fake engine, the suite in the bundled engine: about two minutes; installs nothing
	scripts/check

deps: ## print the Debian packages that are missing for make test and make lint; install none
	@scripts/dependencies -n test lint bundle npm deb

FUZZTIME ?= 60s

fuzz: dependencies ## fuzz scripts, the C ABI, the wire and the engine; FUZZTIME=60s for each part
	@$(MAKE) --no-print-directory all
	scripts/fuzz $(FUZZTIME)

RUNNER ?= $(BUILD)/zmqjs

conformance: ## run the conformance suite; RUNNER='command' is what runs a script (default: build/zmqjs)
	@scripts/conformance $(RUNNER)

ROUNDS ?= 5
MESSAGES ?= 1000000

bench: dependencies ## measure; MESSAGES=1000000: the longest row; PEERS=1: other modules too; REFERENCE='command' LINKED='command': two hosts
	@$(MAKE) --no-print-directory all
	@$(if $(PEERS),scripts/dependencies test && scripts/npm-ci)
	$(GO) run ./bench -rounds $(ROUNDS) -messages $(MESSAGES) $(if $(PEERS),-peers) -reference '$(REFERENCE)' -linked '$(LINKED)'

SOAKTIME ?= 10m

soak: dependencies ## run every pattern for a time (SOAKTIME=10m), and look at memory meanwhile: build/soak; ZMQ=static: drafts too
	@$(MAKE) --no-print-directory all
	$(GO) run ./cgo_tests/soak -time $(SOAKTIME) -runner $(BUILD)/zmqjs -output $(BUILD)/soak

generate: ## write the type declarations and the reference's tables from the module's table
	@scripts/generate

site: ## build the documents as a static site with search, in build/site; installs npm
	@scripts/dependencies npm
	@scripts/site $(BUILD)/site

lint: ## gofmt, vet, staticcheck, clang-tidy, shellcheck
	scripts/lint

# Where the runner, installed, finds the library.
RUNPATH = $$ORIGIN/$(shell realpath -m --relative-to=$(PREFIX)/bin $(LIBDIR))
ROOT = $(DESTDIR)$(PREFIX)

# $(call install_library,DIRECTORY,NAME)
define install_library
	install -m 755 $(1)/lib$(2).so.$(VERSION) '$(DESTDIR)$(LIBDIR)/'
	ln -sf lib$(2).so.$(VERSION) '$(DESTDIR)$(LIBDIR)/lib$(2).so.$(MAJOR)'
	ln -sf lib$(2).so.$(MAJOR) '$(DESTDIR)$(LIBDIR)/lib$(2).so'
	sed -e 's|@PREFIX@|$(PREFIX)|; s|@LIBDIR@|$(LIBDIR)|; s|@INCLUDEDIR@|$(INCLUDEDIR)|; s|@VERSION@|$(VERSION)|; s|@NAME@|$(2)|' \
		cmd/zmqjs/zmqjs.pc.in > '$(DESTDIR)$(LIBDIR)/pkgconfig/$(2).pc'
endef

install: ## install to PREFIX (below DESTDIR)
	install -d '$(DESTDIR)$(LIBDIR)/pkgconfig' '$(DESTDIR)$(INCLUDEDIR)' '$(ROOT)/bin' '$(ROOT)/share/man/man1'
	$(call install_library,$(BUILD),zmqjs)
	$(if $(wildcard $(BUILD)/lean),$(call install_library,$(BUILD)/lean,zmqjs-lean))
	install -m 644 include/*.h '$(DESTDIR)$(INCLUDEDIR)/'
	$(call build_runner,$(ROOT)/bin/zmqjs,$(RUNPATH))
	install -m 644 cmd/zmqjs/zmqjs.1 '$(ROOT)/share/man/man1/'
	install -d '$(ROOT)/share/zmqjs'
	install -m 644 types/zmq.d.ts types/engine.d.ts cmd/suppressions/*.supp '$(ROOT)/share/zmqjs/'

# gdb looks there.
install-debug: ## install the symbols of what make install installs, for debuggers
	install -d '$(DESTDIR)$(LIBDIR)/.debug'
	install -m 644 $(wildcard $(BUILD)/libzmqjs.so.*.debug $(BUILD)/lean/libzmqjs-lean.so.*.debug) '$(DESTDIR)$(LIBDIR)/.debug/'

uninstall: ## undo install
	for file in $(notdir $(wildcard include/*.h)); do rm -f '$(DESTDIR)$(INCLUDEDIR)'/$$file; done
	for name in zmqjs zmqjs-lean; do rm -f '$(DESTDIR)$(LIBDIR)'/lib$$name.so '$(DESTDIR)$(LIBDIR)'/lib$$name.so.$(MAJOR) \
		'$(DESTDIR)$(LIBDIR)'/lib$$name.so.$(VERSION) '$(DESTDIR)$(LIBDIR)'/pkgconfig/$$name.pc; done
	rm -f '$(ROOT)/bin/zmqjs' '$(ROOT)/share/man/man1/zmqjs.1' \
		'$(ROOT)/share/zmqjs/zmq.d.ts' '$(ROOT)/share/zmqjs/engine.d.ts' '$(ROOT)'/share/zmqjs/*.supp
	rm -f '$(DESTDIR)$(LIBDIR)'/.debug/libzmqjs*.debug
	-test ! -d '$(DESTDIR)$(LIBDIR)/.debug' || rmdir --ignore-fail-on-non-empty '$(DESTDIR)$(LIBDIR)/.debug'
	-rmdir --ignore-fail-on-non-empty '$(ROOT)/share/zmqjs'

clean: ## remove what was built
	rm -rf $(BUILD)

# A system on which libraries are made and called in another way; make cross says which.
ifneq ($(SYSTEM),)
include scripts/$(SYSTEM).mk
endif
