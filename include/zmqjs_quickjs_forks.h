/*
 * zmqjs_quickjs_forks.h - how the engines of the QuickJS family differ, for zmqjs_quickjs.h
 *
 * zmqjs_quickjs.h includes it where it is implemented, and its head lists the forks. Everything is
 * static. The rest of the adapter has no #if about a fork.
 */
#ifndef ZMQJS_QUICKJS_FORKS_H
#define ZMQJS_QUICKJS_FORKS_H

#include "zmqjs_adapter.h"

#include <pthread.h>
#include <stdio.h>

/* ---- which fork -------------------------------------------------------------------- */

#if defined(ZMQJS_QJS_FORK_NG) || defined(ZMQJS_QJS_FORK_FFGLITCH) ||                              \
    defined(ZMQJS_QJS_FORK_BELLARD_2025) || defined(ZMQJS_QJS_FORK_BELLARD_2024) ||                \
    defined(ZMQJS_QJS_FORK_BELLARD_2021)
#elif defined(QUICKJS_NG) || defined(QJS_VERSION_MAJOR)
#define ZMQJS_QJS_FORK_NG
#elif defined(JS_MKMV)
#define ZMQJS_QJS_FORK_FFGLITCH
#elif defined(JS_SHORT_BIG_INT_BITS) || defined(JS_STRIP_SOURCE)
#define ZMQJS_QJS_FORK_BELLARD_2025
#elif defined(JS_EVAL_FLAG_ASYNC)
#define ZMQJS_QJS_FORK_BELLARD_2024
#elif defined(JS_EVAL_FLAG_STRIP) && defined(JS_PARSE_JSON_EXT)
#define ZMQJS_QJS_FORK_BELLARD_2021
#else
#error "zmqjs_quickjs.h: this quickjs.h is of no known fork; define the ZMQJS_QJS_FORK_ it is like"
#endif

#if defined(ZMQJS_QJS_FORK_NG) && defined(QJS_VERSION_MAJOR)
#if QJS_VERSION_MAJOR == 0 && QJS_VERSION_MINOR < 7
#error "zmqjs_quickjs.h: quickjs-ng before 0.7 does not tell when a runtime ends; take a newer one"
#endif
#endif

#ifdef JS_NAN_BOXING
#error "zmqjs_quickjs.h: engines with NaN boxing (32-bit ones) are not supported"
#endif

static pthread_mutex_t zmqjs_qjs_mutex = PTHREAD_MUTEX_INITIALIZER;

/*
 * Class ids. The magic of a function, 15 bits, has the place of our class's id in
 * zmqjs_qjs_ids, then the function's number. quickjs-ng counts class ids in each runtime, so
 * there the id may differ; the others count them in the process.
 *
 * zmqjs_qjs_find_id gives the place of the id in a runtime, or -1, with the mutex held.
 * zmqjs_qjs_opaque gives what an object of our class carries, in a finalizer too.
 */
#ifdef ZMQJS_QJS_FORK_NG
#define ZMQJS_QJS_NUMBER_BITS 9
#define ZMQJS_QJS_NUMBER(magic) ((magic) & ((1 << ZMQJS_QJS_NUMBER_BITS) - 1))
#define ZMQJS_QJS_ID(magic) zmqjs_qjs_ids[(magic) >> ZMQJS_QJS_NUMBER_BITS]
static JSClassID zmqjs_qjs_ids[64];

static struct zmqjs_qjs_registration {
    struct zmqjs_qjs_registration *next;
    JSRuntime *rt;
    int place;
} *zmqjs_qjs_registrations;

static void zmqjs_qjs_unregister(JSRuntime *rt, void *argument) {
    struct zmqjs_qjs_registration **link = &zmqjs_qjs_registrations;
    (void)rt;
    pthread_mutex_lock(&zmqjs_qjs_mutex);
    while (*link != argument)
        link = &(*link)->next;
    *link = (*link)->next;
    pthread_mutex_unlock(&zmqjs_qjs_mutex);
    free(argument);
}

static int zmqjs_qjs_find_id(JSRuntime *rt) {
    struct zmqjs_qjs_registration *entry = zmqjs_qjs_registrations;
    JSClassID id = 0;
    int place = 0;
    while (entry != NULL && entry->rt != rt)
        entry = entry->next;
    if (entry != NULL)
        return entry->place;
    JS_NewClassID(rt, &id);
    while (place < 64 && zmqjs_qjs_ids[place] != 0 && zmqjs_qjs_ids[place] != id)
        place++;
    entry = (struct zmqjs_qjs_registration *)malloc(sizeof *entry);
    if (place == 64 || entry == NULL ||
        JS_AddRuntimeFinalizer(rt, zmqjs_qjs_unregister, entry) < 0) {
        free(entry);
        return -1;
    }
    zmqjs_qjs_ids[place] = id;
    entry->rt = rt;
    entry->place = place;
    entry->next = zmqjs_qjs_registrations;
    zmqjs_qjs_registrations = entry;
    return place;
}

static inline void *zmqjs_qjs_opaque(JSValueConst object) {
    JSClassID id;
    return JS_GetAnyOpaque(object, &id);
}
#else
#define ZMQJS_QJS_NUMBER_BITS 15
#define ZMQJS_QJS_NUMBER(magic) (magic)
#define ZMQJS_QJS_ID(magic) ((void)(magic), zmqjs_qjs_ids[0])
static JSClassID zmqjs_qjs_ids[1];
#define zmqjs_qjs_find_id(rt) (JS_NewClassID(&zmqjs_qjs_ids[0]), 0)
#define zmqjs_qjs_opaque(object) JS_GetOpaque(object, zmqjs_qjs_ids[0])
#endif

/* Whether the engine is the one that quickjs.h is from, where it tells: quickjs-ng changes
 * signatures between its minor versions. */
static inline int zmqjs_qjs_fits_header(void) {
#if defined(ZMQJS_QJS_FORK_NG) && defined(QJS_VERSION_MAJOR)
    char version[32];
    int length = snprintf(version, sizeof version, "%d.%d.", QJS_VERSION_MAJOR, QJS_VERSION_MINOR);
    return strncmp(JS_GetVersion(), version, (size_t)length) == 0;
#else
    return 1;
#endif
}

#ifdef QUICKJS_NG
#define zmqjs_qjs_is_array(ctx, value) JS_IsArray(value)
#else
#define zmqjs_qjs_is_array(ctx, value) (JS_IsArray(ctx, value) > 0)
#endif

/*
 * Whether a BigInt fits an int64_t, which JS_ToBigInt64 does not tell. Newer engines have those
 * that fit in the value itself. In the others a BigInt is a number of libbf, which begins as below:
 * its absolute value is less than 2 to the power of its exponent.
 *
 * zmqjs_qjs_knows_bigints tries whether the engine has them so: else zmqjs_qjs_is_small must not be
 * used. An engine may be built without BigInts.
 */
#ifdef JS_VALUE_GET_SHORT_BIG_INT
#define ZMQJS_QJS_IS_BIGINT(tag) ((tag) == JS_TAG_SHORT_BIG_INT || (tag) == JS_TAG_BIG_INT)
#define zmqjs_qjs_is_small(value) (JS_VALUE_GET_TAG(value) == JS_TAG_SHORT_BIG_INT)
#define zmqjs_qjs_knows_bigints(ctx) 1
#else
#define ZMQJS_QJS_IS_BIGINT(tag) ((tag) == JS_TAG_BIG_INT)
#define zmqjs_qjs_is_small(value) (zmqjs_qjs_exponent(value) < 64)

static inline int64_t zmqjs_qjs_exponent(JSValueConst bigint) {
    struct number {
        JSRefCountHeader header;
        void *context;
        int sign;
        int64_t exponent;
    };
    return ((const struct number *)JS_VALUE_GET_PTR(bigint))->exponent;
}

static int zmqjs_qjs_knows_bigints(JSContext *ctx) {
    int exponent, known = 1;
    for (exponent = 1; exponent <= 64 && known; exponent++) {
        JSValue bigint = JS_NewBigUint64(ctx, (uint64_t)1 << (exponent - 1));
        known = JS_VALUE_GET_TAG(bigint) == JS_TAG_BIG_INT &&
                zmqjs_qjs_exponent(bigint) == exponent;
        if (JS_IsException(bigint))
            JS_FreeValue(ctx, JS_GetException(ctx));
        JS_FreeValue(ctx, bigint);
    }
    return known;
}
#endif

/*
 * FFglitch's arrays, which are its own. Of those with a motion vector for each element the
 * engine gives no bytes.
 *
 * zmqjs_qjs_get_ffarray reads the bytes of a value, if it is one: 1.
 */
#ifdef ZMQJS_QJS_FORK_FFGLITCH
#define ZMQJS_QJS_HAS_FFARRAYS 1
#define ZMQJS_QJS_TRY_FFARRAY(element, kind)                                                       \
    do {                                                                                           \
        element *elements;                                                                         \
        if (JS_Get##kind##FFArray(value, &elements, &count) ||                                     \
            JS_Get##kind##FFPtr(value, &elements, &count)) {                                       \
            zmqjs_adapter_get_bytes(elements, count * sizeof *elements, data);                     \
            return 1;                                                                              \
        }                                                                                          \
    } while (0)

static int zmqjs_qjs_get_ffarray(JSValueConst value, zmqjs_data *data) {
    uint32_t count;
    ZMQJS_QJS_TRY_FFARRAY(uint8_t, Uint8);
    ZMQJS_QJS_TRY_FFARRAY(int8_t, Int8);
    ZMQJS_QJS_TRY_FFARRAY(int16_t, Int16);
    ZMQJS_QJS_TRY_FFARRAY(uint16_t, Uint16);
    ZMQJS_QJS_TRY_FFARRAY(int32_t, Int32);
    ZMQJS_QJS_TRY_FFARRAY(uint32_t, Uint32);
    ZMQJS_QJS_TRY_FFARRAY(int64_t, Int64);
    ZMQJS_QJS_TRY_FFARRAY(uint64_t, Uint64);
    return 0;
}

/* The same for the most frequent kind. */
static inline int zmqjs_qjs_get_uint8_ffarray(JSValueConst value, zmqjs_data *data) {
    uint8_t *bytes;
    uint32_t count;
    if (!JS_GetUint8FFArray(value, &bytes, &count))
        return 0;
    zmqjs_adapter_get_bytes(bytes, count, data);
    return 1;
}

static JSValue zmqjs_qjs_new_ffarray(JSContext *ctx, const zmqjs_data *data) {
    uint8_t *bytes;
    JSValue array;
    if (data->length > UINT32_MAX)
        return JS_ThrowRangeError(ctx, "invalid array length");
    array = JS_NewUint8FFArray(ctx, &bytes, (uint32_t)data->length, 0);
    if (JS_IsException(array)) {
        return JS_ThrowOutOfMemory(ctx); /* it leaves none pending */
    }
    if (data->length > 0)
        memcpy(bytes, data->as.data, data->length);
    return array;
}
#else
#define ZMQJS_QJS_HAS_FFARRAYS 0
#define zmqjs_qjs_get_ffarray(value, data) 0
#define zmqjs_qjs_get_uint8_ffarray(value, data) 0
#define zmqjs_qjs_new_ffarray(ctx, data) JS_UNDEFINED
#endif

/*
 * Which engines can show foreign memory as an ArrayBuffer. FFglitch's arrays cannot. Newer
 * engines have ArrayBuffer.prototype.transfer(), which in Bellard's forgets the free callback's
 * argument, and in quickjs-ng before 0.16 reallocates foreign memory.
 *
 * zmqjs_qjs_new_foreign_buffer makes one, which frees adopted; if it fails it frees nothing.
 */
/* Called a second time, without bytes, for a buffer that was detached. */
static inline void zmqjs_qjs_free_adopted(JSRuntime *rt, void *adopted, void *bytes) {
    (void)rt;
    if (bytes != NULL)
        zmqjs_adapter_free_adopted(bytes, adopted);
}

#if defined(ZMQJS_QJS_FORK_BELLARD_2021) || defined(ZMQJS_QJS_FORK_BELLARD_2024)
#define ZMQJS_QJS_ADOPTS 1
#define zmqjs_qjs_new_foreign_buffer(ctx, bytes, length, adopted) \
    JS_NewArrayBuffer(ctx, bytes, length, zmqjs_qjs_free_adopted, adopted, 0)
#elif defined(ZMQJS_QJS_FORK_NG) && (QJS_VERSION_MAJOR > 0 || QJS_VERSION_MINOR >= 16)
#define ZMQJS_QJS_ADOPTS 1
#define zmqjs_qjs_new_foreign_buffer(ctx, bytes, length, adopted) \
    JS_NewArrayBuffer(ctx, bytes, length, length, zmqjs_qjs_resize_adopted, adopted, 0)

static void *zmqjs_qjs_resize_adopted(JSRuntime *rt, void *opaque, void *bytes, size_t size) {
    if (size == 0)
        zmqjs_qjs_free_adopted(rt, opaque, bytes);
    return NULL;
}
#else
#define ZMQJS_QJS_ADOPTS 0
#define zmqjs_qjs_new_foreign_buffer(ctx, bytes, length, adopted) JS_UNDEFINED
#endif

#endif /* ZMQJS_QUICKJS_FORKS_H */
