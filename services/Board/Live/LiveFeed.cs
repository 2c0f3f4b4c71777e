using EarlyWarning.ServiceDefaults.Hosting;
using EarlyWarning.V1;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Board.Live;

/// <summary>
/// Holds one set of watches on the suite and folds what they carry into <see cref="LiveState"/>. A watch that breaks is taken up again
/// where it was; until then the board says what it does not hear of.
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
    private static readonly TimeSpan s_statusEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(1);
    private readonly HashSet<string> _watched = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The suite stops serving before it stops this: that the watches break then is no news.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, lifetime.ApplicationStopping);
        await StartedAsync(stopping.Token);
        await readiness.AfterStartAsync(stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(
            KeepAsync("status", StatusAsync, stopping.Token),
            KeepAsync("frameworks", token => FrameworksAsync(stopping.Token, token), stopping.Token),
            KeepAsync("breaches", BreachesAsync, stopping.Token),
            KeepAsync("cases", CasesAsync, stopping.Token)
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
            var status = await suite.Server.GetStatusAsync(new(), deadline: Deadline(), cancellationToken: cancellationToken);
            Hear("status", s => s with { Status = status, Exercise = status.Exercise });
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
                deadline: Deadline(),
                cancellationToken: cancellationToken
            );
            Hear("frameworks", s =>
                s with
                {
                    Frameworks = s.Frameworks.SetItems(list.Frameworks.Select(f => KeyValuePair.Create(IdOf(f), f))),
                }
            );
            foreach (var id in list.Frameworks.Select(IdOf).Where(_watched.Add))
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
        var part = $"risks of {framework}";
        await KeepAsync(
            part,
            async token =>
            {
                try
                {
                    await RisksAsync(framework, token);
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

    private async Task RisksAsync(string framework, CancellationToken cancellationToken)
    {
        using var watch = suite.Risks.WatchCountryRisks(new() { Parent = $"frameworks/{framework}" }, cancellationToken: cancellationToken);
        await foreach (var change in watch.ResponseStream.ReadAllAsync(cancellationToken))
        {
            Hear($"risks of {framework}", s =>
                s with
                {
                    Risks = s.Risks.SetItems(change.Risks.Select(r => KeyValuePair.Create(r.Name, r))),
                }
            );
        }
    }

    private async Task BreachesAsync(CancellationToken cancellationToken)
    {
        // The list and its token together miss nothing, however long the watch was broken.
        var list = await suite.Breaches.ListBreachesAsync(
            new() { PageSize = 100 },
            deadline: Deadline(),
            cancellationToken: cancellationToken
        );
        Hear("breaches", s => list.Breaches.Aggregate(s, (state, breach) => state.With(breach)));
        using var watch = suite.Breaches.WatchBreaches(new() { ResumeToken = list.ResumeToken }, cancellationToken: cancellationToken);
        await foreach (var change in watch.ResponseStream.ReadAllAsync(cancellationToken))
        {
            // Without a breach it is a bookmark: it says that the watch stands.
            Hear("breaches", s => change.Breach is null ? s : s.With(change.Breach));
        }
    }

    private async Task CasesAsync(CancellationToken cancellationToken)
    {
        var list = await suite.Cases.ListCasesAsync(new() { PageSize = 500 }, deadline: Deadline(), cancellationToken: cancellationToken);
        Hear("cases", s => list.Cases.Aggregate(s, (state, one) => state.With(one)));
        using var watch = suite.Cases.WatchCases(new() { ResumeToken = list.ResumeToken }, cancellationToken: cancellationToken);
        await foreach (var change in watch.ResponseStream.ReadAllAsync(cancellationToken))
        {
            Hear("cases", s => change.Case is null ? s : s.With(change.Case));
        }
    }

    private void Hear(string part, Func<BoardState, BoardState> change) =>
        state.Change(s => change(s) with { HeardAt = time.GetUtcNow(), Broken = s.Broken.Remove(part) });

    private DateTime Deadline() => time.GetUtcNow().UtcDateTime.AddSeconds(10);

    private static string IdOf(Framework framework) => framework.Name.Split('/')[1];
}
