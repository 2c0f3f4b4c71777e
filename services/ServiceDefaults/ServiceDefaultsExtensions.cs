using System.Diagnostics.Metrics;
using EarlyWarning.ServiceDefaults.Arming;
using EarlyWarning.ServiceDefaults.Auditing;
using EarlyWarning.ServiceDefaults.Contract;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.OpenApi;
using EarlyWarning.ServiceDefaults.Pages;
using EarlyWarning.ServiceDefaults.Requests;
using EarlyWarning.ServiceDefaults.Telemetry;
using EarlyWarning.ServiceDefaults.Transcoding;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;

namespace EarlyWarning.ServiceDefaults;

/// <summary>What every service has at the start: gRPC with JSON beside it, errors, health, metrics.</summary>
public static class ServiceDefaultsExtensions
{
    private static readonly double[] s_seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

    /// <summary>Adds gRPC with its JSON form, error mapping, reflection, health and metrics.</summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="maxMessageBytes">The largest request message.</param>
    /// <param name="callers">Adds what judges a request by its caller: when it is whole, before it is recognised or served.</param>
    public static IHostApplicationBuilder AddServiceDefaults(
        this IHostApplicationBuilder builder,
        int maxMessageBytes,
        Action<InterceptorCollection> callers
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(callers);
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services
            .AddGrpc(options =>
            {
                options.MaxReceiveMessageSize = maxMessageBytes;
                options.Interceptors.Add<FaultInterceptor>();
                options.Interceptors.Add<JsonRequestInterceptor>();
                options.Interceptors.Add<FieldsInterceptor>();
                callers(options.Interceptors);
                options.Interceptors.Add<RequestInterceptor>();
                options.Interceptors.Add<AuditInterceptor>();
            })
            .AddJsonTranscoding(options =>
            {
                options.TypeRegistry = TypeRegistry.FromFiles(V1.ErrorReasonReflection.Descriptor, ErrorDetailsReflection.Descriptor);
                options.JsonSettings.WriteInt64sAsStrings = true;
            });
        services.AddContractReflection();
        services.AddGrpcHealthChecks();
        services.AddSingleton<Readiness>();
        services.AddSingleton<RequestTurns>();
        services
            .AddOpenTelemetry()
            .WithMetrics(metrics =>
                metrics
                    .AddMeter(TelemetryExtensions.Names, "Microsoft.Orleans")
                    .AddView(static instrument =>
                        instrument is Histogram<double> { Unit: "s" }
                        && instrument.Meter.Name.StartsWith("EarlyWarning.", StringComparison.Ordinal)
                            ? new ExplicitBucketHistogramConfiguration { Boundaries = s_seconds }
                            : null
                    )
                    .AddAspNetCoreInstrumentation()
                    .AddPrometheusExporter()
            );
        return builder;
    }

    /// <summary>
    /// Puts before the endpoints what stands before each: a call is addressed to this suite by a page that may, whoever calls is known, a
    /// request in JSON is read strictly, gRPC-Web becomes gRPC, and what the frameworks refuse themselves is refused with a reason.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="maxMessageBytes">The largest request message, in JSON as in gRPC.</param>
    /// <param name="names">Puts what refuses a call by a foreign name or page: before everything that answers.</param>
    /// <param name="callers">Puts what learns who calls: before a request's body is read.</param>
    public static IApplicationBuilder UseServiceDefaults(
        this IApplicationBuilder app,
        int maxMessageBytes,
        Action<IApplicationBuilder> names,
        Action<IApplicationBuilder> callers
    )
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(callers);
        app.UseMiddleware<AuditedCalls>();
        app.UseMiddleware<PageHeaders>();
        names(app);
        app.UseMiddleware<UnarmedHeader>();
        app.UseGrpcWeb(new() { DefaultEnabled = true });
        app.UseMiddleware<FaultMiddleware>((Func<HttpContext, RpcException>)UnknownPaths.Of);
        callers(app);
        app.UseMiddleware<JsonRequests>(maxMessageBytes);
        return app;
    }

    /// <summary>
    /// Maps what <see cref="AddServiceDefaults"/> added: <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c>, <c>/errors</c>, gRPC health and
    /// reflection, the OpenAPI document.
    /// </summary>
    public static IEndpointRouteBuilder MapServiceDefaults(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        foreach (var (path, tag) in new[] { ("/healthz", HealthTags.Live), ("/readyz", HealthTags.Ready) })
        {
            app.MapHealthChecks(
                    path,
                    new HealthCheckOptions { Predicate = check => check.Tags.Contains(tag), ResponseWriter = HealthBody.WriteAsync }
                )
                .AllowAnonymous()
                .WithMetadata(new AnyHost());
        }

        // Nothing in them is a secret, and a caller without a key may be one who looks up why.
        app.MapGet(ErrorPages.Path, ErrorPages.WriteAllAsync).AllowAnonymous();
        app.MapGet($"{ErrorPages.Path}/{{reason}}", ErrorPages.WriteAsync).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics")
            .WithMetadata(new V1.AccessRule { Permission = V1.Permission.StatusRead, Concern = V1.Concern.World });
        app.MapGrpcHealthChecksService().AllowAnonymous();
        app.MapContractReflection();
        app.MapOpenApi();
        return app;
    }
}
