using EarlyWarning.Driver.Activities;
using EarlyWarning.Driver.Partners;
using EarlyWarning.Driver.Reports;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Driver.Reconciling;

/// <summary>Holds the client's ledger against the suite's counts and its store.</summary>
internal sealed class Reconciliation(CallInvoker suite, bool isOwn)
{
    private const int MostLookedFor = 300;
    private readonly List<string> _agreements = [];
    private readonly List<string> _differences = [];

    /// <summary>What intake says that it has done.</summary>
    public async Task<IntakeCounts?> CountsAsync(CancellationToken cancellationToken) =>
        (await new ServerService.ServerServiceClient(suite).GetServerInfoAsync(new(), cancellationToken: cancellationToken)).Intake;

    /// <summary>Compares.</summary>
    /// <param name="before">The suite's counts before the run.</param>
    /// <param name="bench">What the run shared, with its ledger.</param>
    /// <param name="started">When the run began.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    public async Task<ReconciliationReport> RunAsync(
        IntakeCounts? before,
        Workbench bench,
        DateTimeOffset started,
        CancellationToken cancellationToken
    )
    {
        Count(before, await CountsAsync(cancellationToken), bench.Answers);
        await LookForAsync(bench.Answers, cancellationToken);
        await new WarningsTold(suite, bench, started).CompareAsync(_agreements, _differences, cancellationToken);
        _differences.AddRange(bench.Wrongs.Distinct(StringComparer.Ordinal));
        if (isOwn)
        {
            await CheckStoreAsync(cancellationToken);
        }

        return new(_agreements, _differences);
    }

    /// <summary>Compares counts; a call without an answer may have been recorded or not.</summary>
    internal static string? Difference(string what, long client, long suite, long unanswered)
    {
        if (suite >= client && suite <= client + unanswered)
        {
            return null;
        }

        var open = unanswered > 0 ? $" and not answered {unanswered:N0}" : "";
        return $"{what}: the client was answered {client:N0}{open}, the suite counts {suite:N0}";
    }

    private void Count(IntakeCounts? before, IntakeCounts? after, Answers answers)
    {
        if (before is null || after is null)
        {
            _differences.Add("a process that takes observations in did not say what it has counted");
            return;
        }

        string?[] found =
        [
            Difference("recorded", answers.Recorded, after.Recorded - before.Recorded, answers.Unanswered),
            Difference("duplicates", answers.Duplicates, after.Duplicates - before.Duplicates, answers.Unanswered),
            Difference("superseded", answers.Superseded, after.Superseded - before.Superseded, answers.Unanswered),
        ];
        _differences.AddRange(found.OfType<string>());
        if (found.All(difference => difference is null))
        {
            Agree($"counts of client and suite: {answers.Recorded:N0} recorded, {answers.Duplicates:N0} duplicates");
        }
    }

    /// <summary>What was acknowledged is read back, each under its id: there once, with the value that was sent.</summary>
    private async Task LookForAsync(Answers answers, CancellationToken cancellationToken)
    {
        var client = new ObservationService.ObservationServiceClient(suite);
        var looked = 0;
        foreach (var sent in answers.Kept.Chunk(Math.Max(1, answers.Kept.Count / MostLookedFor)).Select(some => some[0]))
        {
            var found = await client.ListObservationsAsync(
                new()
                {
                    Country = sent.Country,
                    ObservationId = sent.ObservationId,
                    IncludeRevisions = true,
                },
                cancellationToken: cancellationToken
            );
            looked++;
            if (found.Observations.Count != 1 || !found.Observations[0].Value.Equals(sent.Value))
            {
                _differences.Add($"{sent.ObservationId} of {sent.Country} was acknowledged and is there {found.Observations.Count} times");
            }
        }

        Agree($"{looked:N0} acknowledged observations were read back by their ids");
    }

    private async Task CheckStoreAsync(CancellationToken cancellationToken)
    {
        var answer = await new ServerService.ServerServiceClient(suite).CheckStoreAsync(new(), cancellationToken: cancellationToken);
        _differences.AddRange(answer.Checks.SelectMany(check => check.Violations));
        Agree(
            $"the check of the whole store looked at {answer.Checks.Sum(check => check.Looked):N0} things under {answer.Checks.Count} "
                + $"promises"
        );
    }

    private void Agree(string what) => _agreements.Add(what);
}
