/* test_engine.c - the engines that zmqjs_runtime_new() accepts and refuses */
#include "fence.h"
#include "tour.h"

#include <stdio.h>
#include <string.h>

/* ---- refusals ------------------------------------------------------------------------- */

static zmqjs_engine whole_engine(void)
{
    return adapter_callbacks; /* is never called */
}

/* Offers an engine; *runtime must be NULL wherever it is refused. */
static int offer(const zmqjs_engine *engine)
{
    zmqjs_runtime *runtime = (zmqjs_runtime *)&runtime;
    int status = zmqjs_runtime_new(engine, NULL, &runtime);
    if (status == ZMQJS_OK) CHECK_STATUS(zmqjs_runtime_free(runtime), ZMQJS_OK);
    else CHECK(runtime == NULL && *zmqjs_last_error());
    return status;
}

static void versions(void)
{
    static const uint32_t wrong[] = {0, ZMQJS_ABI_VERSION + 1, UINT32_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        zmqjs_engine engine = whole_engine();
        engine.abi_version = wrong[i];
        CHECK_STATUS(offer(&engine), ZMQJS_VERSION_MISMATCH);
    }
}

static void sizes_too_small(void)
{
    static const uint32_t wrong[] = {0, 1, 8, offsetof(zmqjs_engine, interrupted) - 1};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        zmqjs_engine engine = whole_engine();
        engine.size = wrong[i];
        CHECK_STATUS(offer(&engine), ZMQJS_VERSION_MISMATCH);
    }
}

/* Every size from the smallest on; memory beyond it is not read. */
static void sizes_between(void)
{
    for (uint32_t size = offsetof(zmqjs_engine, interrupted); size <= sizeof(zmqjs_engine); size++) {
        char *room = fence_copy(&adapter_callbacks, size);
        memcpy(room + offsetof(zmqjs_engine, size), &size, sizeof size);
        CHECK_STATUS(offer((void *)room), ZMQJS_OK);
        fence_end(room, size);
    }
}

/* A host of the future, whose fields this library does not know. */
static void sizes_too_large(void)
{
    struct {
        zmqjs_engine engine;
        char more[4096];
    } future;
    memset(&future, 0xa5, sizeof future);
    future.engine = whole_engine();
    future.engine.size = sizeof future;
    CHECK_STATUS(offer(&future.engine), ZMQJS_OK);
    future.engine.size = UINT32_MAX;
    CHECK_STATUS(offer(&future.engine), ZMQJS_OK);
}

/* An optional callback beyond the size does not exist, whatever is in that memory. */
static void size_without_callbacks(void)
{
    struct host host;
    struct pair pair;
    host_open(&host);
    host_end_runtime(&host);
    zmqjs_engine engine = contract_engine(&host.contract);
    engine.size = offsetof(zmqjs_engine, interrupted);
    CHECK_STATUS(zmqjs_runtime_new(&engine, &host.contract, &host.runtime), ZMQJS_OK);
    host.adapter.runtime = host.runtime;
    pair_open(&host, &pair);
    CHECK_STATUS(zmqjs_interrupt(host.runtime), ZMQJS_OK);
    CHECK_ERROR(fails(pair.pull, "recv", ""), "Error", "EINTR", NULL);
    CHECK_INT((long long)host.contract.asked[INTERRUPTED], 0);
    host_close(&host);
}

static void nulls(void)
{
    zmqjs_engine engine = whole_engine();
    CHECK_STATUS(zmqjs_runtime_new(&engine, NULL, NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_CONTAINS(zmqjs_last_error(), "zmqjs_runtime_new");
    CHECK_STATUS(zmqjs_runtime_new(NULL, NULL, NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(offer(NULL), ZMQJS_OK);    /* no callbacks */
    CHECK_STATUS(offer(&engine), ZMQJS_OK); /* payload NULL */
    engine.name = NULL;
    engine.interrupted = NULL;
    engine.collect = NULL;
    CHECK_STATUS(offer(&engine), ZMQJS_OK);
}

/* ---- accepted engines -------------------------------------------------------------------- */

static void tour_in_style(void)
{
    struct host host;
    host_open(&host);
    tour(&host);
    host_close(&host);
}

/* Each callback absent on its own. */
static void callbacks_absent(void)
{
    for (int i = 0; i < CALLBACKS; i++) {
        struct style style = {"without one", .absent = BIT(i)};
        struct host host;
        host_open_as(&host, &style);
        tour(&host);
        host_close(&host);
    }
}

static void engine_is_copied(void)
{
    char name[] = "fakeengine";
    struct host host;
    host_open(&host);
    host_end_runtime(&host);

    zmqjs_engine engine = contract_engine(&host.contract);
    engine.name = name;
    CHECK_STATUS(zmqjs_runtime_new(&engine, &host.contract, &host.runtime), ZMQJS_OK);
    memset(&engine, 0xff, sizeof engine);
    memset(name, 0, sizeof name);
    host.adapter.runtime = host.runtime;
    tour(&host);
    host_close(&host);
}

/* Where nothing runs out, the engine is not asked to collect. */
static void is_not_asked(void)
{
    struct host host;
    host_open(&host);
    tour(&host);
    CHECK(host.contract.calls > 50);
    CHECK(host.contract.released > 0);
    CHECK_INT((long long)host.contract.asked[COLLECT], 0);
    host_close(&host);
}

const test_case engine_cases[] = {
    {"engine-versions", versions, 0},
    {"engine-sizes-too-small", sizes_too_small, 0},
    {"engine-sizes-between", sizes_between, 0},
    {"engine-size-without-callbacks", size_without_callbacks, 0},
    {"engine-sizes-too-large", sizes_too_large, 0},
    {"engine-nulls", nulls, 0},
    {"engine-tour", tour_in_style, 1},
    {"engine-callbacks-absent", callbacks_absent, 0},
    {"engine-is-copied", engine_is_copied, 0},
    {"engine-is-not-asked", is_not_asked, 0},
    {NULL, NULL, 0},
};
