using EarlyWarning.ServiceDefaults.Arming;
using EarlyWarning.ServiceDefaults.Errors;
using Microsoft.Net.Http.Headers;

namespace EarlyWarning.ServiceDefaults.Hosting;

/// <summary>The headers of an answer.</summary>
public static class AnswerHeaders
{
    /// <summary>Gets what a client reads of an answer beside its body, whether it speaks gRPC-Web or JSON.</summary>
    public static IReadOnlyList<string> Read { get; } =
    ["grpc-status", "grpc-message", FaultAnswer.DetailsName, UnarmedHeader.Name, HeaderNames.Allow, HeaderNames.WWWAuthenticate];
}
