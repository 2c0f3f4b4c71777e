using System.Reflection;
using EarlyWarning.Host.Composition;
using EarlyWarning.Host.Forwarding;
using EarlyWarning.Host.Options;
using EarlyWarning.Scoring;
using EarlyWarning.ServiceDefaults;
using EarlyWarning.ServiceDefaults.Arming;
using EarlyWarning.ServiceDefaults.Intake;
using EarlyWarning.ServiceDefaults.Status;
using EarlyWarning.Store;
using EarlyWarning.Store.Invariants;
using EarlyWarning.Store.Processes;
using EarlyWarning.Store.Requests;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace EarlyWarning.Host.Status;

/// <summary>
/// Answers what runs, under which limits, and whether the way of a warning works. Every process answers for the whole suite, by asking the
/// others; one that another asks answers for itself.
/// </summary>
internal sealed partial class ServerService(
    Suite suite,
    SuiteOptions options,
    SuiteStore store,
    IntakeLimits limits,
    StatusSurvey survey,
    IEnumerable<IInvariant> invariants,
    IArming arming,
    TimeProvider time,
    LiveProcesses processes,
    ScoringOptions? scoring = null,
    IntakeCounters? counters = null,
    PeerSurvey? peers = null
) : V1.ServerService.ServerServiceBase
{
    /// <summary>The build.</summary>
    public static string Version { get; } =
        typeof(ServerService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    // Longer than a source of the status may take: a process of which one does not answer is not taken for one that does not.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(4);

    public override async Task<GetServerInfoResponse> GetServerInfo(GetServerInfoRequest request, ServerCallContext context)
    {
        GetServerInfoResponse info = new()
        {
            Version = Version,
            Exercise = suite.Exercise,
            ServerTime = time.GetUtcNow().ToTimestamp(),
            Limits = Limits(),
            Intake = Intake(),
            Services = { options.Services },
        };
        if (PeerConnection.Is(context.GetHttpContext()))
        {
            return info;
        }

        try
        {
            var live = await processes.ListAsync(context.CancellationToken);
            InfoMerge.Add(
                info,
                live,
                peers is null
                    ? []
                    : await peers.AskAsync(
                        (server, call) => server.GetServerInfoAsync(request, call),
                        Deadline(),
                        context.CancellationToken
                    )
            );
        }
        catch (StoreUnavailableException)
        {
            // Which processes there are is not known, and none is listed.
        }

        return info;
    }

    public override async Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context)
    {
        var asked = PeersOf(context)
            ?.AskAsync((server, call) => server.GetStatusAsync(request, call), Deadline(), context.CancellationToken);
        var lines = await survey.ReadAsync(context.CancellationToken);
        if (asked is not null)
        {
            lines = StatusMerge.Of([lines, .. await LinesAsync(asked)]);
        }

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

    private static async Task<IEnumerable<IReadOnlyList<StatusLine>>> LinesAsync(Task<IReadOnlyList<PeerAnswer<GetStatusResponse>>> asked)
    {
        try
        {
            return (await asked).Select(answer =>
                answer.Answer is { } status ? status.Lines : (IReadOnlyList<StatusLine>)[Silent(answer.Process, answer.Fault)]
            );
        }
        catch (StoreUnavailableException)
        {
            // The line of the services says so.
            return [];
        }
    }

    private static StatusLine Silent(SuiteProcess process, string why) =>
        new()
        {
            Subject = "process",
            Heading = Heading.Path,
            Health = Health.Failing,
            Text = $"The process that runs {string.Join(", ", process.Services)} does not answer, so what it would say is not known. {why}",
            Action = "See that it runs, and that this process reaches it at its --peer address.",
            Processes = { process.Peer },
        };

    /// <summary>Who else has to be asked: nobody where this process is alone, or another one asks.</summary>
    private PeerSurvey? PeersOf(ServerCallContext context) => PeerConnection.Is(context.GetHttpContext()) ? null : peers;

    private DateTime Deadline() => (time.GetUtcNow() + s_patience).UtcDateTime;

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
            MaxStreamsPerConnection = SuiteAddresses.MaxStreams,
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
