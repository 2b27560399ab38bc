# What make builds for macOS: dylibs. scripts/cross says with which tools.

# $(call build_library,DIRECTORY,NAME,OPTIONS)
# The list of exports is one of the linker's, whose symbols begin with an underscore.
build_library = rm -rf $(1)/$(2).* && mkdir -p $(1) && sed -n 's/^\(zmqjs_[^ ]*\) .*/_\1/p' capi/symbols > $(1)/$(2).exports && \
	$(GO) build $(3) -trimpath -buildmode=c-shared -ldflags '-w $(GODEFAULTS) -extldflags "$(LDFLAGS) \
		-Wl,-exported_symbols_list,$(abspath $(1))/$(2).exports -install_name @rpath/$(2).$(MAJOR).dylib \
		-compatibility_version $(MAJOR) -current_version $(VERSION)"' -o $(1)/$(2).$(MAJOR).dylib ./capi && \
	rm -f $(1)/$(2).exports $(1)/$(2).$(MAJOR).h && ln -sf $(2).$(MAJOR).dylib $(1)/$(2).dylib

name_as_full = ln -sf libzmqjs-lean.$(MAJOR).dylib $(1)/libzmqjs.$(MAJOR).dylib && ln -sf libzmqjs.$(MAJOR).dylib $(1)/libzmqjs.dylib

# It finds the dylib beside itself.
build_runner = $(CC) $(CFLAGS_C) -D_POSIX_C_SOURCE=200809L -Iinclude $(RUNNER_C) $(LDFLAGS) -L$(BUILD) -lzmqjs \
	-Wl,-rpath,@loader_path -o '$(1)'
