using EarlyWarning.Risk.Journal;
using EarlyWarning.Risk.States;
using EarlyWarning.Store.Journals;
using Microsoft.Extensions.Logging;

namespace EarlyWarning.Risk.Writing;

/// <summary>
/// Keeps the state of an open country beside its journal now and then, one snapshot at a time and in nobody's way. The journal has
/// everything: a snapshot that fails costs only time at an opening. Not thread-safe.
/// </summary>
/// <param name="folded">The state at the opening, and how much of it no snapshot has.</param>
/// <param name="journals">Keeps the snapshots.</param>
/// <param name="policy">How often.</param>
/// <param name="logger">Is told of those that fail.</param>
internal sealed partial class SnapshotKeeper(FoldedJournal folded, IJournals journals, SnapshotPolicy policy, ILogger logger)
{
    /// <summary>An opening folds so many bytes as fast as it reads a state.</summary>
    private const int SoonFolded = 64 << 10;

    private long _position = folded.SnapshotPosition;
    private long _bytes = folded.Bytes;
    private Task _keeping = Task.CompletedTask;

    /// <summary>The state, which is on the disk, has grown by so many bytes of entries.</summary>
    public void Committed(CountryState state, long bytes, CancellationToken cancellationToken)
    {
        _bytes += bytes;
        if ((state.Position - _position >= policy.Entries || _bytes >= policy.Bytes) && _keeping.IsCompleted)
        {
            _keeping = KeepAsync(state, cancellationToken);
        }
    }

    /// <summary>
    /// The country goes: little is left to fold for its next opening, where folding would take longer than reading the state.
    /// </summary>
    public async Task EndAsync(CountryState state, CancellationToken cancellationToken)
    {
        await _keeping;
        if (!state.Undecided && _bytes >= SoonFolded)
        {
            await KeepAsync(state, cancellationToken);
        }
    }

    private async Task KeepAsync(CountryState state, CancellationToken cancellationToken)
    {
        (_position, _bytes) = (state.Position, 0);
        try
        {
            await journals.WriteSnapshotAsync(JournalNames.Of(state.Country), state.Position, state.Write(), cancellationToken);
        }
#pragma warning disable CA1031 // The next one makes up for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogNotKept(state.Country, exception.Message);
        }
    }

    [LoggerMessage(7081, LogLevel.Warning, "{Country} keeps no snapshot this time: {Why}")]
    private partial void LogNotKept(string country, string why);
}
