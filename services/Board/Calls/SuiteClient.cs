using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace EarlyWarning.Board.Calls;

/// <summary>The board's connection to the suite: the public API and nothing else.</summary>
internal sealed class SuiteClient : IDisposable
{
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

    /// <summary>
    /// What a call carries that is made in the name of whoever looks: an empty pass too, so that a page that was opened before the suite
    /// asked who calls does not call as the suite itself.
    /// </summary>
    public static Metadata For(IViewer viewer) => new() { { IViewer.PassKey, viewer.Pass } };

    public void Dispose() => _channel?.Dispose();
}
