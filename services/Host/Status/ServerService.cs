using System.Reflection;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.ServiceDefaults.Arming;
using EarlyWarning.ServiceDefaults.Intake;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store;
using EarlyWarning.Store.Invariants;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Host.Status;

/// <summary>Answers what runs here, under which limits, and whether the way of a warning works.</summary>
internal sealed partial class ServerService(
    Suite suite,
    SuiteStore store,
    IntakeLimits limits,
    IntakeCounters counters,
    IEnumerable<IStatusSource> sources,
    IEnumerable<IInvariant> invariants,
    IArming arming,
    TimeProvider time,
    ILogger<ServerService> logger)
    : V1.ServerService.ServerServiceBase
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);
    private static readonly string s_version =
        typeof(ServerService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public override Task<GetServerInfoResponse> GetServerInfo(GetServerInfoRequest request, ServerCallContext context)
        => Task.FromResult(new GetServerInfoResponse
        {
            Version = s_version,
            Exercise = suite.Exercise,
            ServerTime = time.GetUtcNow().ToTimestamp(),
            Limits = Limits(),
            Intake = new()
            {
                Recorded = counters.Recorded,
                Duplicates = counters.Duplicates,
                Rejected = counters.Rejected,
                Retried = counters.Retried,
                Superseded = counters.Superseded,
            },
            Services = { "indicators", "risk", "scoring", "notification", "escalation", "ledger", "board" },
        });

    public override async Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context)
    {
        var lines = await Task.WhenAll(sources.Select(source => LinesAsync(source, context.CancellationToken)));
        var response = new GetStatusResponse { Time = time.GetUtcNow().ToTimestamp(), Exercise = suite.Exercise };
        response.Lines.AddRange(lines.SelectMany(of => of));
        response.Health = response.Lines.Select(line => line.Health).DefaultIfEmpty(Health.Ok).Max();
        return response;
    }

    private Limits Limits() => new()
    {
        MaxMessageBytes = limits.MaxMessageBytes,
        MaxBatchItems = limits.MaxBatchItems,
        MaxInFlightBatches = limits.MaxInFlightBatches,
        MaxClockLead = limits.MaxClockLead.ToDuration(),
        ResendWindow = EarlyWarning.Risk.RiskOptions.ResendWindow,
    };

    /// <summary>A source that fails or hangs is itself bad news, and takes none of the others' away.</summary>
    private async Task<IReadOnlyList<StatusLine>> LinesAsync(IStatusSource source, CancellationToken cancellationToken)
    {
        try
        {
            return await source.GetLinesAsync(cancellationToken).WaitAsync(s_patience, time, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.SourceFailed(source.GetType().Name, exception);
            return
            [
                new()
                {
                    Subject = source.GetType().Name.Replace("Status", "", StringComparison.Ordinal).ToLowerInvariant(),
                    Health = Health.Failing,
                    Text = $"It does not answer: {exception.Message}",
                    Action = "Look at the suite's log.",
                },
            ];
        }
    }
}
