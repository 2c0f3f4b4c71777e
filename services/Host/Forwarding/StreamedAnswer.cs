using EarlyWarning.ServiceDefaults.Errors;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace EarlyWarning.Host.Forwarding;

/// <summary>
/// An answer of gRPC that is being forwarded. Where the process that gives it is lost in the middle, its caller reads a status that says
/// so, and that it may call again, in place of a stream that breaks off.
/// </summary>
internal sealed class StreamedAnswer : IHttpResetFeature, IDisposable
{
    private readonly HttpContext _context;
    private readonly IHttpResetFeature? _reset;

    private StreamedAnswer(HttpContext context) => (_context, _reset) = (context, context.Features.Get<IHttpResetFeature>());

    /// <summary>Keeps the answer from being broken off, until this is disposed of.</summary>
    public static StreamedAnswer Begin(HttpContext context)
    {
        StreamedAnswer answer = new(context);
        if (answer._reset is not null && FaultAnswer.IsGrpc(context.Request))
        {
            context.Features.Set<IHttpResetFeature>(answer);
        }

        return answer;
    }

    /// <summary>Does nothing yet: what ends the answer is decided by <see cref="End"/>.</summary>
    public void Reset(int errorCode) { }

    /// <summary>Ends an answer that has begun.</summary>
    public void End(RpcException fault)
    {
        if (
            FaultAnswer.IsGrpc(_context.Request)
            && _context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { IsReadOnly: false } trailers
        )
        {
            FaultAnswer.WriteStatus(trailers, fault);
        }
        else
        {
            _context.Abort();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _context.Features.Set(_reset);
}
