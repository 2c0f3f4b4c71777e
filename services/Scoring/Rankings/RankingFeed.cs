using EarlyWarning.Catalogue;
using EarlyWarning.Contracts.Countries;
using EarlyWarning.Scoring.Frameworks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Scoring.Rankings;

/// <summary>
/// Keeps the <see cref="RankingSet"/> of each framework's active version: follows its ranking, and puts what changes into the set.
/// </summary>
internal sealed class RankingFeed(
    IGrainFactory grains,
    ICatalogue catalogue,
    RankingSet set,
    TimeProvider time,
    ILogger<RankingFeed> logger
) : BackgroundService
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);
    private readonly Dictionary<string, (int Version, CancellationTokenSource Ending, Task Following)> _followed = new(
        StringComparer.Ordinal
    );

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                var snapshot = catalogue.Current;
                foreach (var retired in _followed.Keys.Where(id => !snapshot.Frameworks.ContainsKey(id)).ToList())
                {
                    await LeaveAsync(retired);
                }

                foreach (var framework in snapshot.Frameworks.Values)
                {
                    await FollowAsync(framework.Id, framework.Version, stoppingToken);
                }

                await catalogue.ChangedAsync(snapshot.Revision, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_followed.Values.Select(followed => followed.Following));
        }
    }

    private async Task FollowAsync(string framework, int version, CancellationToken stoppingToken)
    {
        if (_followed.TryGetValue(framework, out var former))
        {
            if (former.Version == version)
            {
                return;
            }

            await LeaveAsync(framework);
        }

        var ending = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        _followed[framework] = (version, ending, KeepAsync(framework, version, ending.Token));
    }

    private async Task LeaveAsync(string framework)
    {
        if (_followed.Remove(framework, out var former))
        {
            await former.Ending.CancelAsync();
            await former.Following;
            former.Ending.Dispose();
            set.Remove(framework);
        }
    }

    private async Task KeepAsync(string framework, int version, CancellationToken cancellationToken)
    {
        var ranking = new FollowedRanking(grains.GetGrain<IRankingGrain>(framework), FrameworkNames.Version(framework, version));
        while (!cancellationToken.IsCancellationRequested)
        {
            var pause = s_pace;
            try
            {
                await ranking.NextAsync(cancellationToken);
                if (ranking.IsSettled)
                {
                    set.Put(framework, version, ranking.Scores);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The set costs only speed; whatever stands in the way now may be gone in a moment.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                logger.RankingNotFollowed(framework, exception);
                pause = s_retry;
            }

            // What changes meanwhile is put together.
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A ranking as it was last told.</summary>
    private sealed class FollowedRanking(IRankingGrain grain, string framework)
    {
        private readonly Dictionary<string, double> _scores = new(StringComparer.Ordinal);
        private readonly HashSet<string> _behind = new(StringComparer.Ordinal);
        private RankingVersion _version;

        public Dictionary<string, double> Scores => _scores;

        /// <summary>Whether every country stands under this version; after a new one it takes some seconds.</summary>
        public bool IsSettled => _behind.Count == 0;

        public async Task NextAsync(CancellationToken cancellationToken)
        {
            var changes = await grain.ChangesAfterAsync(_version, []).WaitAsync(cancellationToken);
            if (changes.Version.Activation != _version.Activation)
            {
                _scores.Clear();
                _behind.Clear();
            }

            _version = changes.Version;
            foreach (var risk in changes.Risks)
            {
                // A country that still stands under the version before is told again under this one.
                _ = risk.Framework == framework ? _behind.Remove(risk.Country) : _behind.Add(risk.Country);
                if (RankKey.Of(risk) is { } place && risk.Framework == framework)
                {
                    _scores[risk.Country] = place.Key;
                }
                else
                {
                    _scores.Remove(risk.Country);
                }
            }
        }
    }
}
