package main

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/legatics/pgseal/proxy"
)

// tracer makes a span of each query that was answered, with one below it for each of its phases.
type tracer struct {
	provider *sdktrace.TracerProvider
	spans    trace.Tracer
}

// newTracer returns nil where there is nowhere to send traces to.
func newTracer(ctx context.Context, c traceConfig, log *slog.Logger) (*tracer, error) {
	if c.OTLP == "" {
		return nil, nil
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(c.OTLP))
	if err != nil {
		return nil, err
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces could not be sent", "cause", withoutURL(err)) }))
	provider := sdktrace.NewTracerProvider(sdktrace.WithBatcher(exporter),
		sdktrace.WithSampler(sdktrace.ParentBased(sdktrace.TraceIDRatioBased(c.Sample))),
		sdktrace.WithResource(resource.NewSchemaless(attribute.String("service.name", "pgseal"), attribute.String("service.version", version),
			attribute.String("service.instance.id", proxyName()))))
	return &tracer{provider, provider.Tracer("github.com/legatics/pgseal")}, nil
}

// saw is told of each query.
func (t *tracer) saw(a *proxy.Answered) {
	ctx := propagation.TraceContext{}.Extract(context.Background(), propagation.MapCarrier{"traceparent": a.TraceParent()})
	ctx, span := t.spans.Start(ctx, "pgseal query", trace.WithSpanKind(trace.SpanKindServer), trace.WithTimestamp(a.Began))
	ended := a.Began.Add(a.Took)
	defer span.End(trace.WithTimestamp(ended))
	if !span.IsRecording() {
		return
	}
	form, fingerprint := a.Form()
	span.SetAttributes(attribute.String("db.system.name", "postgresql"), attribute.String("db.namespace", a.Database), attribute.String("db.query.text", form),
		attribute.String("pgseal.fingerprint", fingerprint), attribute.String("pgseal.tenant", a.Tenant), attribute.Int64("pgseal.session", int64(a.Session)))
	if a.SQLState != "" {
		span.SetAttributes(attribute.String("db.response.status_code", a.SQLState))
		span.SetStatus(codes.Error, a.SQLState)
	}
	// What a phase took is a sum of many moments: they are shown one behind the other.
	at := a.Began
	for _, phase := range phasesOf(a) {
		if phase.took > 0 {
			_, part := t.spans.Start(ctx, "pgseal "+phase.name, trace.WithTimestamp(at))
			at = at.Add(phase.took)
			part.End(trace.WithTimestamp(at))
		}
	}
}

// close sends what is left.
func (t *tracer) close(ctx context.Context) error {
	if t == nil {
		return nil
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), traceTimeout)
	defer stop()
	return withoutURL(t.provider.Shutdown(ctx))
}

// withoutURL is an error of HTTP without the collector's URL, which may hold a token.
func withoutURL(err error) error {
	var e *url.Error
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

// traceTimeout bounds how long a collector that does not answer keeps the proxy from ending.
const traceTimeout = 3 * time.Second
