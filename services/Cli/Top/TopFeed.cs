using EarlyWarning.Cli.Connection;
using EarlyWarning.Cli.Watching;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Cli.Top;

/// <summary>
/// Tells what becomes of the suite: the watches of risks and cases, each resumed where it broke, and its clock, asked every second so that
/// it is noticed when nothing answers any more.
/// </summary>
internal sealed class TopFeed(
    SuiteConnection suite,
    ConnectionSettings settings,
    TimeProvider time,
    string framework,
    Action<Func<TopState, TopState>> tell
)
{
    private const string UnarmedHeader = "ew-unarmed";

    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1.5);
    private readonly Watcher _watcher = new(settings, time, longestWait: TimeSpan.FromSeconds(1));

    /// <summary>Goes on until it is broken off.</summary>
    /// <exception cref="RpcException">The suite refuses.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] parts = [RisksAsync(ending.Token), CasesAsync(ending.Token), ClockAsync(ending.Token)];
        try
        {
            await await Task.WhenAny(parts);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private Task RisksAsync(CancellationToken cancellation) =>
        _watcher.RunAsync(
            new Watched<WatchCountryRisksResponse>(
                (token, ending) =>
                    suite.Risks.WatchCountryRisks(new() { Parent = framework, ResumeToken = token }, cancellationToken: ending),
                response => response.ResumeToken,
                response =>
                {
                    tell(state => state.With(response.Risks));
                    return true;
                },
                _ => Task.FromResult("")
            ),
            "",
            new Listener(this, TopState.RisksPart),
            cancellation
        );

    private async Task CasesAsync(CancellationToken cancellation) =>
        await _watcher.RunAsync(
            new Watched<WatchCasesResponse>(
                (token, ending) => suite.Cases.WatchCases(new() { ResumeToken = token }, cancellationToken: ending),
                response => response.ResumeToken,
                response =>
                {
                    // Without a case it is a bookmark.
                    tell(state => response.Case is { } changed ? state.With(changed) : state);
                    return true;
                },
                ListAsync
            ),
            await ListAsync(cancellation),
            new Listener(this, TopState.CasesPart),
            cancellation
        );

    // The first page's token misses nothing of what changes while the others are read.
    private async Task<string> ListAsync(CancellationToken cancellation)
    {
        var token = "";
        var cases = await Pages.ReadAsync<Case>(int.MaxValue, largestPage: 500, async (size, page) =>
        {
            var list = await suite.Cases.ListCasesAsync(
                new()
                {
                    OpenOnly = true,
                    PageSize = size,
                    PageToken = page,
                },
                cancellationToken: cancellation
            );
            token = token.Length > 0 ? token : list.ResumeToken;
            return (list.Cases, list.NextPageToken);
        });
        tell(state => state.WithOpen(cases));
        return token;
    }

    private async Task ClockAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await AskAsync(cancellation);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (RpcException error) when (Failure.IsPassing(error, settings))
            {
                Lost(TopState.ClockPart, error);
            }
            catch (TimeoutException)
            {
                tell(state => state.Lost(TopState.ClockPart, $"the suite at {state.Endpoint} does not answer. Trying again."));
            }

            await Task.Delay(s_every, time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskAsync(CancellationToken cancellation)
    {
        using var call = suite.Server.GetServerInfoAsync(new(), cancellationToken: cancellation);
        var info = await call.ResponseAsync.WaitAsync(s_patience, time, cancellation);
        var stamp = time.GetTimestamp();
        var unarmed = (await call.ResponseHeadersAsync).Any(header => header.Key == UnarmedHeader);
        tell(state => state.Heard(info.ServerTime.ToDateTimeOffset(), stamp) with { Exercise = info.Exercise, Unarmed = unarmed });
    }

    private void Tell(Func<TopState, TopState> change) => tell(change);

    private void Lost(string part, RpcException? why)
    {
        var reason = why is null ? "" : $"{Failure.InShort(why, settings)} Trying again.";
        tell(state => state.Lost(part, reason));
    }

    private sealed class Listener(TopFeed feed, string part) : IWatchListener
    {
        public void Connected(bool again) => feed.Tell(state => state.Again(part));

        public void Lost(RpcException? why, TimeSpan wait) => feed.Lost(part, why);

        // What is told next is all of it again.
        public void Missed() { }
    }
}
