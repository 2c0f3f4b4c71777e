using System.Net;
using EarlyWarning.Host.Cluster;
using EarlyWarning.Host.Modules;
using EarlyWarning.ServiceDefaults.Errors;
using EarlyWarning.Store.Faults;
using EarlyWarning.Store.Processes;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Yarp.ReverseProxy.Forwarder;

namespace EarlyWarning.Host.Forwarding;

/// <summary>
/// Hands a call of a service that runs elsewhere to a process that runs it, with what its caller shows, which that process judges. The next
/// one is tried where a connection cannot be made, so that nothing was sent. A call that was forwarded is not forwarded again.
/// </summary>
internal sealed class Forwarder(
    RequestDelegate next,
    LiveProcesses processes,
    PeerClient peers,
    PeerTransformer transformer,
    IHttpForwarder forwarder,
    IHostApplicationLifetime lifetime
)
{
    // A stream may be silent for as long as nothing happens; connections that are gone are noticed by pings.
    private static readonly ForwarderRequestConfig s_config = new()
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = Timeout.InfiniteTimeSpan,
    };

    private static readonly RpcException s_stopping = Fault.Of(
        StatusCode.Unavailable,
        V1.ErrorReason.StoreUnavailable,
        "The suite is stopping. Send the same again, with back-off."
    );

    public Task InvokeAsync(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<ForwardedService>() is { Service: var service }
            ? ForwardAsync(context, service)
            : next(context);

    private async Task ForwardAsync(HttpContext context, string service)
    {
        try
        {
            var others = PeerConnection.Is(context) ? [] : await processes.OthersWithAsync(service, context.RequestAborted);
            foreach (var process in others)
            {
                if (await SendAsync(context, process, service))
                {
                    return;
                }
            }

            await FaultAnswer.WriteAsync(context, NotRunning(service, others));
        }
        catch (StoreUnavailableException exception)
        {
            await FaultAnswer.WriteAsync(context, Fault.Of(StatusCode.Unavailable, V1.ErrorReason.StoreUnavailable, exception.Message));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
    }

    /// <summary>Sends a call to a process, and its answer to the caller.</summary>
    /// <returns>Whether the caller was answered: not where the process could not be reached.</returns>
    private async Task<bool> SendAsync(HttpContext context, SuiteProcess process, string service)
    {
        // What is never over by itself ends with this process; other calls are answered before it.
        using var ending = StaysOpen(context)
            ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping)
            : null;
        using var streamed = StreamedAnswer.Begin(context);
        var error = await forwarder.SendAsync(
            context,
            PeerClient.AddressOf(process),
            peers.Invoker,
            s_config,
            transformer,
            ending?.Token ?? context.RequestAborted
        );
        if (error == ForwarderError.None || context.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        var exception = context.GetForwarderErrorFeature()?.Exception;
        if (
            ending is not { IsCancellationRequested: true }
            && error is ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled or ForwarderError.ResponseBodyClient
        )
        {
            // The caller's own doing, such as a body that is too large: the status is set.
            return true;
        }

        var fault =
            ending?.IsCancellationRequested == true
                ? s_stopping
                : Fault.Of(
                    StatusCode.Unavailable,
                    V1.ErrorReason.ServiceNotRunning,
                    $"The process at {process.Peer}, which runs {service}, ended or was lost while it answered. Send the same again, "
                        + $"with back-off: a write under its request_id.",
                    ("service", service)
                );
        if (context.Response.HasStarted)
        {
            streamed.End(fault);
            return true;
        }

        context.Response.StatusCode = StatusCodes.Status200OK;
        if (
            exception is HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.NameResolutionError
            }
        )
        {
            return false;
        }

        await FaultAnswer.WriteAsync(context, fault);
        return true;
    }

    private static bool StaysOpen(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is { } rpc
            ? rpc.Method.Type != MethodType.Unary
            : context.Request.Headers.Upgrade.Count > 0;

    private static RpcException NotRunning(string service, SuiteProcess[] tried) =>
        Fault.Of(
            StatusCode.Unavailable,
            V1.ErrorReason.ServiceNotRunning,
            tried.Length == 0
                ? $"No process of the suite runs {service} now. Start one with --services {service}, then send the same again."
                : $"No process of the suite that runs {service} can be reached now: "
                    + $"{string.Join(", ", tried.Select(process => process.Peer))}. See that they "
                    + "run and that this process reaches them at those addresses (--peer), then send the same again.",
            ("service", service)
        );
}
