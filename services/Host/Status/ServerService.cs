using System.Reflection;
using EarlyWarning.Host.Composition;
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
    StatusSurvey survey,
    IEnumerable<IInvariant> invariants,
    IArming arming,
    TimeProvider time)
    : V1.ServerService.ServerServiceBase
{
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
        var lines = await survey.ReadAsync(context.CancellationToken);
        return new()
        {
            Time = time.GetUtcNow().ToTimestamp(),
            Exercise = suite.Exercise,
            Health = lines.Select(line => line.Health).DefaultIfEmpty(Health.Ok).Max(),
            PathHealth = StatusSurvey.Worst(lines, Heading.Path),
            AnswersHealth = StatusSurvey.Worst(lines, Heading.Answers),
            Lines = { lines },
        };
    }

    private Limits Limits() => new()
    {
        MaxMessageBytes = limits.MaxMessageBytes,
        MaxBatchItems = limits.MaxBatchItems,
        MaxInFlightBatches = limits.MaxInFlightBatches,
        MaxClockLead = limits.MaxClockLead.ToDuration(),
        ResendWindow = EarlyWarning.Risk.RiskOptions.ResendWindow,
        MaxStreamsPerConnection = SuiteAddresses.MaxStreams,
    };
}
