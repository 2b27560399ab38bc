/* test_engine.c - what zmqjs_runtime_new() takes for an engine, and what it refuses */
#include "tour.h"

#include <stdio.h>
#include <string.h>

/* ---- refusals ------------------------------------------------------------------------- */

static zmqjs_engine whole_engine(void)
{
    static struct contract contract; /* is never called */
    return contract_engine(&contract);
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

static void missing_required(void)
{
    for (int i = VALUE_GET; i <= THROW_ERROR; i++) {
        zmqjs_engine engine = whole_engine();
        switch (i) {
        case VALUE_GET: engine.value_get = NULL; break;
        case VALUE_NEW: engine.value_new = NULL; break;
        case ELEMENT_GET: engine.element_get = NULL; break;
        case SLOT_SET: engine.slot_set = NULL; break;
        case SLOT_GET: engine.slot_get = NULL; break;
        case THROW_ERROR: engine.throw_error = NULL; break;
        }
        CHECK_STATUS(offer(&engine), ZMQJS_MISSING_CALLBACK);
        CHECK_CONTAINS(zmqjs_last_error(), callback_names[i]);
    }
}

static void named_in_error_texts(void)
{
    zmqjs_engine engine = whole_engine();
    engine.value_get = NULL;
    CHECK_STATUS(offer(&engine), ZMQJS_MISSING_CALLBACK);
    CHECK_CONTAINS(zmqjs_last_error(), "double");
    engine.name = NULL;
    CHECK_STATUS(offer(&engine), ZMQJS_MISSING_CALLBACK);
    CHECK_CONTAINS(zmqjs_last_error(), "engine");
}

static void half_a_scope(void)
{
    zmqjs_engine engine = whole_engine();
    engine.scope_close = NULL;
    CHECK_STATUS(offer(&engine), ZMQJS_MISSING_CALLBACK);
    CHECK_CONTAINS(zmqjs_last_error(), "scope_close");

    engine = whole_engine();
    engine.scope_open = NULL;
    CHECK_STATUS(offer(&engine), ZMQJS_MISSING_CALLBACK);
    CHECK_CONTAINS(zmqjs_last_error(), "scope_open");
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
    static const uint32_t wrong[] = {0, 1, 8, offsetof(zmqjs_engine, value_get),
                                     offsetof(zmqjs_engine, throw_error)};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        zmqjs_engine engine = whole_engine();
        engine.size = wrong[i];
        CHECK_STATUS(offer(&engine), ZMQJS_VERSION_MISMATCH);
    }
}

/* No header has ever had a structure of these sizes with this version; the second
 * ends in the middle of a pointer. */
static void sizes_of_no_version(void)
{
    static const uint32_t wrong[] = {offsetof(zmqjs_engine, interrupted),
                                     sizeof(zmqjs_engine) - 1};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        zmqjs_engine engine = whole_engine();
        engine.size = wrong[i];
        CHECK_STATUS(offer(&engine), ZMQJS_VERSION_MISMATCH);
    }
}

/* A host of the future: fields that this library does not know may only be zero. */
static void sizes_too_large(void)
{
    struct {
        zmqjs_engine engine;
        char more[4096];
    } future;
    memset(&future, 0, sizeof future);
    future.engine = whole_engine();
    future.engine.size = sizeof future;
    CHECK_STATUS(offer(&future.engine), ZMQJS_OK);
    future.engine.size = sizeof future.engine + 1;
    CHECK_STATUS(offer(&future.engine), ZMQJS_OK);
    future.more[1] = 1; /* beyond the size that is told */
    CHECK_STATUS(offer(&future.engine), ZMQJS_OK);

    future.engine.size = sizeof future;
    CHECK_STATUS(offer(&future.engine), ZMQJS_VERSION_MISMATCH);
    future.more[1] = 0;
    future.more[sizeof future.more - 1] = 1;
    CHECK_STATUS(offer(&future.engine), ZMQJS_VERSION_MISMATCH);
}

static void nulls(void)
{
    zmqjs_engine engine = whole_engine();
    zmqjs_runtime *runtime = (zmqjs_runtime *)&engine;
    CHECK_STATUS(zmqjs_runtime_new(NULL, NULL, &runtime), ZMQJS_INVALID_ARGUMENT);
    CHECK(runtime == NULL);
    CHECK(*zmqjs_last_error());
    CHECK_STATUS(zmqjs_runtime_new(&engine, NULL, NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(zmqjs_runtime_new(NULL, NULL, NULL), ZMQJS_INVALID_ARGUMENT);
    CHECK_STATUS(offer(&engine), ZMQJS_OK); /* payload NULL */
    engine.name = NULL;
    CHECK_STATUS(offer(&engine), ZMQJS_OK);
}

/* ---- what works ------------------------------------------------------------------------- */

static void tour_in_style(void)
{
    struct host host;
    host_open(&host);
    tour(&host);
    host_close(&host);
}

/* Each optional callback absent on its own (scopes are a pair). */
static void optional_absent(void)
{
    static const unsigned absent[] = {BIT(VALUE_RELEASE), BIT(VALUE_FREE),
                                      BIT(SCOPE_OPEN) | BIT(SCOPE_CLOSE), BIT(BYTES_ADOPT),
                                      BIT(INTERRUPTED)};
    for (size_t i = 0; i < sizeof absent / sizeof *absent; i++) {
        struct style style = {"without one", absent[i], 0, 0};
        struct host host;
        host_open_as(&host, &style);
        tour(&host);
        host_close(&host);
    }
}

static void engine_is_copied(void)
{
    char name[] = "double";
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

/* The adapter owns what a method returns, and passes its arguments only for the
 * call: with these counts, nothing can hide. */
static void every_value_is_given_back(void)
{
    struct host host;
    host_open(&host);
    tour(&host);
    size_t *calls = host.contract.calls;
    CHECK_INT((long long)calls[SCOPE_OPEN], (long long)calls[SCOPE_CLOSE]);
    CHECK(calls[VALUE_GET] > 0 && calls[VALUE_NEW] > 0 && calls[VALUE_RELEASE] > 0);
    CHECK(calls[SLOT_SET] > 0 && calls[SLOT_GET] > 0);
    CHECK_INT((long long)calls[THROW_ERROR], 0);
    host_close(&host);
}

const test_case engine_cases[] = {
    {"engine-missing-required", missing_required, 0},
    {"engine-named-in-error-texts", named_in_error_texts, 0},
    {"engine-half-a-scope", half_a_scope, 0},
    {"engine-versions", versions, 0},
    {"engine-sizes-too-small", sizes_too_small, 0},
    {"engine-sizes-of-no-version", sizes_of_no_version, 0},
    {"engine-sizes-too-large", sizes_too_large, 0},
    {"engine-nulls", nulls, 0},
    {"engine-tour", tour_in_style, 1},
    {"engine-optional-absent", optional_absent, 0},
    {"engine-is-copied", engine_is_copied, 0},
    {"engine-every-value-is-given-back", every_value_is_given_back, 0},
    {NULL, NULL, 0},
};
