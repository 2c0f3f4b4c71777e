using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace EarlyWarning.Cli.Connection;

/// <summary>The suite's services, as one caller reaches them.</summary>
internal sealed class SuiteConnection : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly TokenCommand? _tokens;

    public SuiteConnection(ConnectionSettings settings, TimeProvider time)
    {
        _tokens = settings.TokenCommand is { } command ? new(command, time) : null;
        var handler = new SocketsHttpHandler
        {
            // A watch has to notice that the other side is gone although nothing is due from it.
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            ConnectTimeout = settings.Timeout,
            UseProxy = !settings.Endpoint.IsLoopback,
        };
        settings.Tls.Apply(handler.SslOptions);
        _channel = GrpcChannel.ForAddress(
            settings.Endpoint,
            new GrpcChannelOptions
            {
                MaxReceiveMessageSize = null,

                // A watch that waits for a suite to come back should not learn of it two minutes later.
                MaxReconnectBackoff = TimeSpan.FromSeconds(2),
                DisposeHttpClient = true,
                UnsafeUseInsecureChannelCallCredentials = _tokens is not null,
                Credentials = _tokens is null
                    ? null
                    : ChannelCredentials.Create(
                        settings.Endpoint.Scheme == Uri.UriSchemeHttps ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure,
                        _tokens.Credentials
                    ),
                HttpHandler = handler,
            }
        );
        var who = new Metadata();
        if (_tokens is null && settings.ApiKey is { } key)
        {
            who.Add("authorization", $"Bearer {key}");
        }

        if (settings.Actor is { } actor)
        {
            who.Add("ew-actor", actor);
        }

        var invoker = _channel.Intercept(new CallDefaults(who, settings.Timeout, time));
        if (_tokens is not null)
        {
            invoker = invoker.Intercept(new RefusedTokens(_tokens));
        }

        Catalogue = new(invoker);
        Observations = new(invoker);
        Risks = new(invoker);
        Scoring = new(invoker);
        Operations = new(invoker);
        Thresholds = new(invoker);
        Breaches = new(invoker);
        Notifications = new(invoker);
        Cases = new(invoker);
        Traces = new(invoker);
        Audit = new(invoker);
        Events = new(invoker);
        Server = new(invoker);
    }

    public CatalogueService.CatalogueServiceClient Catalogue { get; }

    public ObservationService.ObservationServiceClient Observations { get; }

    public RiskService.RiskServiceClient Risks { get; }

    public ScoringService.ScoringServiceClient Scoring { get; }

    public OperationService.OperationServiceClient Operations { get; }

    public ThresholdService.ThresholdServiceClient Thresholds { get; }

    public BreachService.BreachServiceClient Breaches { get; }

    public NotificationService.NotificationServiceClient Notifications { get; }

    public CaseService.CaseServiceClient Cases { get; }

    public TraceService.TraceServiceClient Traces { get; }

    public AuditService.AuditServiceClient Audit { get; }

    public EventService.EventServiceClient Events { get; }

    public ServerService.ServerServiceClient Server { get; }

    public void Dispose()
    {
        _channel.Dispose();
        _tokens?.Dispose();
    }
}
