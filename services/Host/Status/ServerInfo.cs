using System.Reflection;
using EarlyWarning.Host.Options;
using EarlyWarning.Scoring;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.ServiceDefaults.Intake;
using EarlyWarning.Store.Requests;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Host.Status;

/// <summary>What this process runs, and under which limits.</summary>
internal sealed class ServerInfo(
    Suite suite,
    SuiteOptions options,
    IntakeLimits limits,
    TimeProvider time,
    ScoringOptions? scoring = null,
    IntakeCounters? counters = null
)
{
    /// <summary>The build.</summary>
    public static string Version { get; } =
        typeof(ServerInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    /// <summary>Whether the suite is an exercise.</summary>
    public bool IsExercise => suite.Exercise;

    /// <summary>Tells it, without the suite's other processes.</summary>
    public GetServerInfoResponse Tell() =>
        new()
        {
            Version = Version,
            Exercise = suite.Exercise,
            ServerTime = time.GetUtcNow().ToTimestamp(),
            Limits = Limits(),
            Intake = Intake(),
            Services = { options.Services },
        };

    private IntakeCounts? Intake() =>
        counters is null
            ? null
            : new()
            {
                Recorded = counters.Recorded,
                Duplicates = counters.Duplicates,
                Rejected = counters.Rejected,
                Retried = counters.Retried,
                Superseded = counters.Superseded,
            };

    private Limits Limits()
    {
        Limits all = new()
        {
            MaxMessageBytes = limits.MaxMessageBytes,
            MaxBatchItems = limits.MaxBatchItems,
            MaxInFlightBatches = limits.MaxInFlightBatches,
            MaxClockLead = limits.MaxClockLead.ToDuration(),
            ResendWindow = EarlyWarning.Risk.RiskOptions.ResendWindow,
            RequestRetention = RequestTable.Kept.ToDuration(),
            MaxStreamsPerConnection = SuiteOptions.MaxStreams,
        };
        if (scoring is not null)
        {
            all.MaxRunningOperations = scoring.Operations.AtOnce;
            all.MaxQueuedOperations = scoring.Operations.MostQueued;
            all.MaxKeptOperations = scoring.Operations.MostKept;
            all.MaxOperationResultBytes = scoring.Operations.MaxResultBytes;
            all.OperationRetention = scoring.Operations.Retention.ToDuration();
        }

        return all;
    }
}
