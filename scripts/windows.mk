# What make builds for Windows: DLLs with their import libraries. scripts/cross says with which tools.

DLLTOOL = dlltool
OBJDUMP = objdump

# $(call build_library,DIRECTORY,NAME,OPTIONS).
# Go exports what it offers to C too, unless the linker is to export everything, which is taken back.
build_library = rm -f $(1)/$(2:lib%=%).* && $(GO) build $(3) -trimpath -buildmode=c-shared \
	-ldflags '$(GODEFAULTS) -extldflags "$(CURDIR)/capi/zmqjs.def -Wl,--export-all-symbols -Wl,--exclude-all-symbols"' \
	-o $(1)/$(2:lib%=%).dll ./capi && rm -f $(1)/$(2:lib%=%).h && \
	$(if $(STRIP),$(call separate_symbols,$(1)/$(2:lib%=%).dll) &&) \
	OBJDUMP=$(OBJDUMP) scripts/windows-exports $(1)/$(2:lib%=%).dll capi/zmqjs.def && cp capi/zmqjs.def $(1)/ && \
	$(call import_library,$(1),$(2:lib%=%))

# $(call import_library,DIRECTORY,NAME)
import_library = $(DLLTOOL) -d capi/zmqjs.def -D $(2).dll -l $(1)/lib$(2).dll.a

# It finds the DLL beside itself.
RUNNER_C = $(filter-out %_unix.c,$(wildcard cmd/zmqjs/*.c))
build_runner = $(CC) -std=gnu99 -O2 -Wall -Wextra -Wpedantic -Werror -D__USE_MINGW_ANSI_STDIO=1 -D_WIN32_WINNT=0x0A00 \
	-D_POSIX_C_SOURCE=200809L -Iinclude $(RUNNER_C) -static -pthread $(BUILD)/libzmqjs.dll.a $(if $(STRIP),-s) -o '$(1).exe'

name_as_full = cp $(1)/zmqjs-lean.dll $(1)/zmqjs.dll && $(call import_library,$(1),zmqjs)
