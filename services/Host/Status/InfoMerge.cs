using EarlyWarning.Host.Options;
using EarlyWarning.Store.Processes;
using EarlyWarning.V1;
using Google.Protobuf.WellKnownTypes;

namespace EarlyWarning.Host.Status;

/// <summary>Makes the particulars of a suite from those of its processes. Pure.</summary>
internal static class InfoMerge
{
    /// <summary>Adds what runs elsewhere, and what is known there alone.</summary>
    /// <param name="info">What the process that is asked knows.</param>
    /// <param name="live">The suite's processes.</param>
    /// <param name="answers">What the others know.</param>
    public static void Add(
        GetServerInfoResponse info,
        IReadOnlyList<SuiteProcess> live,
        IReadOnlyList<PeerAnswer<GetServerInfoResponse>> answers
    )
    {
        info.Processes.Add(
            live.OrderBy(process => process.Peer, StringComparer.Ordinal)
                .Select(process => new RunningProcess
                {
                    Id = process.Id,
                    Services = { process.Services },
                    Version = process.Version,
                    Address = process.Peer,
                    StartTime = process.Started.ToTimestamp(),
                })
        );
        var services = info.Services.Concat(live.SelectMany(process => process.Services)).ToHashSet(StringComparer.Ordinal);
        info.Services.Clear();
        info.Services.Add(ServiceNames.All.Where(services.Contains));
        info.Intake = Intake(info.Intake, [.. answers.Where(answer => answer.Process.Services.Contains(ServiceNames.Indicators))]);
        if (
            info.Limits.MaxRunningOperations == 0
            && answers.Select(answer => answer.Answer?.Limits).OfType<Limits>().FirstOrDefault(limits => limits.MaxRunningOperations > 0)
                is { } scoring
        )
        {
            info.Limits = scoring;
        }
    }

    private static IntakeCounts? Intake(IntakeCounts? own, IReadOnlyList<PeerAnswer<GetServerInfoResponse>> others)
    {
        IntakeCounts?[] counts = [.. own is null ? Array.Empty<IntakeCounts?>() : [own], .. others.Select(answer => answer.Answer?.Intake)];
        return counts.Length == 0 || counts.Contains(null)
            ? null
            : new()
            {
                Recorded = counts.Sum(count => count!.Recorded),
                Duplicates = counts.Sum(count => count!.Duplicates),
                Rejected = counts.Sum(count => count!.Rejected),
                Retried = counts.Sum(count => count!.Retried),
                Superseded = counts.Sum(count => count!.Superseded),
            };
    }
}
