using System.Diagnostics;
using System.Reflection;
using EarlyWarning.ServiceDefaults.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace EarlyWarning.ServiceDefaults.Telemetry;

/// <summary>What the suite tells a collector, where the environment names one.</summary>
public static class TelemetryExtensions
{
    /// <summary>How the sources of the suite's spans and its meters begin.</summary>
    public const string Names = "EarlyWarning.*";

    /// <summary>
    /// What is asked again and again and has no part in a warning: probes, and deliveries, whose spans are in the trace of their event.
    /// </summary>
    private static readonly string[] s_untraced =
    [
        "/healthz",
        "/readyz",
        "/metrics",
        "/grpc.health.v1.",
        "/dapr.proto.runtime.v1.",
        "/v1.0/",
        "/_blazor",
        "/_framework",
    ];

    /// <summary>Sends traces and metrics by OTLP where <paramref name="export"/> says so, and adds nothing otherwise.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="suite">What it is started as.</param>
    /// <param name="export">What is asked for.</param>
    public static IHostApplicationBuilder AddTelemetry(this IHostApplicationBuilder builder, Suite suite, OtlpExport export)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(export);
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => Describe(resource, suite));
        if (export.Metrics)
        {
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter());
        }

        if (export.Traces)
        {
            telemetry.WithTracing(tracing =>
                tracing
                    .AddSource(Names)
                    .AddAspNetCoreInstrumentation(calls =>
                    {
                        calls.Filter = IsTraced;
                        calls.EnrichWithHttpResponse = static (span, _) => NameCall(span);
                    })
                    .AddOtlpExporter()
            );
        }

        return builder;
    }

    private static void Describe(ResourceBuilder resource, Suite suite) =>
        resource
            .AddService("early-warning", serviceVersion: Version())
            .AddAttributes([new("deployment.environment.name", suite.Exercise ? "exercise" : "actual")])
            // What whoever runs it says of it goes before.
            .AddEnvironmentVariableDetector();

    private static string Version() =>
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    private static bool IsTraced(HttpContext context) =>
        !s_untraced.Any(path => context.Request.Path.Value?.StartsWith(path, StringComparison.Ordinal) == true);

    /// <summary>A gRPC call is named by its method, not by the form in which HTTP carries it.</summary>
    private static void NameCall(Activity span)
    {
        if (span.GetTagItem("grpc.method") is string { Length: > 1 } path && path.LastIndexOf('/') is > 0 and var slash)
        {
            span.DisplayName = path[1..];
            span.SetTag("rpc.system", "grpc")
                .SetTag("rpc.service", path[1..slash])
                .SetTag("rpc.method", path[(slash + 1)..])
                .SetTag("rpc.grpc.status_code", span.GetTagItem("grpc.status_code"));
        }
    }
}
