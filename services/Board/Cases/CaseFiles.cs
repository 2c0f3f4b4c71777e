using System.Collections.Concurrent;
using EarlyWarning.Board.Calls;
using EarlyWarning.ServiceDefaults.Callers;
using EarlyWarning.V1;
using Grpc.Core;

namespace EarlyWarning.Board.Cases;

/// <summary>
/// The cases that were looked at last, for some seconds: whoever opens a page is shown the same by its socket as by its first answer, and
/// many who look at one case ask for it once. What a case holds is the same for everybody who may read the country's warnings. Thread-safe.
/// </summary>
internal sealed class CaseFiles(SuiteClient suite, TimeProvider time)
{
    private const int Most = 100;
    private static readonly TimeSpan s_fresh = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, (CaseFile File, DateTimeOffset At)> _kept = new(StringComparer.Ordinal);

    /// <summary>A case as it stands, in the viewer's name.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="sequence">The state that it has reached at least.</param>
    /// <param name="viewer">Who looks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcException">There is none that the viewer may see, or the suite does not answer.</exception>
    public async ValueTask<CaseFile> GetAsync(string name, long sequence, IViewer viewer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (
            _kept.TryGetValue(name, out var kept)
            && kept.File.Case.Sequence >= sequence
            && now - kept.At < s_fresh
            && viewer.Reach(Permission.WarningRead)?.Contains(kept.File.Case.Country) != false
        )
        {
            return kept.File;
        }

        var file = await CaseFile.LoadAsync(suite, name, viewer, cancellationToken);
        foreach (var old in _kept.Where(one => now - one.Value.At >= s_fresh).Select(one => one.Key))
        {
            _kept.TryRemove(old, out _);
        }

        if (_kept.Count < Most)
        {
            _kept[name] = (file, now);
        }

        return file;
    }
}
