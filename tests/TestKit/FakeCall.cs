using Grpc.Core;

namespace EarlyWarning.TestKit;

/// <summary>A gRPC call without a wire.</summary>
public sealed class FakeCall(DateTimeOffset? deadline = null, CancellationToken cancellationToken = default) : ServerCallContext
{
    /// <summary>Whether the answer has begun: over HTTP its status is sent by then, and an error can no longer be one.</summary>
    public bool AnswerBegan { get; private set; }

    /// <summary>The rpc that is called.</summary>
    public string Called { get; init; } = "test";

    protected override string MethodCore => Called;

    protected override string HostCore => "test";

    protected override string PeerCore => "test";

    protected override DateTime DeadlineCore => deadline?.UtcDateTime ?? DateTime.MaxValue;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => cancellationToken;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new(null, []);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        AnswerBegan = true;
        return Task.CompletedTask;
    }
}
