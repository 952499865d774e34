using DistGan.Grains.Interfaces.Storage;
using DistGan.Grains.Interfaces.Telemetry;
using DistGan.Hosting.Clustering;
using DistGan.Hosting.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DistGan.Hosting.Telemetry;

/// <summary>Registers OpenTelemetry: metrics for Prometheus beside the health endpoints, and metrics, traces and logs by OTLP where the environment names a collector.</summary>
public static class TelemetryExtensions
{
    /// <summary>The variable of OpenTelemetry that names the collector.</summary>
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string HealthPort = "DistGan:Health:Port";

    // A replica has some twenty streams of its own. Those of replicas that have ended are kept until somebody looks: this is what bounds them where nobody ever does.
    private const int MaxStreams = 10_000;

    /// <summary>
    /// Measures and traces this process, where somebody looks: <c>DistGan:Health:Port</c> is set (then <c>/metrics</c> is there), or <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>. Otherwise it does nothing.
    /// </summary>
    /// <param name="builder">The host.</param>
    /// <param name="role">silo or worker: the service is distgan-ROLE.</param>
    public static void AddTelemetry(this IHostApplicationBuilder builder, string role)
    {
        var (hasPrometheus, hasCollector) = (builder.Configuration[HealthPort] is { Length: > 0 }, builder.Configuration[Endpoint] is { Length: > 0 });
        if (!hasPrometheus && !hasCollector)
        {
            return;
        }

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService($"{HostingExtensions.ServiceId}-{role}", serviceInstanceId: $"{Environment.MachineName}-{Environment.ProcessId}"));
        telemetry.WithMetrics(metrics => AddMetrics(metrics, hasPrometheus, hasCollector));
        if (hasCollector)
        {
            telemetry.WithTracing(static tracing => tracing.AddSource(Instruments.Name, "Microsoft.Orleans.Application").AddAspNetCoreInstrumentation().AddOtlpExporter());
            builder.Logging.AddOpenTelemetry(static logs =>
            {
                logs.IncludeFormattedMessage = true;
                logs.IncludeScopes = true;
                logs.AddOtlpExporter();
            });
        }

        Observe(builder.Services);
    }

    private static void AddMetrics(MeterProviderBuilder metrics, bool hasPrometheus, bool hasCollector)
    {
        metrics.AddMeter(Instruments.Name, $"{Instruments.OfReplicas}*", "Microsoft.Orleans").AddRuntimeInstrumentation().SetExemplarFilter(ExemplarFilterType.TraceBased);
        metrics.SetMaxMetricStreams(MaxStreams).AddView(MetricViews.Of);
        if (hasPrometheus)
        {
            // The names of meters tell nobody anything here: a replica's has its job and ordinal, which are labels already.
            metrics.AddPrometheusExporter(static prometheus => prometheus.ScopeInfoEnabled = false);
        }

        if (hasCollector)
        {
            metrics.AddOtlpExporter();
        }
    }

    /// <summary>Puts what measures in front of the object store.</summary>
    private static void Observe(IServiceCollection services)
    {
        var store = services.LastOrDefault(static service => service.ServiceType == typeof(IObjectStore))
            ?? throw new InvalidOperationException("Register the object store before the telemetry.");
        _ = services.Remove(store);
        services.AddSingleton<IObjectStore>(host => new ObservedObjectStore(
            (IObjectStore)(store.ImplementationInstance ?? store.ImplementationFactory?.Invoke(host) ?? ActivatorUtilities.CreateInstance(host, store.ImplementationType!))));
    }
}
