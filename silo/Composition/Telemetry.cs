using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Slotwright.Composition;

/// <summary>
/// Traces and meters of Orleans, the database and our own, sent by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names a receiver;
/// nothing otherwise. No tenant is a label.
/// </summary>
public static class Telemetry
{
    /// <summary>Name of our own meter: bookings, refusals by reason, batch size, commit time, outbox age.</summary>
    public const string Meter = "Slotwright";

    public static OpenTelemetry.OpenTelemetryBuilder? AddTelemetry(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (string.IsNullOrWhiteSpace(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return null;
        }

        return builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing
                .AddSource("Microsoft.Orleans.Application")
                .AddSource("Microsoft.Orleans.Storage")
                .AddNpgsql()
                .AddOtlpExporter())
            .WithMetrics(metrics => metrics
                .AddMeter(Meter)
                .AddMeter("Microsoft.Orleans")
                .AddMeter("Npgsql")
                .AddRuntimeInstrumentation()
                .AddOtlpExporter());
    }
}
