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
        await _invoker.AsyncUnaryCall(s_list, null, Options(s_shortDeadline, null, cancellationToken), new());

    public async Task<TopicEventResponse> DeliverAsync(TopicEventRequest request, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // As daprd: the app's token goes with deliveries only, not with discovery and probes.
        Metadata? headers = _token.Length > 0 ? new() { { "dapr-api-token", _token } } : null;
        return await _invoker.AsyncUnaryCall(s_onTopicEvent, null, Options(timeout, headers, cancellationToken), request);
    }

    /// <summary>Whether the app answers at all. An app without a health check that says so is there.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _invoker.AsyncUnaryCall(s_health, null, Options(s_shortDeadline, null, cancellationToken), new());
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

    private CallOptions Options(TimeSpan timeout, Metadata? headers, CancellationToken cancellationToken) =>
        new(headers, _time.GetUtcNow().UtcDateTime + timeout, cancellationToken);

    private static Method<TRequest, TResponse> Unary<TRequest, TResponse>(string service, string name)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() =>
        new(MethodType.Unary, service, name, ProtoMarshaller<TRequest>.Instance, ProtoMarshaller<TResponse>.Instance);
}
