using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace EarlyWarning.Samples;

/// <summary>The way to a suite: one channel for all calls, with the key on each of them.</summary>
internal sealed class Suite : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(
        Environment.GetEnvironmentVariable("EW_ENDPOINT") ?? "http://127.0.0.1:5051",
        new()
        {
            // By default the wait before the next connection grows to two minutes: too long for a warning.
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(100),
            MaxReconnectBackoff = TimeSpan.FromSeconds(1),
            HttpHandler = new SocketsHttpHandler
            {
                // Notices a connection that broke without a word.
                KeepAlivePingDelay = TimeSpan.FromSeconds(20),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            },
            DisposeHttpClient = true,
            ServiceConfig = new()
            {
                MethodConfigs = { SentAgain("ObservationService", "RecordObservation"), SentAgain("RiskService", "GetCountryRisk") },
            },
        }
    );

    /// <summary>What clients make their calls through.</summary>
    public CallInvoker Calls =>
        _channel.Intercept(headers =>
        {
            if (Environment.GetEnvironmentVariable("EW_API_KEY") is { Length: > 0 } key)
            {
                headers.Add("authorization", $"Bearer {key}");
            }

            return headers;
        });

    /// <summary>Closes the channel.</summary>
    public void Dispose() => _channel.Dispose();

    // What was UNAVAILABLE is sent again as it was, within the call's deadline: an observation that arrives twice is recorded once.
    private static MethodConfig SentAgain(string service, string method) =>
        new()
        {
            Names =
            {
                new MethodName { Service = $"earlywarning.v1.{service}", Method = method },
            },
            RetryPolicy = new()
            {
                MaxAttempts = 5,
                InitialBackoff = TimeSpan.FromMilliseconds(200),
                MaxBackoff = TimeSpan.FromSeconds(1),
                BackoffMultiplier = 2,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
}
