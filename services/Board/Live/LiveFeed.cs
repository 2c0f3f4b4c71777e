using System.Collections.Immutable;
using EarlyWarning.Board.Calls;
using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Board.Live;

/// <summary>
/// Holds one set of watches on the suite, however many people look, and folds what they carry into <see cref="LiveState"/>. A watch that
/// breaks is taken up again where it was; until then the board says what it does not hear of.
/// </summary>
internal sealed class LiveFeed(
    SuiteClient suite,
    LiveState state,
    Readiness readiness,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILogger<LiveFeed> logger
) : BackgroundService
{
    /// <summary>What the name of the part begins with that brings the risks under a framework.</summary>
    public const string RisksOf = "risks of ";

    private const int MostClosed = 50;
    private static readonly TimeSpan s_statusEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_directoryEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);
    private readonly HashSet<string> _watched = [];
    private readonly CaseRisks _risksOfCases = new(suite, state, logger);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The suite stops serving before it stops this: that the watches break then is no news.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await StartedAsync(stopping.Token);
        await readiness.AfterStartAsync(stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(
            KeepAsync("status", StatusAsync, stopping.Token),
            KeepAsync("frameworks", token => FrameworksAsync(stopping.Token, token), stopping.Token),
            KeepAsync("cases", CasesAsync, stopping.Token),
            KeepAsync("directory", DirectoryAsync, stopping.Token)
        );
    }

    /// <summary>Waits until the suite serves: before that a watch would only fail.</summary>
    private async Task StartedAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Runs a part of the feed again and again, and shows while it is broken.</summary>
    private async Task KeepAsync(string part, Func<CancellationToken, Task> run, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await run(stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever a part of the feed meets, it ends neither the others nor the suite.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                var reason = exception is RpcException { Status.Detail: var detail } ? detail : exception.Message;
                logger.FeedBroken(part, reason);
                state.Change(s => s with { Broken = s.Broken.SetItem(part, reason) });
            }

            await Task.Delay(s_again, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StatusAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var status = await suite.Server.GetStatusAsync(new(), deadline: SuiteClient.Deadline, cancellationToken: cancellationToken);
            Hear("status", s => s with { Status = status });
            await Task.Delay(s_statusEvery, time, cancellationToken);
        }
    }

    /// <summary>Finds frameworks, also those that are created later, and watches each.</summary>
    private async Task FrameworksAsync(CancellationToken stopping, CancellationToken cancellationToken)
    {
        var page = "";
        while (true)
        {
            var list = await suite.Catalogue.ListFrameworksAsync(
                new() { PageSize = 100, PageToken = page },
                deadline: SuiteClient.Deadline,
                cancellationToken: cancellationToken
            );
            Hear("frameworks", s =>
                s with
                {
                    Frameworks = s.Frameworks.SetItems(list.Frameworks.Select(f => KeyValuePair.Create(ResourceName.IdOf(f.Name), f))),
                }
            );
            foreach (var id in list.Frameworks.Select(f => ResourceName.IdOf(f.Name)).Where(_watched.Add))
            {
                // Ends with the feed itself, or where the framework is retired: neither throws.
                _ = KeepRisksAsync(id, stopping);
            }

            page = list.NextPageToken;
            if (page.Length == 0)
            {
                await Task.Delay(s_statusEvery, time, cancellationToken);
            }
        }
    }

    /// <summary>Watches the risks under a framework until it is retired; then the board forgets it.</summary>
    private async Task KeepRisksAsync(string framework, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var part = $"{RisksOf}{framework}";
        await KeepAsync(
            part,
            async token =>
            {
                try
                {
                    await RisksAsync(framework, part, token);
                }
                catch (RpcException exception) when (exception.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason == "RETIRED")
                {
                    Hear(part, s => s.Without(framework));
                    await ending.CancelAsync();
                }
            },
            ending.Token
        );
    }

    private async Task RisksAsync(string framework, string part, CancellationToken cancellationToken)
    {
        using var watch = suite.Risks.WatchCountryRisks(new() { Parent = $"frameworks/{framework}" }, cancellationToken: cancellationToken);
        var first = true;
        await foreach (var change in watch.ResponseStream.ReadAllAsync(cancellationToken))
        {
            // What a watch begins with is the present, also of a suite that was taken back to an earlier one.
            var all = first;
            Hear(part, s => all ? s.With(change.Risks, time.GetUtcNow()) : s.WithNewer(change.Risks, time.GetUtcNow()));
            first = false;
        }
    }

    private async Task CasesAsync(CancellationToken cancellationToken)
    {
        // The first list's token misses nothing of what changes while the others are read, however long the watch was broken.
        ListCasesRequest open = new() { OpenOnly = true, PageSize = 500 };
        var list = await ListAsync(open, cancellationToken);
        List<Case> cases = [.. list.Cases];
        var resume = list.ResumeToken;
        while (list.NextPageToken.Length > 0)
        {
            open.PageToken = list.NextPageToken;
            list = await ListAsync(open, cancellationToken);
            cases.AddRange(list.Cases);
        }

        ListCasesRequest closed = new() { States = { Case.Types.State.StoodDown, Case.Types.State.Ended }, PageSize = MostClosed };
        cases.AddRange((await ListAsync(closed, cancellationToken)).Cases);
        var names = cases.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        Hear("cases", s =>
            cases.Aggregate(s with { Cases = s.Cases.RemoveRange(s.Cases.Keys.Where(name => !names.Contains(name))) }, (state, one) =>
                state.With(one)
            )
        );
        using var watch = suite.Cases.WatchCases(new() { ResumeToken = resume }, cancellationToken: cancellationToken);
        await foreach (var change in watch.ResponseStream.ReadAllAsync(cancellationToken))
        {
            // Without a case it is a bookmark: it says that the watch stands.
            var risks = change.Case is null ? [] : await _risksOfCases.ReadAsync(change.Case, cancellationToken);
            Hear("cases", s => change.Case is null ? s : s.WithNewer(risks, time.GetUtcNow()).With(change.Case));
        }
    }

    private async Task<ListCasesResponse> ListAsync(ListCasesRequest request, CancellationToken cancellationToken) =>
        await suite.Cases.ListCasesAsync(request, deadline: SuiteClient.Deadline, cancellationToken: cancellationToken);

    /// <summary>What countries are filtered and drawn by: their codes, and who are members of what.</summary>
    private async Task DirectoryAsync(CancellationToken cancellationToken)
    {
        var countries = await suite.Risks.ListCountriesAsync(new(), deadline: SuiteClient.Deadline, cancellationToken: cancellationToken);
        Hear("directory", s =>
            s with
            {
                Countries = countries.Countries.ToImmutableSortedDictionary(one => one.Code, one => one, StringComparer.Ordinal),
            }
        );
        while (true)
        {
            var members = await OrganisationsAsync(cancellationToken);
            Hear("directory", s => s with { Organisations = members });
            await Task.Delay(s_directoryEvery, time, cancellationToken);
        }
    }

    private async Task<ImmutableSortedDictionary<string, ImmutableHashSet<string>>> OrganisationsAsync(CancellationToken cancellationToken)
    {
        List<Recipient> recipients = [];
        ListRecipientsResponse? page = null;
        while (page is not { NextPageToken.Length: 0 })
        {
            page = await suite.Notifications.ListRecipientsAsync(
                new() { PageSize = 1000, PageToken = page?.NextPageToken ?? "" },
                deadline: SuiteClient.Deadline,
                cancellationToken: cancellationToken
            );
            recipients.AddRange(page.Recipients);
        }

        return recipients
            .Where(one => one.Organisation.Length > 0)
            .GroupBy(one => one.Organisation, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                one => one.Key,
                one => one.SelectMany(recipient => recipient.Countries).ToImmutableHashSet(StringComparer.Ordinal),
                StringComparer.Ordinal
            );
    }

    private void Hear(string part, Func<BoardState, BoardState> change) =>
        state.Hear(time.GetUtcNow(), s => change(s) with { IsHeard = true, Broken = s.Broken.Remove(part), Whole = s.Whole.Add(part) });
}
