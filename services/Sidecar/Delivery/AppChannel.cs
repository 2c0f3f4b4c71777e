using Dapr.AppCallback.Autogen.Grpc.v1;
using EarlyWarning.Sidecar.Marshalling;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.Sidecar.Delivery;

/// <summary>Calls an app's AppCallback contract, of which the SDK has the server side only.</summary>
internal sealed class AppChannel : IDisposable
{
    private const string Callback = "dapr.proto.runtime.v1.AppCallback";
    private static readonly TimeSpan s_shortDeadline = TimeSpan.FromSeconds(2);

    /// <summary>
    /// gRPC's own pause between attempts to connect grows to two minutes; how often an app is looked for is the prober's to say.
    /// </summary>
    private static readonly TimeSpan s_reconnect = TimeSpan.FromMilliseconds(50);

    private static readonly Method<Empty, ListTopicSubscriptionsResponse> s_list = Unary<Empty, ListTopicSubscriptionsResponse>(
        Callback,
        "ListTopicSubscriptions"
    );
    private static readonly Method<TopicEventRequest, TopicEventResponse> s_onTopicEvent = Unary<TopicEventRequest, TopicEventResponse>(
        Callback,
        "OnTopicEvent"
    );
    private static readonly Method<Empty, HealthCheckResponse> s_health = Unary<Empty, HealthCheckResponse>(
        Callback + "HealthCheck",
        "HealthCheck"
    );

    private readonly SocketsHttpHandler _handler = new()
    {
        ConnectTimeout = s_shortDeadline,
        EnableMultipleHttp2Connections = true,
        UseProxy = false,
    };
    private readonly GrpcChannel _channel;
    private readonly CallInvoker _invoker;
    private readonly string _token;
    private readonly TimeProvider _time;

    /// <param name="port">The loopback port on which the app listens.</param>
    /// <param name="token">The token that goes with each delivery; empty for none.</param>
    /// <param name="time">The clock.</param>
    public AppChannel(int port, string token, TimeProvider time)
    {
        (_token, _time) = (token, time);
        _channel = GrpcChannel.ForAddress(
            $"http://127.0.0.1:{port}",
            new()
            {
                HttpHandler = _handler,
                InitialReconnectBackoff = s_reconnect,
                MaxReconnectBackoff = s_reconnect,
            }
        );
        _invoker = _channel.CreateCallInvoker();
    }

    public async Task<ListTopicSubscriptionsResponse> ListSubscriptionsAsync(CancellationToken cancellationToken) =>
        await CallAsync(s_list, new(), s_shortDeadline, null, cancellationToken);

    public async Task<TopicEventResponse> DeliverAsync(TopicEventRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // As daprd: the app's token goes with deliveries only, not with discovery and probes.
        Metadata? headers = _token.Length > 0 ? new() { { "dapr-api-token", _token } } : null;
        return await CallAsync(s_onTopicEvent, request, timeout, headers, cancellationToken);
    }

    /// <summary>Whether the app answers at all. An app without a health check that says so is there.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CallAsync(s_health, new(), s_shortDeadline, null, cancellationToken);
            return true;
        }
        catch (RpcException e)
        {
            // One that is too slow to answer is there too, and its deliveries have deadlines of their own.
            return e.StatusCode is not (StatusCode.Unavailable or StatusCode.Internal or StatusCode.Unknown or StatusCode.Cancelled);
        }
    }

    public void Dispose()
    {
        _channel.Dispose();
        _handler.Dispose();
    }

    /// <summary>
    /// Calls for at most a time. A deadline of gRPC's is a moment of the wall clock: one that is wrong, or is set meanwhile, would end the
    /// call at once, or never.
    /// </summary>
    private async Task<TResponse> CallAsync<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        TRequest request,
        TimeSpan timeout,
        Metadata? headers,
        CancellationToken cancellationToken
    )
        where TRequest : class
        where TResponse : class
    {
        using CancellationTokenSource patience = new(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await _invoker.AsyncUnaryCall(method, null, new(headers, cancellationToken: either.Token), request);
        }
        catch (RpcException exception)
            when (exception.StatusCode == StatusCode.Cancelled
                && patience.IsCancellationRequested
                && !cancellationToken.IsCancellationRequested
            )
        {
            throw new RpcException(new(StatusCode.DeadlineExceeded, $"No answer within {timeout.TotalSeconds:0.#} s.", exception));
        }
    }

    private static Method<TRequest, TResponse> Unary<TRequest, TResponse>(string service, string name)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(MethodType.Unary, service, name, ProtoMarshaller<TRequest>.Instance, ProtoMarshaller<TResponse>.Instance);
}
