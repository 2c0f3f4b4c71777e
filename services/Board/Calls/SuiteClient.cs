using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.Board.Calls;

/// <summary>The board's connection to the suite: the public API and nothing else.</summary>
internal sealed class SuiteClient : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);
    private readonly GrpcChannel? _channel;

    internal SuiteClient(CallInvoker calls)
    {
        Catalogue = new(calls);
        Risks = new(calls);
        Breaches = new(calls);
        Cases = new(calls);
        Notifications = new(calls);
        Server = new(calls);
        Traces = new(calls);
        Scores = new(calls);
        Observations = new(calls);
        Thresholds = new(calls);
        Events = new(calls);
        Audit = new(calls);
    }

    public SuiteClient(GrpcChannel channel)
        : this(channel.CreateCallInvoker()) => _channel = channel;

    public CatalogueService.CatalogueServiceClient Catalogue { get; }

    public RiskService.RiskServiceClient Risks { get; }

    public BreachService.BreachServiceClient Breaches { get; }

    public CaseService.CaseServiceClient Cases { get; }

    public NotificationService.NotificationServiceClient Notifications { get; }

    public ServerService.ServerServiceClient Server { get; }

    public TraceService.TraceServiceClient Traces { get; }

    public ScoringService.ScoringServiceClient Scores { get; }

    public ObservationService.ObservationServiceClient Observations { get; }

    public ThresholdService.ThresholdServiceClient Thresholds { get; }

    public EventService.EventServiceClient Events { get; }

    public AuditService.AuditServiceClient Audit { get; }

    /// <summary>
    /// What a call carries that is made in the name of whoever looks: an empty pass too, so that a page that was opened before the suite
    /// asked who calls does not call as the suite itself.
    /// </summary>
    private static Metadata For(IViewer viewer) => new() { { IViewer.PassKey, viewer.Pass } };

    /// <summary>
    /// Gets when a call is given up that begins now: by the system's clock, which the transport goes by. The suite's own is another one
    /// while clocks disagree, and the board would hear of nothing just then.
    /// </summary>
    public static DateTime Deadline => TimeProvider.System.GetUtcNow().UtcDateTime + s_patience;

    /// <summary>How a call is made in a viewer's name.</summary>
    public static CallOptions Call(IViewer viewer, CancellationToken cancellationToken = default) =>
        new(For(viewer), Deadline, cancellationToken);

    public void Dispose() => _channel?.Dispose();
}
