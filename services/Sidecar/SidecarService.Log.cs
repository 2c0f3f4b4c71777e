using Microsoft.Extensions.Logging;

namespace EarlyWarning.Sidecar;

public sealed partial class SidecarService
{
    [LoggerMessage(
        11021,
        LogLevel.Information,
        "Another sidecar serves this suite; this one stands by, and takes over when that one has ended"
    )]
    private partial void LogStandsBy();

    [LoggerMessage(11022, LogLevel.Information, "The sidecar of {AppId} listens at {Grpc} (gRPC) and {Http} (HTTP)")]
    private partial void LogServes(string appId, Uri grpc, Uri http);

    [LoggerMessage(11023, LogLevel.Error, "The sidecar cannot serve, and is started again: {Reason}")]
    private partial void LogCannotServe(string reason);

    [LoggerMessage(11024, LogLevel.Warning, "The sidecar stops serving: another one has taken over, or may have")]
    private partial void LogYields();
}
